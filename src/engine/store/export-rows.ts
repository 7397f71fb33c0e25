import { type BatchId, stateCode, type TaskIndex, taskStates } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { firstKey, indexOf } from './keys.ts';
import { isPlain, type MatchCache, type Matches } from './matches.ts';
import type { ExportRow } from './store.ts';
import { toError } from './task-detail.ts';

/** Tasks that an export will give: a number stands for that many from the first on. */
export type ExportPlan = number | Matches;

/** Characters of inputs and values after which a slice is long enough. */
const maxSliceCharacters = 4_000_000;

const succeeded = stateCode('succeeded');

/** Which tasks match a query, at this moment. Throws `NO_SUCH_BATCH`. */
export function planExport(db: Database, cache: MatchCache, id: BatchId, query: TaskQuery): ExportPlan {
  const batch = requireBatch(db, id);
  return isPlain(query) ? batch.total : cache.find(db, batch, query);
}

/**
 * Whole rows of these tasks, in the same order; fewer than asked where they are large, but at least one.
 */
export function readExportSlice(db: Database, id: BatchId, indices: TaskIndex[]): ExportRow[] {
  const { rest } = requireBatch(db, id);
  const rows: ExportRow[] = [];
  let characters = 0;
  for (const row of selectRows(db, id, indices)) {
    const { value } = row;
    const isValue = row.state === succeeded;
    rows.push({
      index: indexOf(id, row.key),
      input: row.input,
      state: row.state === null ? rest : taskStates[row.state]!,
      value: isValue ? value : null,
      error: isValue || value === null ? null : toError(value),
      attempts: row.attempts,
      ms: row.ms,
      startedAt: row.started_at,
      worker: row.worker,
    });
    characters += row.input.length + (value?.length ?? 0);
    if (characters >= maxSliceCharacters) break;
  }
  return rows;
}

interface SliceRow {
  key: number;
  input: string;
  state: number | null;
  value: string | null;
  attempts: number;
  ms: number | null;
  started_at: number | null;
  worker: number | null;
}

function selectRows(db: Database, id: BatchId, indices: TaskIndex[]): IterableIterator<SliceRow> {
  return db.iterate<SliceRow>(
    `SELECT tasks.key, tasks.input, results.state, results.value, results.ms, results.started_at, results.worker,
       coalesce(results.attempts, (SELECT count(*) FROM attempts WHERE attempts.key = tasks.key)) AS attempts
     FROM json_each(?) AS wanted
       CROSS JOIN tasks ON tasks.key = CAST(? AS INTEGER) + wanted.value -- CROSS keeps the order of the list
       LEFT JOIN results ON results.key = tasks.key`,
    JSON.stringify(indices),
    firstKey(id),
  );
}
