import type { HaltRule } from '../../shared/batch.ts';
import { formatCount } from '../../shared/format.ts';

/** How many tasks of a job have ended, by how they ended. */
export interface EndedTasks {
  succeeded: number;
  failed: number;
}

/** A percentage of few tasks says nothing yet, as GNU parallel has it. */
const leastForPercent = 3;

/**
 * Whether a job stops early. Canceled tasks count for nothing.
 * @param total all tasks of the job; null where that is not known yet.
 */
export function isHalted(rule: HaltRule, { succeeded, failed }: EndedTasks, total: number | null): boolean {
  const { on, limit } = rule;
  const count = on === 'fail' ? failed : on === 'success' ? succeeded : succeeded + failed;
  if (limit.unit === 'tasks') return count >= limit.tasks;
  if (total === null || (on !== 'done' && count < leastForPercent)) return false;
  return count > 0 && count >= (total * limit.percent) / 100;
}

/** Why it stopped, in a sentence. */
export function haltSentence({ on, limit }: HaltRule): string {
  const what = on === 'fail' ? 'failed' : on === 'success' ? 'succeeded' : 'ended';
  if (limit.unit === 'percent') return `Stopped early: ${limit.percent}% of the tasks have ${what}.`;
  if (limit.tasks === 1) return `Stopped early: a task has ${what}.`;
  return `Stopped early: ${formatCount(limit.tasks, 'en')} tasks have ${what}.`;
}
