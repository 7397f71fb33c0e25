import type { ReactNode } from 'react';
import './empty.css';

/** What stands where there is nothing to show: why, and the button for what to do next. */
export function Empty({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p>{text}</p>
      {children}
    </div>
  );
}
