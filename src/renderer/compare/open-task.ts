import type { BatchId, TaskIndex } from '../../shared/task.ts';
import { go } from '../state/place.ts';
import { openPanel, select, showBatch } from '../table/table-state.ts';

/** Shows a task of a batch, with its panel open. */
export function openTask(batch: BatchId, index: TaskIndex): void {
  showBatch(batch);
  select({ index, position: null });
  openPanel();
  go({ screen: 'batch', batch, tab: 'tasks' });
}
