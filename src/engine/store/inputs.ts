import { columnTexts, type JsonColumn } from '../../shared/json-column.ts';
import type { BatchId, TaskIndex } from '../../shared/task.ts';
import { grow, requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { firstKey, keyOf } from './keys.ts';
import { multiInsert } from './multi-insert.ts';
import { rowBytes } from './row-bytes.ts';

/** Rows of one slice of a range: about 50 ms of work, so that others are served in between. */
const rangeSlice = 50_000;
/** Its numbers are counted with two digits of this base: counting them one by one in SQL takes half as long again. */
const base = Math.ceil(Math.sqrt(rangeSlice));

const insertTasks = multiInsert('INSERT OR IGNORE INTO tasks (key, input) VALUES', '(?, ?)');

/** Adds inputs from `first` on; those that the batch already has are left as they are. */
export function addInputs(
  db: Database,
  id: BatchId,
  first: TaskIndex,
  inputs: JsonColumn,
  count: number,
): void {
  const texts = columnTexts(inputs, count);
  const added = insertTasks(db, count, (row, values) => {
    values.push(keyOf(id, first + row), texts[row]!);
  });
  // The share of those that were new, where some of them were there already.
  const bytes = count === 0 ? 0 : (inputs.length * added) / count;
  grow(db, id, bytes + added * rowBytes.task, added);
}

/**
 * Adds one slice of a range, after the tasks that the batch has already.
 * @param end tasks that the batch has once the range is complete.
 * @returns whether it is.
 */
export function addRangeSlice(db: Database, id: BatchId, from: number, step: number, end: number): boolean {
  const start = requireBatch(db, id).total;
  const stop = Math.min(start + rangeSlice, end);
  if (start >= stop) return true;
  const { changes } = db.run(
    `WITH RECURSIVE
       arguments(start, stop, first_key, origin, step) AS MATERIALIZED (
         SELECT CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER)
       ),
       digit(n) AS MATERIALIZED (SELECT 0 UNION ALL SELECT n + 1 FROM digit WHERE n < ${base - 1}),
       numbers(i) AS (
         SELECT start + high.n * ${base} + low.n
           FROM arguments CROSS JOIN digit AS high CROSS JOIN digit AS low
           WHERE start + high.n * ${base} + low.n < stop
       )
     INSERT INTO tasks (key, input)
       SELECT first_key + i, origin + i * step FROM arguments CROSS JOIN numbers`,
    start,
    stop,
    firstKey(id),
    from,
    step,
  );
  const digits = (String(from + start * step).length + String(from + (stop - 1) * step).length) / 2;
  grow(db, id, changes * (digits + rowBytes.task), changes);
  return stop === end;
}
