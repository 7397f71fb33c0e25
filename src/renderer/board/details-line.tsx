import type { ReactNode } from 'react';

/** One fact: its name, and what it is. */
export function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <dl className="details-line">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </dl>
  );
}
