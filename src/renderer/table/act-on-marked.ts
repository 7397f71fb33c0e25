import type { BatchId } from '../../shared/task.ts';
import { cancelTasks, retryTasks } from '../board/actions.ts';
import { clearMarks, markedTasks, useTable } from './table-state.ts';

/**
 * Retries or cancels the marked tasks of a batch; false where none are marked. The marks go once that is done, for
 * until then they may be wanted for something else.
 */
export function actOnMarked(what: 'retry' | 'cancel', batch: BatchId): boolean {
  const table = useTable.getState();
  const tasks = table.batch === batch ? markedTasks(table) : null;
  if (!tasks) return false;
  const act = what === 'retry' ? retryTasks : cancelTasks;
  act(batch, tasks, () => {
    // Others may have been marked while the host was asked.
    if (useTable.getState().marks === table.marks) clearMarks();
  });
  return true;
}
