import type { BatchSummary } from '../../shared/batch.ts';
import { formatCount } from '../../shared/format.ts';
import type { Commands } from '../end-lines.ts';

const most = 20;

/** Tells each warning of a batch once, and counts those that are too many to tell. */
export function newWarnings(
  commands: Commands,
): (summary: BatchSummary, warn: (sentence: string) => void) => void {
  let told = 0;
  let toldRest = 0;
  return ({ id, state, warnings }, warn) => {
    for (const sentence of warnings.slice(told, most)) warn(sentence);
    told = Math.max(told, Math.min(warnings.length, most));
    const rest = warnings.length - most;
    const over = state === 'completed' || state === 'canceled' || state === 'interrupted';
    if (over && rest > toldRest) {
      toldRest = rest;
      const more = rest === 1 ? '1 more warning' : `${formatCount(rest)} more warnings`;
      warn(`${more}. See all of them with: ${commands('show', id)}`);
    }
  };
}
