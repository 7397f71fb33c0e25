import type { BatchId, TaskIndex } from '../../shared/task.ts';
import { go } from '../state/place.ts';

/** What the log is asked to show when it is opened next. Apart from the log, which is loaded with its first use. */
interface Wanted {
  batch: BatchId;
  task: TaskIndex | null;
  worker: number | null;
}

let wanted: Wanted | null = null;

/** Opens the log of one task, of one worker, or of all. */
export function showLog(batch: BatchId, of: { task?: TaskIndex; worker?: number } = {}): void {
  wanted = { batch, task: of.task ?? null, worker: of.worker ?? null };
  go({ screen: 'batch', batch, tab: 'log' });
}

/** What was asked for, once. */
export function takeWanted(batch: BatchId): Wanted | null {
  const found = wanted?.batch === batch ? wanted : null;
  wanted = null;
  return found;
}
