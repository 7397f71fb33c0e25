import {
  attemptOutcomes,
  type BatchId,
  outcomeCode,
  stateCode,
  type TaskIndex,
  taskStates,
} from '../../shared/task.ts';
import type { TaskPage, TaskQuery, TaskRow } from '../../shared/views.ts';
import { requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { firstKey, indexOf } from './keys.ts';
import type { Matcher, Unanswered } from './matches.ts';
import { errorSql } from './query-sql.ts';
import { cutText, enoughJson, readable } from './readable.ts';
import type { StoredBatch } from './store.ts';

interface PageRow {
  key: number;
  input: string;
  state: number | null;
  started_at: number | null;
  ms: number | null;
  worker: number | null;
  attempts: number;
  value: string | null;
  error: string | null;
  outcome: number | null;
  how: string | null;
}

const succeeded = stateCode('succeeded');
const crash = outcomeCode('crash');

/** `count` of the rows that match, from the one at position `from` on. Throws `NO_SUCH_BATCH`. */
export function readPage(
  db: Database,
  matcher: Matcher,
  id: BatchId,
  query: TaskQuery,
  from: number,
  count: number,
): TaskPage {
  const batch = requireBatch(db, id);
  const { tasks, total } = matcher.slice(batch, query, from, count);
  return { batch: id, from, rows: readRows(db, batch, tasks), total };
}

/** The same within about so many milliseconds, see `Matcher.sliceWithin`; then the total may be one so far. */
export function readPageWithin(
  db: Database,
  matcher: Matcher,
  id: BatchId,
  query: TaskQuery,
  from: number,
  count: number,
  budgetMs: number,
): TaskPage | Unanswered {
  const batch = requireBatch(db, id);
  const slice = matcher.sliceWithin(batch, query, from, count, budgetMs);
  if (typeof slice === 'string') return slice;
  const page = { batch: id, from, rows: readRows(db, batch, slice.tasks), total: slice.total };
  return slice.counting ? { ...page, counting: true } : page;
}

function readRows(db: Database, batch: StoredBatch, indices: TaskIndex[]): TaskRow[] {
  const waits = batch.rest === 'pending';
  const rows = db.all<PageRow>(
    `SELECT tasks.key, substr(tasks.input, 1, ${enoughJson}) AS input, results.state, results.started_at,
       results.ms, results.worker,
       coalesce(results.attempts, (SELECT count(*) FROM attempts WHERE attempts.key = tasks.key)) AS attempts,
       CASE WHEN results.state = ${succeeded} THEN substr(results.value, 1, ${enoughJson}) END AS value,
       CASE WHEN results.key IS NULL THEN substr(${errorSql('last.error')}, 1, ${enoughJson})
            WHEN results.state <> ${succeeded} THEN substr(${errorSql('results.value')}, 1, ${enoughJson}) END AS error,
       coalesce(results.outcome, last.outcome) AS outcome,
       CASE ${crash} WHEN results.outcome THEN results.value ->> '$.fields.how'
                     WHEN last.outcome THEN last.error ->> '$.fields.how' END AS how
     FROM json_each(?) AS wanted
       CROSS JOIN tasks ON tasks.key = CAST(? AS INTEGER) + wanted.value
       LEFT JOIN results ON results.key = tasks.key
       -- The last attempt of a task that waits for its next one.
       LEFT JOIN attempts AS last ON results.key IS NULL AND ${waits}
         AND last.id = (SELECT max(id) FROM attempts WHERE attempts.key = tasks.key)
     ORDER BY wanted.key`,
    JSON.stringify(indices),
    firstKey(batch.id),
  );
  return rows.map((row) => ({
    index: indexOf(batch.id, row.key),
    input: readable(row.input),
    state: row.state === null ? batch.rest : taskStates[row.state]!,
    startedAt: row.started_at,
    ms: row.ms,
    worker: row.worker,
    attempts: row.attempts,
    outcome: row.outcome === null ? null : attemptOutcomes[row.outcome]!,
    how: row.how,
    retry: null,
    result: row.value !== null ? readable(row.value) : row.error !== null ? cutText(row.error) : null,
    progress: null,
  }));
}
