import type { BatchId, TaskIndex } from '../../shared/task.ts';
import { client } from '../connection.ts';
import { report } from '../state/toasts.ts';

/** Opens what a cell names with the programs of this machine, and says what keeps it from that. */
export function openOutside(
  batch: BatchId,
  task: TaskIndex,
  column: string,
  what: 'link' | 'file' | 'folder',
): void {
  client.results.open({ batch, task, column, what }).catch(report);
}
