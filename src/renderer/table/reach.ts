import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { TaskState } from '../../shared/task.ts';
import { countMarks } from './marks.ts';
import type { TableState } from './table-state.ts';

const isOpen = (state: TaskState): boolean => state === 'pending' || state === 'running';

/**
 * How many of the marked tasks a cancel (of those that have not ended) or a retry (of those that have) would
 * reach, as far as the window knows: tasks that are not loaded count as reached.
 */
export function reachOf(
  what: 'cancel' | 'retry',
  { marks, rows, query }: Pick<TableState, 'marks' | 'rows' | 'query'>,
  batch: Pick<BatchSummary, 'counts' | 'total' | 'state'>,
): number {
  const marked = countMarks(marks, rows.total ?? 0);
  const isReached = (state: TaskState) => isOpen(state) === (what === 'cancel');
  if (marks.all) {
    if (query.filter !== 'all') return isReached(query.filter) ? marked : 0;
    if (query.search !== '') return marked;
    const open = batch.counts.pending + batch.counts.running;
    return what === 'cancel' ? open : batch.total - open;
  }
  let missed = 0;
  for (const { index, state } of rows.byPosition.values()) {
    if (marks.indices.has(index) && !isReached(state)) missed += 1;
  }
  // What an ended batch left open is there to be resumed, not retried.
  return what === 'retry' && !hasEnded(batch.state) ? 0 : marked - missed;
}
