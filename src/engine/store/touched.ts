import { noCounts, type TaskCounts } from '../../shared/batch.ts';
import type { Touched } from '../../shared/contract/actions.ts';
import { type BatchId, stateCode, type TaskIndex, taskStates } from '../../shared/task.ts';
import type { TaskQuery, TaskSelection } from '../../shared/views.ts';
import { requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { firstKey, indexOf, lastKey } from './keys.ts';
import type { Matcher } from './matches.ts';
import { enoughJson, readable } from './readable.ts';
import type { StoredBatch } from './store.ts';

/** Tasks that are shown of all. */
const shown = 5;
const succeeded = stateCode('succeeded');

/** How many tasks a selection holds, by their state, and the first of them. Throws `NO_SUCH_BATCH`. */
export function readTouched(
  db: Database,
  matcher: Matcher,
  id: BatchId,
  tasks: TaskSelection | 'unsuccessful',
): Touched {
  const batch = requireBatch(db, id);
  if (tasks === 'unsuccessful') {
    const counts = { ...batch.counts, succeeded: 0 };
    return { counts, first: rowsOf(db, batch, firstUnsuccessful(db, id)) };
  }
  if ('indices' in tasks) return touchedOf(db, batch, tasks.indices);
  const { query } = tasks;
  const { filter: _filter, sort: _sort, descending: _descending, search, ...narrower } = query;
  const isOfAll = search === '' && Object.values(narrower).every((value) => value === undefined);
  if (!isOfAll) return touchedOf(db, batch, [...matcher.all(batch, query)]);
  const counts = query.filter === 'all' ? batch.counts : only(query, batch);
  return { counts, first: rowsOf(db, batch, matcher.slice(batch, query, 0, shown).tasks) };
}

const only = ({ filter }: TaskQuery, { counts }: StoredBatch): TaskCounts =>
  filter === 'all' ? counts : { ...noCounts(), [filter]: counts[filter] };

function firstUnsuccessful(db: Database, id: BatchId): TaskIndex[] {
  return db
    .all<{ key: number }>(
      `SELECT tasks.key FROM tasks LEFT JOIN results ON results.key = tasks.key
       WHERE tasks.key BETWEEN ? AND ? AND (results.key IS NULL OR results.state <> ${succeeded})
       ORDER BY tasks.key LIMIT ${shown}`,
      firstKey(id),
      lastKey(id),
    )
    .map(({ key }) => indexOf(id, key));
}

function touchedOf(db: Database, batch: StoredBatch, indices: TaskIndex[]): Touched {
  const counts = noCounts();
  const rows = db.all<{ state: number; count: number }>(
    `SELECT coalesce(results.state, ${stateCode(batch.rest)}) AS state, count(*) AS count
     FROM json_each(?) AS wanted
       CROSS JOIN tasks ON tasks.key = CAST(? AS INTEGER) + wanted.value
       LEFT JOIN results ON results.key = tasks.key
     GROUP BY 1`,
    JSON.stringify(indices),
    firstKey(batch.id),
  );
  for (const { state, count } of rows) counts[taskStates[state]!] += count;
  return { counts, first: rowsOf(db, batch, indices.slice(0, shown)) };
}

function rowsOf(db: Database, batch: StoredBatch, indices: TaskIndex[]): Touched['first'] {
  return db
    .all<{ key: number; input: string; state: number | null }>(
      `SELECT tasks.key, substr(tasks.input, 1, ${enoughJson}) AS input, results.state
       FROM json_each(?) AS wanted
         CROSS JOIN tasks ON tasks.key = CAST(? AS INTEGER) + wanted.value
         LEFT JOIN results ON results.key = tasks.key
       ORDER BY wanted.key`,
      JSON.stringify(indices),
      firstKey(batch.id),
    )
    .map(({ key, input, state }) => ({
      index: indexOf(batch.id, key),
      input: readable(input),
      state: state === null ? batch.rest : taskStates[state]!,
    }));
}
