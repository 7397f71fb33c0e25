import { type BatchId, stateCode, type TaskIndex, type TaskState, taskStates } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { isThere, noSuchBatch, requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { firstKey, indexOf } from './keys.ts';
import { isPlain, type Matcher, type Matches } from './matches.ts';
import type { ExportRow } from './store.ts';
import { toError } from './task-detail.ts';

/** Which tasks an export gives; a number stands for that many from the first on. */
export interface ExportPlan {
  tasks: number | Matches;
  /** The state of those without a result. */
  rest: TaskState;
}

/** A row of a slice as SQLite gives it: an array, for an object each takes three times as long to clone. */
export type PackedRow = [
  key: number,
  input: string,
  state: number | null,
  value: string | null,
  attempts: number,
  ms: number | null,
  startedAt: number | null,
  worker: number | null,
];

/** Bytes of inputs and values after which a slice is long enough. */
const maxSliceBytes = 2_000_000;

const succeeded = stateCode('succeeded');

/** Which tasks match a query, at this moment. Throws `NO_SUCH_BATCH`. */
export function planExport(db: Database, matcher: Matcher, id: BatchId, query: TaskQuery): ExportPlan {
  const batch = requireBatch(db, id);
  return { tasks: isPlain(query) ? batch.total : matcher.all(batch, query), rest: batch.rest };
}

/**
 * Whole rows of these tasks, in the same order; fewer than asked where they are large, but at least one.
 * Throws `NO_SUCH_BATCH` where the batch was deleted meanwhile: an export of half of it is none.
 */
export function readExportSlice(db: Database, id: BatchId, indices: TaskIndex[]): PackedRow[] {
  if (!db.get(`SELECT 1 FROM batches WHERE id = ? AND ${isThere}`, id)) throw noSuchBatch(id);
  const tables = `json_each(?) AS wanted
    CROSS JOIN tasks ON tasks.key = CAST(? AS INTEGER) + wanted.value -- CROSS keeps the order of the list
    LEFT JOIN results ON results.key = tasks.key`;
  const list = JSON.stringify(indices);
  const { bytes } = db.get<{ bytes: number }>(
    `SELECT sum(octet_length(tasks.input)) + coalesce(sum(octet_length(results.value)), 0) AS bytes FROM ${tables}`,
    list,
    firstKey(id),
  )!;
  const sql = `SELECT tasks.key, tasks.input, results.state, results.value,
      coalesce(results.attempts, (SELECT count(*) FROM attempts WHERE attempts.key = tasks.key)),
      results.ms, results.started_at, results.worker
    FROM ${tables}`;
  if (bytes <= maxSliceBytes) return db.allArrays<PackedRow>(sql, list, firstKey(id));
  const rows: PackedRow[] = [];
  let left = maxSliceBytes;
  for (const row of db.iterateArrays<PackedRow>(sql, list, firstKey(id))) {
    rows.push(row);
    left -= row[1].length + (row[3]?.length ?? 0);
    if (left <= 0) break;
  }
  return rows;
}

export function unpackRow(id: BatchId, rest: TaskState, row: PackedRow): ExportRow {
  const [key, input, state, value, attempts, ms, startedAt, worker] = row;
  const isValue = state === succeeded;
  return {
    index: indexOf(id, key),
    input,
    state: state === null ? rest : taskStates[state]!,
    value: isValue ? value : null,
    error: isValue || value === null ? null : toError(value),
    attempts,
    ms,
    startedAt,
    worker,
  };
}
