import type { HaltRule, RetriedOutcome } from '../../shared/batch.ts';
import type { ErrorInfo, PoolboardError } from '../../shared/errors.ts';
import type { OutputPiece, TaskIndex, TaskProgress } from '../../shared/task.ts';
import type { Column, Encoding, LoadableDefinition, LoadMessage } from '../../shared/wire.ts';
import type { EndedTasks } from './halt.ts';

/** What the executor is asked to do: tasks from a source, one definition, results to a sink. */
export interface JobSpec {
  definition: LoadableDefinition;
  params: LoadMessage['params'];
  encoding: Encoding;
  /** Call the function with the input's elements as its arguments. */
  spread?: boolean;
  initializer?: LoadMessage['initializer'];
  /** Only to hear the definition's description, through `JobHandle.prepared`; see `LoadMessage`. */
  describe?: boolean;
  options: JobOptions;
  source: TaskSource;
  sink: ResultSink;
  conditions?: JobConditions;
  /** Tasks of the same batch that ended in an earlier run of it: halt rules count them too. */
  endedBefore?: EndedTasks;
}

/** What stands in the way of a job, outside of the pool: the machine's load, a drive that is away. */
export interface JobConditions {
  /** Why no task should be started now; null where nothing is in the way. Asked about once a second. */
  obstacle(): PoolboardError | null;
  /**
   * Why an attempt that has just failed does not count, so that its task is tried again; null where it counts.
   * @param startedAt the attempt's start, milliseconds since the epoch.
   */
  excuse(startedAt: number): PoolboardError | null;
}

/** See `batchOptionsSchema` in `src/shared/batch.ts`. */
export interface JobOptions {
  workers?: number;
  concurrency?: number;
  chunkSize: 'auto' | number;
  maxTasksPerWorker?: number;
  maxWorkerMemoryBytes?: number;
  heapMb?: number;
  timeoutMs?: number;
  timeoutPercent?: number;
  /** Default: never. */
  hangMs?: number;
  retries: number;
  /** Default: all. */
  retryOn?: RetriedOutcome[];
  /** Default: none. */
  retryDelayMs?: number;
  halt?: HaltRule;
  batteryWorkers?: number;
}

/** Where a job's tasks come from, at the pace at which the pool takes them. */
export interface TaskSource {
  /** Up to `max` tasks, at least one; null where none is at hand now. */
  take(max: number): TaskBlock | null;
  /** Tasks that are known and not taken; 0 where `take` would answer null. */
  readonly waiting: number;
  /** No task will come any more. */
  readonly done: boolean;
  /** True for a task that will be taken, or may be: one that was not taken yet. */
  holds(index: TaskIndex): boolean;
  /** How many tasks there are, those taken included; null where that is not known yet. */
  readonly total: number | null;
  /** Called whenever `waiting` or `done` changed by itself. */
  onMore: () => void;
}

export interface TaskBlock {
  indices: TaskIndex[];
  inputs: Column;
  /** Those that were attempted before this job, where there are any. */
  past?: PastAttempts[];
}

/** What a task did before this job: the number of its attempts, and how many of them were crashes. */
export interface PastAttempts {
  index: TaskIndex;
  attempts: number;
  crashes: number;
}

/** Where a job's results go. */
export interface ResultSink {
  ended(attempts: EndedAttempts): void;
  /** @param worker the number of the worker that sent it. */
  output(pieces: OutputPiece[], worker: number): void;
  progress(index: TaskIndex, progress: TaskProgress): void;
  /** True where it holds more than it should: no more tasks are started until `JobHandle.poke`. */
  readonly full: boolean;
  /** Something stands in the way of the job, or, null, not any more. */
  obstructed?(error: PoolboardError | null): void;
  /** Nothing comes after it. */
  finished(end: JobEnd): void;
}

/** Attempts that ended on one worker, in columns; `states` says what became of each task. */
export interface EndedAttempts {
  worker: number;
  indices: TaskIndex[];
  /** Codes of `attemptOutcomes`. */
  outcomes: Uint8Array;
  /** Codes of `taskStates`; `pending` where the task will be attempted again. */
  states: Uint8Array;
  values: Column;
  startedAt: Float64Array;
  ms: Float64Array;
  /** The number of each attempt, from 1; all 1 where absent. */
  attempts?: number[];
  output: OutputPiece[];
  /** The tasks' inputs, for sinks that want them. */
  inputs: () => unknown[];
}

export type JobEnd =
  /** The source is done and every task has ended. */
  | { reason: 'completed' }
  | { reason: 'canceled' }
  /** The pool was closed under it. */
  | { reason: 'interrupted' }
  /** Its rule has stopped it early: `sentence` says why. The tasks that have not ended are skipped. */
  | { reason: 'halted'; sentence: string }
  /** Its workers cannot start. */
  | { reason: 'stopped'; error: ErrorInfo };

/** A task that runs now. */
export interface RunningFacts {
  index: TaskIndex;
  worker: number;
  /** Milliseconds since the epoch. */
  since: number;
  /** From 1. */
  attempt: number;
  input: unknown;
  /** When it last printed something, milliseconds since the epoch; absent where it has not. */
  printedAt?: number;
}
