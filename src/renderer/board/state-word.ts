import type { BatchSummary } from '../../shared/batch.ts';
import { t } from '../words/t.ts';

/** True where a rule ended the batch before its tasks did. */
export const isHalted = ({
  state,
  counts,
  error,
}: Pick<BatchSummary, 'state' | 'counts' | 'error'>): boolean =>
  state === 'completed' && counts.skipped > 0 && error === null;

/** A batch's state in a word or two. */
export function stateWord(batch: Pick<BatchSummary, 'state' | 'counts' | 'error'>): string {
  if (batch.error) return t('batch.stopped');
  return isHalted(batch) ? t('batch.halted') : t(`batch.state.${batch.state}`);
}
