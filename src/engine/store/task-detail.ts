import type { ErrorInfo } from '../../shared/errors.ts';
import { attemptOutcomes, type BatchId, stateCode, type TaskIndex, taskStates } from '../../shared/task.ts';
import type { Attempt } from '../../shared/views.ts';
import { requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { keyOf } from './keys.ts';
import type { StoredTask } from './store.ts';

interface AttemptRow {
  attempt: number;
  outcome: number | null;
  worker: number | null;
  started_at: number | null;
  ms: number | null;
  text: string;
}

const succeeded = stateCode('succeeded');

/** One task, whole; null where the batch has no such task. Throws `NO_SUCH_BATCH`. */
export function readTask(db: Database, id: BatchId, index: TaskIndex): StoredTask | null {
  const { rest } = requireBatch(db, id);
  const key = keyOf(id, index);
  const task = db.get<{ input: string }>('SELECT input FROM tasks WHERE key = ?', key);
  if (!task) return null;
  const rows = db.all<AttemptRow>(
    'SELECT attempt, outcome, worker, started_at, ms, error AS text FROM attempts WHERE key = ? ORDER BY id',
    key,
  );
  const result = db.get<AttemptRow & { state: number }>(
    'SELECT state, attempts AS attempt, outcome, worker, started_at, ms, value AS text FROM results WHERE key = ?',
    key,
  );
  // The result is the last attempt, except where the task ended without one of its own.
  if (result && result.outcome !== null) rows.push(result);
  const isValue = result?.state === succeeded;
  return {
    index,
    input: task.input,
    state: result ? taskStates[result.state]! : rest,
    value: result && isValue ? result.text : null,
    error: result && !isValue ? toError(result.text) : null,
    attempts: rows.map(toAttempt),
  };
}

function toAttempt(row: AttemptRow): Attempt {
  const outcome = attemptOutcomes[row.outcome!]!;
  return {
    attempt: row.attempt,
    worker: row.worker,
    startedAt: row.started_at,
    ms: row.ms,
    outcome,
    error: outcome === 'ok' ? null : toError(row.text),
  };
}

/** The `ErrorInfo` of a JSON text; null stands for "none" where a task ended without an error of its own. */
export function toError(text: string): ErrorInfo | null {
  return JSON.parse(text) as ErrorInfo | null;
}
