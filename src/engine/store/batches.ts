import type { BatchSpec, BatchState } from '../../shared/batch.ts';
import { type ErrorInfo, PoolboardError } from '../../shared/errors.ts';
import type { BatchId, TaskState } from '../../shared/task.ts';
import type { Database } from './database.ts';
import { maxBatches } from './keys.ts';
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
}

export function createBatch(db: Database, batch: NewBatch): BatchId {
  const { id } = db.run(
    'INSERT INTO batches (name, spec, state, owner, created_at) VALUES (?, ?, ?, ?, ?)',
    batch.name,
    JSON.stringify(batch.spec),
    batch.state,
    batch.owner,
    batch.createdAt,
  );
  if (id > maxBatches) throw new PoolboardError('STORE_FULL', `${db.file} holds as many batches as it can.`);
  return id;
}

/** Changes what is given and nothing else. Throws `NO_SUCH_BATCH`. */
export function updateBatch(db: Database, id: BatchId, change: BatchChange): void {
  const columns: [name: string, value: string | number | null | undefined][] = [
    ['state', change.state],
    ['owner', change.owner],
    ['rest', change.rest],
    ['enumerated', change.enumerated === undefined ? undefined : Number(change.enumerated)],
    ['started_at', change.startedAt],
    ['ended_at', change.endedAt],
    ['error', change.error ? JSON.stringify(change.error) : change.error],
    ['warnings', change.warnings && JSON.stringify(change.warnings)],
    ['busy_ms', change.busyMs],
  ];
  const set = columns.filter((column): column is [string, string | number | null] => column[1] !== undefined);
  const names = ['id', ...set.map(([name]) => name)];
  const values = set.map(([, value]) => value);
  const sql = `UPDATE batches SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`;
  if (db.run(sql, id, ...values, id).changes === 0) throw noSuchBatch(id);
}

export function listBatches(db: Database): StoredBatch[] {
  return db.all<BatchRow>('SELECT * FROM batches ORDER BY id DESC').map(toBatch);
}

export function getBatch(db: Database, id: BatchId): StoredBatch | null {
  const row = db.get<BatchRow>('SELECT * FROM batches WHERE id = ?', id);
  return row ? toBatch(row) : null;
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
  };
}
