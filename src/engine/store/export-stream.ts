import type { ExportPlan } from './export-rows.ts';
import type { ExportRow } from './store.ts';

/** Rows asked for at once. */
const sliceRows = 2000;

/**
 * The rows of a plan, a slice at a time. The next slice is asked for while the reader uses the last one, so
 * that two slices are in memory at most.
 */
export async function* streamExport(
  plan: () => Promise<ExportPlan>,
  slice: (indices: number[]) => Promise<ExportRow[]>,
): AsyncGenerator<ExportRow[]> {
  const tasks = await plan();
  const total = typeof tasks === 'number' ? tasks : tasks.length;
  const ask = (position: number): Promise<ExportRow[]> | null => {
    const length = Math.min(sliceRows, total - position);
    if (length <= 0) return null;
    const answer = slice(
      Array.from({ length }, (_, offset) =>
        typeof tasks === 'number' ? position + offset : tasks[position + offset]!,
      ),
    );
    // The answer may come, as an error, when nobody waits for it any more.
    answer.catch(() => {});
    return answer;
  };
  let position = 0;
  let next = ask(0);
  while (next) {
    const rows = await next;
    if (rows.length === 0) return;
    position += rows.length;
    next = ask(position);
    yield rows;
  }
}
