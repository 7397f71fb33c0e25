import type { ReactNode } from 'react';
import type { ErrorInfo } from '../../shared/errors.ts';
import { ErrorBlock } from '../parts/error-block.tsx';
import { t } from '../words/t.ts';
import type { Part } from './blame.ts';
import { useDraft } from './draft-state.ts';
import './part.css';

/** One clause of the sentence that "New batch" reads as, with the host's objection to it, if any. */
export function PartView({ part, title, children }: { part: Part; title: string; children: ReactNode }) {
  return (
    <section className="part" aria-label={title}>
      <h2>{title}</h2>
      <div className="part-body">
        {children}
        <Refusal part={part} />
      </div>
    </section>
  );
}

/** Why the host did not take the batch, where that is about this part. */
export function Refusal({ part }: { part: Part }) {
  const refusal = useDraft((state) => state.refusal);
  return refusal?.part === part ? <Problem error={refusal.error} /> : null;
}

/** A problem with a part, in full; with a way to look again where it was found by looking. */
export function Problem({ error, onAgain }: { error: ErrorInfo; onAgain?: () => void }) {
  return (
    <div role="alert">
      <ErrorBlock error={error} />
      {onAgain && (
        <button type="button" className="link" onClick={onAgain}>
          {t('problem.again')}
        </button>
      )}
    </div>
  );
}
