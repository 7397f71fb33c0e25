import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { endedTasks } from '../state/batch-groups.ts';

/** What can be done to a batch as it is. Counts are of tasks; 0 and false where it cannot be done. */
export interface Offers {
  pause: boolean;
  /** Start before its turn. */
  startNow: boolean;
  goOn: boolean;
  cancel: boolean;
  /** Take no more inputs: while there may be more. */
  close: boolean;
  /** Do what an interruption or a cancel left undone; null where nothing was left. */
  finish: { count: number } | null;
  retryFailed: number;
  /** All that did not succeed, where those are more than the failed ones. */
  retryUnsuccessful: number;
  remove: boolean;
}

export function offersOf({ state, counts, total, enumerated }: BatchSummary): Offers {
  const ended = hasEnded(state);
  const left = total - endedTasks(counts) + (state === 'canceled' ? counts.canceled : 0);
  const unsuccessful = total - counts.succeeded;
  const canFinish =
    state === 'interrupted' ? left > 0 || !enumerated : state === 'canceled' && (left > 0 || !enumerated);
  return {
    pause: state === 'running',
    startNow: state === 'queued',
    goOn: state === 'paused',
    cancel: !ended,
    close: !ended && state !== 'closing' && !enumerated,
    finish: canFinish ? { count: left } : null,
    // An interrupted batch is finished first: what failed can be retried after it.
    retryFailed: ended && state !== 'interrupted' ? counts.failed : 0,
    retryUnsuccessful: ended && state !== 'interrupted' && unsuccessful > counts.failed ? unsuccessful : 0,
    remove: ended,
  };
}
