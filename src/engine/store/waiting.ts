import { type BatchId, outcomeCode, type TaskIndex } from '../../shared/task.ts';
import type { Database } from './database.ts';
import { firstKey, indexOf, keyOf, lastKey } from './keys.ts';
import type { PastAttempts, WaitingTasks } from './store.ts';

/** Bytes of inputs after which an answer is long enough. */
const maxBytes = 32_000_000;

/** The first tasks from index `from` on that have no result: `limit` of them, fewer where they are large. */
export function readWaiting(db: Database, id: BatchId, from: TaskIndex, limit: number): WaitingTasks {
  const { indices, inputs } = readUntouched(db, id, from, limit) ?? readOneByOne(db, id, from, limit);
  const [first = 0, last = -1] = [indices[0], indices.at(-1)];
  return { indices, inputs, past: readPast(db, id, first, last).filter(isWaiting(db, id)) };
}

/** Those of the tasks that have no result. */
export function withoutResult(db: Database, id: BatchId, indices: TaskIndex[]): TaskIndex[] {
  const row = db.get<{ tasks: string }>(
    `SELECT json_group_array(wanted.value) AS tasks FROM json_each(?) AS wanted
     WHERE NOT EXISTS (SELECT 1 FROM results WHERE results.key = CAST(? AS INTEGER) + wanted.value)`,
    JSON.stringify(indices),
    firstKey(id),
  );
  return JSON.parse(row!.tasks) as TaskIndex[];
}

/** The inputs of tasks `first` to `first + count`, whatever their state; fewer where there are no more. */
export function readInputs(db: Database, id: BatchId, first: TaskIndex, count: number): WaitingTasks {
  const last = first + count - 1;
  const rows = db.allArrays<[key: number, input: string]>(
    'SELECT key, input FROM tasks WHERE key BETWEEN ? AND ? ORDER BY key',
    keyOf(id, first),
    keyOf(id, last),
  );
  return {
    indices: rows.map(([key]) => indexOf(id, key)),
    inputs: rows.map(([, input]) => input).join('\n'),
    past: readPast(db, id, first, last),
  };
}

/** What the tasks `first` to `last` did before. Few have done anything: the index tells which. */
function readPast(db: Database, id: BatchId, first: TaskIndex, last: TaskIndex): PastAttempts[] {
  const rows = db.allArrays<[key: number, attempts: number, crashes: number]>(
    `SELECT key, count(*), sum(outcome = ${outcomeCode('crash')}) FROM attempts
     WHERE key BETWEEN ? AND ? GROUP BY key ORDER BY key`,
    keyOf(id, first),
    keyOf(id, last),
  );
  return rows.map(([key, attempts, crashes]) => ({ index: indexOf(id, key), attempts, crashes }));
}

const isWaiting =
  (db: Database, id: BatchId) =>
  ({ index }: PastAttempts): boolean =>
    !db.get('SELECT 1 FROM results WHERE key = ?', keyOf(id, index));

type Inputs = Omit<WaitingTasks, 'past'>;

/**
 * The common case: none of the next tasks has ended yet. One text for all of them, joined by SQLite, takes a
 * sixth of the time of a row each. Null where it does not apply.
 */
function readUntouched(db: Database, id: BatchId, from: TaskIndex, limit: number): Inputs | null {
  const range = [keyOf(id, from), keyOf(id, from + limit - 1)] as const;
  const ended = db.get('SELECT 1 FROM results WHERE key BETWEEN ? AND ? LIMIT 1', ...range);
  if (ended) return null;
  const { count, bytes } = db.get<{ count: number; bytes: number | null }>(
    'SELECT count(*) AS count, sum(octet_length(input)) AS bytes FROM tasks WHERE key BETWEEN ? AND ?',
    ...range,
  )!;
  if (count < limit || (bytes ?? 0) > maxBytes) return null;
  const { inputs } = db.get<{ inputs: string }>(
    `SELECT group_concat(input, char(10)) AS inputs
     FROM (SELECT input FROM tasks WHERE key BETWEEN ? AND ? ORDER BY key)`,
    ...range,
  )!;
  return { indices: Array.from({ length: count }, (_, offset) => from + offset), inputs };
}

function readOneByOne(db: Database, id: BatchId, from: TaskIndex, limit: number): Inputs {
  const indices: TaskIndex[] = [];
  const inputs: string[] = [];
  let left = maxBytes;
  const rows = db.iterateArrays<[key: number, input: string]>(
    `SELECT key, input FROM tasks
     WHERE key BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM results WHERE results.key = tasks.key)
     ORDER BY key LIMIT ?`,
    keyOf(id, from),
    lastKey(id),
    limit,
  );
  for (const [key, input] of rows) {
    indices.push(indexOf(id, key));
    inputs.push(input);
    left -= input.length;
    if (left <= 0) break;
  }
  return { indices, inputs: inputs.join('\n') };
}
