import type { BatchId, TaskIndex } from '../../shared/task.ts';
import { grow } from './batches.ts';
import type { Database } from './database.ts';
import { keyOf } from './keys.ts';
import { rowBytes } from './row-bytes.ts';

/** Of what one task prints, so many characters are kept of the beginning, and so many of the end. */
export const keptHead = 1_000_000;
export const keptTail = 9_000_000;

/** What was left out of a task's output so far, and the piece that says so. */
export interface Trimmed {
  mark: number | null;
  leftOut: number;
}

/**
 * Removes the middle of a task's output where it is longer than what is kept of it; a piece in its place says how
 * much that was. Runs in the caller's transaction. Throws `NO_SUCH_BATCH`.
 * @param former what an earlier call answered for this task.
 */
export function trimOutput(
  db: Database,
  id: BatchId,
  index: TaskIndex,
  former: Trimmed,
  head = keptHead,
  tail = keptTail,
): Trimmed {
  const rows = db.allArrays<[id: number, length: number]>(
    'SELECT id, octet_length(text) FROM output WHERE key = ? ORDER BY id',
    keyOf(id, index),
  );
  let first = 0;
  for (let sum = 0; first < rows.length && sum < head; first++) sum += rows[first]![1];
  let end = rows.length;
  for (let sum = 0; end > first && sum < tail; end--) sum += rows[end - 1]![1];
  const removed = rows.slice(first, end);
  // The mark alone is left of the middle.
  if (removed.length < 2) return former;
  const own = removed.filter(([row]) => row !== former.mark);
  const bytes = own.reduce((sum, [, length]) => sum + length, 0);
  const leftOut = former.leftOut + bytes;
  const mark = removed[0]![0];
  db.run(
    'DELETE FROM output WHERE key = ? AND id BETWEEN ? AND ?',
    keyOf(id, index),
    mark + 1,
    removed.at(-1)![0],
  );
  db.run("UPDATE output SET stream = 'log', text = ? WHERE id = ?", leftOutText(leftOut), mark);
  grow(db, id, -bytes - (removed.length - 1) * rowBytes.output);
  return { mark, leftOut };
}

/** What stands in the place of output that was left out; in the words in which workers say it. */
export const leftOutText = (characters: number): string =>
  `\n[… ${characters.toLocaleString('en')} characters left out …]\n`;
