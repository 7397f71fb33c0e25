import type { Params, TaskDefinition } from './definition.ts';
import type { ErrorInfo } from './errors.ts';
import type { JsonColumn } from './json-column.ts';
import type { OutputPiece, TaskIndex, TaskProgress } from './task.ts';

/**
 * Messages between the pool and a worker process. All are plain data that structured clone carries, packed in
 * columns: one message is thousands of short tasks, or one long one.
 *
 * - A worker has at most two `results` messages unacknowledged; then it waits for an `ack`.
 * - A worker exits only after `exit`, and after its last `results` are acknowledged.
 */

/** One batch, as workers know it. Not a batch's id: the pool serves batches that no store knows. */
export type JobId = number;

/** What a worker has to load before it can run a job's tasks. */
export type LoadableDefinition = TaskDefinition | { kind: 'source'; source: string };

/**
 * How inputs and results travel. `json`: as text that nobody parses on the way to the store. `clone`: as
 * values, by structured clone, for a pool that is used from code.
 */
export type Encoding = 'json' | 'clone';
export type Column = JsonColumn | unknown[];

export interface LoadMessage {
  type: 'load';
  job: JobId;
  definition: LoadableDefinition;
  params: Params;
  encoding: Encoding;
  /** Tasks that the worker runs at once; null: what the definition asks for, else 1. */
  concurrency: number | null;
  /** Call the function with the input's elements as its arguments (`starmap`, `apply`). */
  spread: boolean;
  /** Only to hear the definition's description: parameters are not checked, `setup` is not called. */
  describe: boolean;
  /** Number of the worker, from 1: where commands' slots (`{%}`) count from. */
  worker?: number;
  /** Called once in the worker before the first task; for pools that are used from code. */
  initializer?: { definition: LoadableDefinition; args: unknown[] };
}

export interface ChunkMessage {
  type: 'chunk';
  job: JobId;
  chunk: number;
  indices: TaskIndex[];
  inputs: Column;
  /** Tell of each task before the next one starts, so that the pool knows which one runs. */
  tellsEach?: boolean;
  /** Milliseconds since the epoch; default now. What is read long after may be another's by then. */
  sentAt?: number;
}

export type ToWorker =
  | LoadMessage
  | ChunkMessage
  /** The job has ended: run its `teardown` and forget it. */
  | { type: 'unload'; job: JobId }
  /** Ask these running tasks to stop, and drop those not started; only the latter where `sparesRunning`. */
  | { type: 'abort'; job: JobId; indices: TaskIndex[]; sparesRunning?: boolean }
  /** Give back the chunks that have not started. Answered by `returned`. */
  | { type: 'recall'; chunks: number[] }
  | { type: 'ack' }
  /** Answer to `fence`: chunks that were given to others meanwhile and must not be started. */
  | { type: 'go'; revoked: number[] }
  /** Tear down and exit. */
  | { type: 'exit' };

export interface ResultsMessage {
  type: 'results';
  job: JobId;
  /** In the order in which they ended; tasks of several chunks of one job may stand together. */
  indices: TaskIndex[];
  /** Codes of {@link attemptOutcomes}. */
  outcomes: Uint8Array;
  /** The result of each `ok` task, the {@link ErrorInfo} of each other. */
  values: Column;
  /** Start of each attempt, milliseconds since the epoch. */
  startedAt: Float64Array;
  /** Duration of each attempt, milliseconds. */
  ms: Float64Array;
  /** What these and the running tasks printed since the last message. */
  output: OutputPiece[];
}

export type FromWorker =
  | { type: 'ready'; pid: number }
  | { type: 'loaded'; job: JobId; concurrency: number; description: LoadedDescription }
  | { type: 'load-failed'; job: JobId; error: ErrorInfo }
  /** A file that this worker has loaded was changed since: replace the worker, then load again. */
  | { type: 'stale'; job: JobId }
  | ResultsMessage
  /** Output of a task that goes on; results bring their own. */
  | { type: 'output'; job: JobId; output: OutputPiece[] }
  | { type: 'progress'; job: JobId; index: TaskIndex; progress: TaskProgress }
  /** The tasks of a job that are running now; sent where more than one runs at once. */
  | { type: 'running'; job: JobId; indices: TaskIndex[]; startedAt: number[] }
  | { type: 'returned'; chunks: number[] }
  /** The worker was busy for long and asks, before it starts a chunk, whether it may. Answered by `go`. */
  | { type: 'fence' }
  | { type: 'stats'; cpuMs: number; memoryBytes: number }
  /** A sign of life, about each second while tasks run: the process comes back to its event loop. */
  | { type: 'beat' }
  /** A task called `process.exit(code)`, or threw where nothing could catch it; the worker waits for `exit`. */
  | {
      type: 'exit-called';
      job: JobId;
      index: TaskIndex;
      code: number;
      startedAt: number;
      error?: ErrorInfo;
    };

/** What a definition file says of itself. */
export interface LoadedDescription {
  summary?: string;
  params?: unknown;
  concurrency?: number;
  takes?: string;
}
