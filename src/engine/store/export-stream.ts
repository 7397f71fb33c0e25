import type { BatchId, TaskIndex } from '../../shared/task.ts';
import { type ExportPlan, type PackedRow, unpackRow } from './export-rows.ts';
import type { ExportRow } from './store.ts';

/** Rows asked for at once. */
const sliceRows = 500;

/**
 * The rows of a plan, a slice at a time. The next slice is asked for while the reader uses the last one, so
 * that two slices are in memory at most.
 * @param first the position in the plan to begin at.
 */
export async function* streamExport(
  id: BatchId,
  plan: () => Promise<ExportPlan>,
  slice: (indices: TaskIndex[]) => Promise<PackedRow[]>,
  first = 0,
): AsyncGenerator<ExportRow[]> {
  const { tasks, rest } = await plan();
  const total = typeof tasks === 'number' ? tasks : tasks.length;
  const taskAt = (position: number) => (typeof tasks === 'number' ? position : tasks[position]!);
  const ask = (from: number): Promise<PackedRow[]> => {
    const length = Math.min(sliceRows, total - from);
    const answer =
      length > 0 ? slice(Array.from({ length }, (_, offset) => taskAt(from + offset))) : Promise.resolve([]);
    // The answer may come, as an error, when nobody waits for it any more.
    answer.catch(() => {});
    return answer;
  };
  let position = first;
  let next = ask(position);
  for (;;) {
    const rows = await next;
    if (rows.length === 0) return;
    position += rows.length;
    next = ask(position);
    yield rows.map((row) => unpackRow(id, rest, row));
  }
}
