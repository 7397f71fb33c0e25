import type { ReactNode } from 'react';
import './section.css';

/** A part of the side panel: its title, what can be done with it, and its content. */
export function Section({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="panel-section" aria-label={title}>
      <header className="panel-section-head">
        <h3>{title}</h3>
        {action}
      </header>
      {children}
    </section>
  );
}
