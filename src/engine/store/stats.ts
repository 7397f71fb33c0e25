import { type BatchId, stateCode, type TaskIndex } from '../../shared/task.ts';
import type { Database } from './database.ts';
import { firstKey, indexOf, keyOf } from './keys.ts';

/** What was measured of a batch, as it was written; null where nothing was. */
export function readStats(db: Database, id: BatchId): string | null {
  return db.get<{ body: string }>('SELECT body FROM stats WHERE batch = ?', id)?.body ?? null;
}

/** Nothing where the batch is gone. */
export function writeStats(db: Database, id: BatchId, body: string): void {
  db.run(
    `INSERT INTO stats (batch, body) SELECT id, ? FROM batches WHERE id = ?
     ON CONFLICT DO UPDATE SET body = excluded.body`,
    body,
    id,
  );
}

/** Attempts to look for: those that ran in a stretch of the machine's time, by tasks of a range. */
export interface AttemptSearch {
  /** Milliseconds since the epoch. */
  from: number;
  to: number;
  /** The first and the last task that may be among them. */
  least: TaskIndex;
  most: TaskIndex;
  /** Only those of this worker. */
  worker: number | null;
  /** `any`: all that ran in the stretch; otherwise those that began in it, the first ones or the last ones first. */
  order: 'any' | 'first' | 'last';
  limit: number;
}

/** An attempt that has ended, as SQLite gives it. `state`: of its task, `pending` where another attempt followed. */
export type AttemptRow = [
  index: TaskIndex,
  worker: number,
  startedAt: number,
  ms: number,
  state: number,
  outcome: number,
  attempt: number,
];

/** Attempts that have ended, those that were followed by another one included. */
export function findAttempts(db: Database, id: BatchId, search: AttemptSearch): AttemptRow[] {
  const { from, to, least, most, worker, order, limit } = search;
  const when =
    order === 'any'
      ? 'started_at <= ? AND started_at + ms >= ?'
      : 'started_at <= ? AND started_at >= ? AND worker IS NOT NULL';
  const ofWorker = worker === null ? '' : ' AND worker = ?';
  const where = `key BETWEEN ? AND ? AND ${when}${ofWorker}`;
  const by = order === 'any' ? '' : `ORDER BY started_at ${order === 'first' ? 'ASC' : 'DESC'}`;
  const values = [keyOf(id, least), keyOf(id, most), to, from, ...(worker === null ? [] : [worker])];
  return db.allArrays<AttemptRow>(
    `SELECT CAST(key - ? AS INTEGER), worker, started_at, ms, state, outcome, attempts FROM results
       WHERE ${where} AND outcome IS NOT NULL
     UNION ALL
     SELECT CAST(key - ? AS INTEGER), worker, started_at, ms, ${stateCode('pending')}, outcome, attempt FROM attempts
       WHERE ${where} ${by.replace('started_at', '3')} LIMIT ?`,
    firstKey(id),
    ...values,
    firstKey(id),
    ...values,
    limit,
  );
}

/** An attempt of a trace, with what it was given and, where it did not succeed, its error; JSON texts. */
export type TracedRow = [...AttemptRow, input: string, error: string | null];

/** All attempts of tasks `first` to `first + count`, in the order of the tasks. */
export function traceSlice(db: Database, id: BatchId, first: TaskIndex, count: number): TracedRow[] {
  const range = [keyOf(id, first), keyOf(id, first + count - 1)];
  const succeeded = stateCode('succeeded');
  const rows = db.allArrays<[key: number, ...rest: unknown[]]>(
    `SELECT tasks.key, a.worker, a.started_at, a.ms, ${stateCode('pending')}, a.outcome, a.attempt, tasks.input, a.error
       FROM attempts AS a JOIN tasks ON tasks.key = a.key WHERE a.key BETWEEN ? AND ?
     UNION ALL
     SELECT tasks.key, r.worker, r.started_at, r.ms, r.state, r.outcome, r.attempts, tasks.input,
         CASE WHEN r.state = ${succeeded} THEN NULL ELSE r.value END
       FROM results AS r JOIN tasks ON tasks.key = r.key
       WHERE r.key BETWEEN ? AND ? AND r.outcome IS NOT NULL AND r.started_at IS NOT NULL
     ORDER BY 1, 7`,
    ...range,
    ...range,
  );
  return rows.map(([key, ...rest]) => [indexOf(id, key), ...rest] as TracedRow);
}
