import type { BatchSpec, BatchState, TaskCounts } from '../../shared/batch.ts';
import type { ErrorInfo } from '../../shared/errors.ts';
import type { JsonColumn } from '../../shared/json-column.ts';
import type { BatchId, OutputPiece, TaskIndex, TaskState } from '../../shared/task.ts';
import type { Attempt, TaskPage, TaskQuery } from '../../shared/views.ts';

/**
 * Where batches, tasks and results are kept on disk. Everything that it answers with is what was committed;
 * what runs at this moment is known to the engine alone.
 *
 * A task without a final result is `pending` here, or, once its batch has ended, the batch's `rest` state:
 * cancelling a batch of a million tasks writes one row.
 */
export interface Store {
  createBatch(batch: NewBatch): Promise<BatchId>;
  updateBatch(id: BatchId, change: BatchChange): Promise<void>;
  /** Newest first. */
  listBatches(): Promise<StoredBatch[]>;
  getBatch(id: BatchId): Promise<StoredBatch | null>;

  /**
   * Adds `count` tasks from `first` on; those that the batch has already are left as they are. Adds to the
   * batch's `total` in the same transaction.
   */
  addInputs(id: BatchId, first: TaskIndex, inputs: JsonColumn, count: number): Promise<void>;
  /**
   * Adds the tasks of a range: the input of task `i` is `from + i * step`, for `i` up to `count`. Where the
   * batch has the first of them already, the rest is added.
   */
  addRange(id: BatchId, from: number, step: number, count: number): Promise<void>;
  /**
   * The first `limit` tasks from index `from` on that have no final result, in index order. Fewer where their
   * inputs are large, but at least one; none only where none is left.
   */
  readWaiting(id: BatchId, from: TaskIndex, limit: number): Promise<WaitingTasks>;

  /**
   * Writes attempts and, where they ended their task, its result; with the output, in one transaction for all
   * that was handed over meanwhile. Resolves once it is on disk. A second final result for a task is ignored.
   */
  commit(commits: ResultCommit[]): Promise<void>;
  addOutput(id: BatchId, pieces: OutputPiece[]): Promise<void>;

  /** Rows that match, with texts cut for display; `running` and progress are for the engine to add. */
  page(id: BatchId, query: TaskQuery, from: number, count: number): Promise<TaskPage>;
  task(id: BatchId, index: TaskIndex): Promise<StoredTask | null>;
  /** The last pieces of a task's output, oldest first, up to `maxPieces` and about `maxCharacters`. */
  output(
    id: BatchId,
    index: TaskIndex,
    maxPieces: number,
    maxCharacters: number,
  ): Promise<{ pieces: OutputPiece[]; cut: boolean }>;
  /**
   * Whole rows that match, in order, a slice at a time, so that an export streams.
   * @param from passes over this many of them; default 0.
   */
  exportRows(id: BatchId, query: TaskQuery, from?: number): AsyncIterable<ExportRow[]>;

  close(): Promise<void>;
}

export interface NewBatch {
  name: string;
  spec: BatchSpec;
  state: BatchState;
  createdAt: number;
  /** The program that runs it; see `batches/owner.ts`. */
  owner: string;
}

export interface BatchChange {
  owner?: string;
  state?: BatchState;
  /** The state that tasks without a result are in. */
  rest?: Extract<TaskState, 'pending' | 'canceled' | 'skipped'>;
  enumerated?: boolean;
  startedAt?: number;
  endedAt?: number | null;
  error?: ErrorInfo | null;
  warnings?: string[];
  /** Milliseconds that workers spent on tasks of the batch, for its final `busy`. */
  busyMs?: number;
}

export interface StoredBatch extends NewBatch {
  id: BatchId;
  rest: TaskState;
  total: number;
  enumerated: boolean;
  /** `running` is always 0 here. */
  counts: TaskCounts;
  startedAt: number | null;
  endedAt: number | null;
  error: ErrorInfo | null;
  warnings: string[];
  busyMs: number;
}

export interface WaitingTasks {
  indices: TaskIndex[];
  inputs: JsonColumn;
}

/** Attempts of one batch that ended, in columns (see `ResultsMessage` in `wire.ts`). */
export interface ResultCommit {
  batch: BatchId;
  worker: number;
  indices: TaskIndex[];
  /** Codes of `attemptOutcomes`. */
  outcomes: Uint8Array;
  /** Codes of `taskStates`: the final state, or `pending` where the task will be attempted again. */
  states: Uint8Array;
  /** JSON: the result of each `ok` attempt, the `ErrorInfo` of each other. */
  values: JsonColumn;
  startedAt: Float64Array;
  ms: Float64Array;
  /**
   * The number of each attempt, from 1; all are 1 where absent. 0: the task ended without an attempt of its
   * own (it was canceled or skipped before it started), and start, duration and worker mean nothing.
   */
  attempts?: number[];
  output: OutputPiece[];
}

export interface StoredTask {
  index: TaskIndex;
  /** JSON texts, whole. */
  input: string;
  value: string | null;
  state: TaskState;
  error: ErrorInfo | null;
  attempts: Attempt[];
}

/** One task as it is exported, and printed by the command line. */
export interface ExportRow {
  index: TaskIndex;
  /** JSON text. */
  input: string;
  state: TaskState;
  /** JSON text, or null. */
  value: string | null;
  error: ErrorInfo | null;
  attempts: number;
  ms: number | null;
  startedAt: number | null;
  worker: number | null;
}
