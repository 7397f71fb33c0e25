import { type BatchId, stateCode, type TaskIndex, taskStates } from '../../shared/task.ts';
import { Again } from './again.ts';
import { noSuchBatch, requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { firstKey, indexOf, keyOf, lastKey } from './keys.ts';
import { rowBytes } from './row-bytes.ts';
import type { EndedCounts } from './store.ts';

/** Tasks of one slice: some 30 ms of work, so that others are served in between. */
const sliceTasks = 10_000;

const succeeded = stateCode('succeeded');
const otherEnds = (['failed', 'canceled', 'skipped'] as const).map(stateCode);

/** Where the next slice starts, and how many tasks were opened by those before. */
export interface ReopenProgress {
  from: number;
  reopened: number;
}

const start: ReopenProgress = { from: 0, reopened: 0 };

/**
 * Takes back the ends of tasks, a slice at a time: an attempt that ended one is kept as an attempt, and the task
 * is pending again. Runs in the caller's transaction. Throws `NO_SUCH_BATCH`.
 *
 * With the first task that is opened the batch is interrupted: where the program ends before the next slice, or
 * before the tasks are started, what is pending can be resumed. It is for the caller to say that it runs.
 * @param tasks in any order, each once.
 * @returns how many were opened, once all are.
 */
export function reopen(
  db: Database,
  id: BatchId,
  tasks: Uint32Array | 'unsuccessful',
  progress = start,
): number | Again {
  requireBatch(db, id);
  return tasks === 'unsuccessful'
    ? reopenUnsuccessful(db, id, progress)
    : reopenListed(db, id, tasks, progress);
}

function reopenUnsuccessful(db: Database, id: BatchId, progress: ReopenProgress): number | Again {
  // Those without a result are pending as soon as the rest is; first, for what is opened is of the rest too.
  const ofRest = openRest(db, id);
  const slice = unsuccessfulTasks(db, id);
  const reopened = progress.reopened + ofRest + reopenSlice(db, id, slice);
  return slice.length === sliceTasks ? new Again(id, 'unsuccessful', { from: 0, reopened }) : reopened;
}

function reopenListed(
  db: Database,
  id: BatchId,
  tasks: Uint32Array,
  progress: ReopenProgress,
): number | Again {
  // A rest that ended without results gets them first, for only some of it may be in the list.
  const { rest } = requireBatch(db, id);
  if (rest !== 'pending') {
    const next = endRest(db, id, stateCode(rest), progress.from);
    if (next !== null) return new Again(id, tasks, { from: next, reopened: 0 });
    openRest(db, id);
    return new Again(id, tasks, start);
  }
  const until = progress.from + sliceTasks;
  const slice = [...tasks.subarray(progress.from, until)];
  const reopened = progress.reopened + reopenSlice(db, id, slice);
  return until < tasks.length ? new Again(id, tasks, { from: until, reopened }) : reopened;
}

function unsuccessfulTasks(db: Database, id: BatchId): TaskIndex[] {
  const tasks: TaskIndex[] = [];
  for (const state of otherEnds) {
    // The index's own condition has to stand in the query: SQLite does not infer it from the state.
    const rows = db.allArrays<[key: number]>(
      `SELECT key FROM results INDEXED BY unsuccessful
       WHERE state = ${state} AND state <> ${succeeded} AND key BETWEEN ? AND ? LIMIT ?`,
      firstKey(id),
      lastKey(id),
      sliceTasks - tasks.length,
    );
    for (const [key] of rows) tasks.push(indexOf(id, key));
  }
  return tasks;
}

const fromSlice =
  'FROM json_each(?) AS slice CROSS JOIN results ON results.key = CAST(? AS INTEGER) + slice.value';

function reopenSlice(db: Database, id: BatchId, tasks: TaskIndex[]): number {
  const slice = [JSON.stringify(tasks), firstKey(id)] as const;
  const rows = db.all<{ state: number; count: number; bytes: number }>(
    `SELECT results.state, count(*) AS count, sum(octet_length(results.value)) + count(*) * ${rowBytes.result} AS bytes
     ${fromSlice} GROUP BY results.state`,
    ...slice,
  );
  if (rows.length === 0) return 0;
  // Of an attempt that succeeded its value is not kept: an attempt has none.
  const kept = `CASE WHEN results.state = ${succeeded} THEN 'null' ELSE results.value END`;
  const attempts = db.get<{ bytes: number | null }>(
    `SELECT sum(octet_length(${kept}) + ${rowBytes.attempt}) AS bytes ${fromSlice} WHERE results.outcome IS NOT NULL`,
    ...slice,
  );
  db.run(
    `INSERT INTO attempts (key, attempt, outcome, worker, started_at, ms, error)
     SELECT results.key, results.attempts, results.outcome, results.worker, results.started_at, results.ms, ${kept}
     ${fromSlice} WHERE results.outcome IS NOT NULL`,
    ...slice,
  );
  db.run(`DELETE FROM results WHERE key IN (SELECT results.key ${fromSlice})`, ...slice);

  const opened: EndedCounts = { succeeded: 0, failed: 0, canceled: 0, skipped: 0 };
  let bytes = attempts?.bytes ?? 0;
  for (const row of rows) {
    opened[taskStates[row.state] as keyof EndedCounts] += row.count;
    bytes -= row.bytes;
  }
  const { changes } = db.run(
    `UPDATE batches SET state = 'interrupted', generation = generation + 1, succeeded = succeeded - ?,
       failed = failed - ?, canceled = canceled - ?, skipped = skipped - ?, bytes = bytes + ? WHERE id = ?`,
    opened.succeeded,
    opened.failed,
    opened.canceled,
    opened.skipped,
    bytes,
    id,
  );
  if (changes === 0) throw noSuchBatch(id);
  return rows.reduce((sum, { count }) => sum + count, 0);
}

/** Gives results to a slice of the tasks that have none; answers where the next one starts, null at the end. */
function endRest(db: Database, id: BatchId, state: number, from: TaskIndex): TaskIndex | null {
  const last = db.get<{ key: number }>(
    'SELECT key FROM tasks WHERE key BETWEEN ? AND ? ORDER BY key LIMIT 1 OFFSET ?',
    keyOf(id, from),
    lastKey(id),
    sliceTasks - 1,
  );
  const { changes } = db.run(
    `INSERT OR IGNORE INTO results (key, state, outcome, attempts, worker, started_at, ms, value)
     SELECT key, ${state}, NULL, (SELECT count(*) FROM attempts WHERE attempts.key = tasks.key), NULL, NULL, NULL, 'null'
     FROM tasks WHERE key BETWEEN ? AND ?`,
    keyOf(id, from),
    last?.key ?? lastKey(id),
  );
  const column = taskStates[state]!;
  db.run(
    `UPDATE batches SET ${column} = ${column} + ?, bytes = bytes + ? WHERE id = ?`,
    changes,
    changes * (rowBytes.result + 'null'.length),
    id,
  );
  return last ? indexOf(id, last.key) + 1 : null;
}

/** Makes the rest pending, and answers how many tasks that are; 0 where it is so already. */
function openRest(db: Database, id: BatchId): number {
  const { rest, total } = requireBatch(db, id);
  if (rest === 'pending') return 0;
  const { ended } = db.get<{ ended: number }>(
    'SELECT succeeded + failed + canceled + skipped AS ended FROM batches WHERE id = ?',
    id,
  )!;
  const opened = Math.max(0, total - ended);
  db.run(
    `UPDATE batches SET rest = 'pending', generation = generation + 1, state = iif(?, 'interrupted', state)
     WHERE id = ?`,
    opened,
    id,
  );
  return opened;
}
