import { type BatchSpec, type BatchState, endStates } from '../../shared/batch.ts';
import { type ErrorInfo, PoolboardError } from '../../shared/errors.ts';
import type { BatchId, TaskState } from '../../shared/task.ts';
import type { Database } from './database.ts';
import { maxBatches } from './keys.ts';
import { rowBytes } from './row-bytes.ts';
import type { BatchChange, NewBatch, StoredBatch } from './store.ts';

interface BatchRow {
  id: number;
  name: string;
  spec: string;
  state: string;
  owner: string;
  rest: string;
  total: number;
  enumerated: number;
  succeeded: number;
  failed: number;
  canceled: number;
  skipped: number;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  error: string | null;
  warnings: string;
  busy_ms: number;
  place: number | null;
  priority: number;
  generation: number;
  bytes: number;
}

export function createBatch(db: Database, batch: NewBatch): BatchId {
  const spec = JSON.stringify(batch.spec);
  const whole = batch.wholeSpec ? JSON.stringify(batch.wholeSpec) : spec;
  const wholeSpec = whole === spec ? null : whole;
  const { id } = db.run(
    `INSERT INTO batches (name, spec, whole_spec, state, owner, created_at, place, priority, warnings, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    batch.name,
    spec,
    wholeSpec,
    batch.state,
    batch.owner,
    batch.createdAt,
    batch.place ?? null,
    batch.priority ?? 0,
    JSON.stringify(batch.warnings ?? []),
    Buffer.byteLength(spec) + Buffer.byteLength(wholeSpec ?? '') + rowBytes.batch,
  );
  if (id > maxBatches) throw new PoolboardError('STORE_FULL', `${db.file} holds as many batches as it can.`);
  return id;
}

/** In SQL: of a batch that was not deleted. */
export const isThere = 'deleted_at IS NULL';

/** All but the whole spec, which can be long. */
const columns = `id, name, spec, state, owner, rest, total, enumerated, succeeded, failed, canceled, skipped,
  created_at, started_at, ended_at, error, warnings, busy_ms, place, priority, generation, bytes`;

/** Changes what is given and nothing else. Throws `NO_SUCH_BATCH`. */
export function updateBatch(db: Database, id: BatchId, change: BatchChange): void {
  const changes: [name: string, value: string | number | null | undefined][] = [
    ['state', change.state],
    ['owner', change.owner],
    ['rest', change.rest],
    ['enumerated', change.enumerated === undefined ? undefined : Number(change.enumerated)],
    ['started_at', change.startedAt],
    ['ended_at', change.endedAt],
    ['error', change.error ? JSON.stringify(change.error) : change.error],
    ['warnings', change.warnings && JSON.stringify(change.warnings)],
    ['busy_ms', change.busyMs],
    ['place', change.place],
    ['priority', change.priority],
  ];
  const set = changes.filter((column): column is [string, string | number | null] => column[1] !== undefined);
  const names = ['id', ...set.map(([name]) => name)];
  const values = set.map(([, value]) => value);
  const sql = `UPDATE batches SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ? AND ${isThere}`;
  if (db.run(sql, id, ...values, id).changes === 0) throw noSuchBatch(id);
  // All inputs are tasks now: the spec that holds them is of no more use.
  if (change.enumerated) db.run(dropWholeSpec, id);
}

const dropWholeSpec = `
  UPDATE batches SET bytes = bytes - octet_length(whole_spec), whole_spec = NULL
  WHERE id = ? AND whole_spec IS NOT NULL`;

const ended = endStates.map((state) => `'${state}'`).join();

/**
 * Makes `to` the owner where `from` is it still. What had not ended is interrupted, for nobody runs it: so it is
 * resumable whatever keeps it from starting next. Throws `NO_SUCH_BATCH`.
 */
export function claim(db: Database, id: BatchId, from: string, to: string): boolean {
  const sql = `UPDATE batches SET owner = ?, state = iif(state IN (${ended}), state, 'interrupted')
    WHERE id = ? AND owner = ? AND ${isThere}`;
  if (db.run(sql, to, id, from).changes > 0) return true;
  requireBatch(db, id);
  return false;
}

/** The spec with all of its inputs; as it is kept, once they are enumerated. Throws `NO_SUCH_BATCH`. */
export function wholeSpec(db: Database, id: BatchId): BatchSpec {
  const row = db.get<{ spec: string }>(
    `SELECT coalesce(whole_spec, spec) AS spec FROM batches WHERE id = ? AND ${isThere}`,
    id,
  );
  if (!row) throw noSuchBatch(id);
  return JSON.parse(row.spec) as BatchSpec;
}

export function listBatches(db: Database): StoredBatch[] {
  return db.all<BatchRow>(`SELECT ${columns} FROM batches WHERE ${isThere} ORDER BY id DESC`).map(toBatch);
}

export function getBatch(db: Database, id: BatchId): StoredBatch | null {
  const row = db.get<BatchRow>(`SELECT ${columns} FROM batches WHERE id = ? AND ${isThere}`, id);
  return row ? toBatch(row) : null;
}

/** Adds to what the batch takes, and to its number of tasks. Throws `NO_SUCH_BATCH`. */
export function grow(db: Database, id: BatchId, bytes: number, tasks = 0): void {
  const sql = `UPDATE batches SET bytes = bytes + ?, total = total + ? WHERE id = ? AND ${isThere}`;
  if (db.run(sql, Math.round(bytes), tasks, id).changes === 0) throw noSuchBatch(id);
}

/** As {@link getBatch}. Throws `NO_SUCH_BATCH`. */
export function requireBatch(db: Database, id: BatchId): StoredBatch {
  const batch = getBatch(db, id);
  if (!batch) throw noSuchBatch(id);
  return batch;
}

export function noSuchBatch(id: BatchId): PoolboardError {
  return new PoolboardError('NO_SUCH_BATCH', `There is no batch ${id}.`);
}

function toBatch(row: BatchRow): StoredBatch {
  const { succeeded, failed, canceled, skipped } = row;
  const rest = row.rest as TaskState;
  const counts = { pending: 0, running: 0, succeeded, failed, canceled, skipped };
  // Tasks of a range may end before they are in the store: then more have ended than there are, for a moment.
  counts[rest] += Math.max(0, row.total - succeeded - failed - canceled - skipped);
  return {
    id: row.id,
    name: row.name,
    spec: JSON.parse(row.spec) as BatchSpec,
    state: row.state as BatchState,
    rest,
    total: row.total,
    enumerated: row.enumerated === 1,
    counts,
    owner: row.owner,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorInfo),
    warnings: JSON.parse(row.warnings) as string[],
    busyMs: row.busy_ms,
    place: row.place,
    priority: row.priority,
    generation: row.generation,
    bytes: row.bytes,
  };
}
