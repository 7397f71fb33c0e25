import type { BatchSummary } from '../shared/batch.ts';

export const exitOk = 0;
/** Wrong usage, or the batch could not start or go on. */
export const exitUsage = 2;
export const exitCanceled = 130;
const mostFailures = 101;

/** The exit status that tells how a batch ended. */
export function exitStatusOf({ state, error, counts }: BatchSummary): number {
  if (error) return exitUsage;
  if (state !== 'completed') return exitCanceled;
  return Math.min(counts.failed, mostFailures);
}
