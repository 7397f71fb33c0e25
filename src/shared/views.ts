import { z } from 'zod';
import type { ErrorInfo } from './errors.ts';
import {
  type AttemptOutcome,
  type BatchId,
  type OutputPiece,
  type TaskIndex,
  type TaskProgress,
  type TaskState,
  taskStates,
} from './task.ts';

/** Which tasks of a batch, in which order. The same query serves the table and the export. */
export const taskQuerySchema = z.object({
  filter: z.enum(['all', ...taskStates]).default('all'),
  /** Text to find in inputs, results and errors, ignoring case; empty for all. */
  search: z.string().max(1000).default(''),
  sort: z.enum(['index', 'input', 'state', 'ms', 'worker']).default('index'),
  descending: z.boolean().default(false),
  /** Of those that failed, only the tasks of one group: its key, see `contract/errors.ts`. */
  group: z.string().min(1).max(64).optional(),
});
export type TaskQuery = z.infer<typeof taskQuerySchema>;

/** Some tasks of a batch: those of a list, or all that match a query. */
export const taskSelectionSchema = z.union([
  z.object({ indices: z.array(z.int().min(0)).min(1).max(100_000) }),
  z.object({ query: taskQuerySchema }),
]);
export type TaskSelection = z.infer<typeof taskSelectionSchema>;

/** The next attempt of a task that waits for it. */
export interface NextAttempt {
  /** Its number, from 2, and how many there can be. */
  attempt: number;
  of: number;
  /** When it may start, milliseconds since the epoch. */
  at: number;
}

/** One row of the table of tasks. Texts are cut to a length that a row can show. */
export interface TaskRow {
  index: TaskIndex;
  input: string;
  state: TaskState;
  /** Start of the last attempt, milliseconds since the epoch. */
  startedAt: number | null;
  /** Duration of the last attempt, milliseconds. */
  ms: number | null;
  /** Worker number, from 1. */
  worker: number | null;
  attempts: number;
  /** How the last attempt ended; null before the first has, and where the task ended without one. */
  outcome: AttemptOutcome | null;
  /** Of a crash, how its worker ended, in a word or three: `SIGSEGV`, `exit status 3`, `out of memory`. */
  how: string | null;
  retry: NextAttempt | null;
  /** The result, or the error's name and message. */
  result: string | null;
  progress: TaskProgress | null;
  /** Of a running task, when it last printed something, milliseconds since the epoch; absent where it has not. */
  printedAt?: number;
}

/** A window of rows out of all that match a query. */
export interface TaskPage {
  batch: BatchId;
  from: number;
  rows: TaskRow[];
  /** Rows that match, over the whole batch. */
  total: number;
  /** True where they are still being counted: `total` is how many were found so far. */
  counting?: boolean;
}

/** One execution of a task, from 1. */
export interface Attempt {
  attempt: number;
  worker: number | null;
  startedAt: number | null;
  ms: number | null;
  outcome: AttemptOutcome;
  error: ErrorInfo | null;
}

export interface TaskDetail {
  batch: BatchId;
  index: TaskIndex;
  /** JSON text. */
  input: string;
  state: TaskState;
  /** JSON text of the result; null where there is none. */
  value: string | null;
  error: ErrorInfo | null;
  attempts: Attempt[];
  retry: NextAttempt | null;
  progress: TaskProgress | null;
  /** The last pieces of output, oldest first. */
  output: OutputPiece[];
  /** True where earlier output was left out of `output`. */
  outputCut: boolean;
  /** As in {@link TaskRow}. */
  printedAt?: number;
}

/** One worker process, as the window shows it. */
export interface WorkerView {
  /** From 1; a replacement takes the number of the one that it replaces. */
  number: number;
  pid: number | null;
  state: 'starting' | 'idle' | 'busy' | 'stopping';
  batch: BatchId | null;
  /** The first task that it is running now, and a short text of its input. */
  task: TaskIndex | null;
  input: string | null;
  /** Since when, milliseconds since the epoch. */
  since: number | null;
  /** When that task last printed something, milliseconds since the epoch; absent where it has not. */
  printedAt?: number;
  /** Tasks ended by this process. */
  done: number;
  /** Share of one core, 0 to 1 or more. */
  cpu: number | null;
  memoryBytes: number | null;
}

export interface PoolView {
  /** Workers that the pool may start. */
  size: number;
  /** Cores that this machine offers. */
  cores: number;
  workers: WorkerView[];
}

/** What the history takes, and how long it is kept. */
export interface StorageView {
  /** Size of the database on disk, bytes. */
  bytes: number;
  /** Ended batches are deleted this many days after their end; null: never. */
  retentionDays: number | null;
}
