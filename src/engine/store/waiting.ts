import type { BatchId, TaskIndex } from '../../shared/task.ts';
import type { Database } from './database.ts';
import { indexOf, keyOf, lastKey } from './keys.ts';
import type { WaitingTasks } from './store.ts';

/** Bytes of inputs after which an answer is long enough. */
const maxBytes = 32_000_000;

/** The first tasks from index `from` on that have no result: `limit` of them, fewer where they are large. */
export function readWaiting(db: Database, id: BatchId, from: TaskIndex, limit: number): WaitingTasks {
  return readUntouched(db, id, from, limit) ?? readOneByOne(db, id, from, limit);
}

/**
 * The common case: none of the next tasks has ended yet. One text for all of them, joined by SQLite, takes a
 * sixth of the time of a row each. Null where it does not apply.
 */
function readUntouched(db: Database, id: BatchId, from: TaskIndex, limit: number): WaitingTasks | null {
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

function readOneByOne(db: Database, id: BatchId, from: TaskIndex, limit: number): WaitingTasks {
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
