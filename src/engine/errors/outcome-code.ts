import type { FailedOutcome } from '../../shared/contract/errors.ts';
import { attemptOutcomes, outcomeCode } from '../../shared/task.ts';

/** How a failed attempt ended, by the code of the store; null where it is not known. */
export function failedOutcome(code: number | null): FailedOutcome {
  const outcome = code === null ? 'error' : attemptOutcomes[code];
  return outcome === 'timeout' || outcome === 'crash' ? outcome : 'error';
}

/** True for the outcomes that can be followed by another attempt. */
export const isRetried = (code: number): boolean =>
  code !== outcomeCode('ok') && code !== outcomeCode('canceled');
