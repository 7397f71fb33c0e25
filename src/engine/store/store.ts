import type { BatchSpec, BatchState, TaskCounts } from '../../shared/batch.ts';
import type { Touched } from '../../shared/contract/actions.ts';
import type {
  Comparison,
  ComparisonPage,
  ComparisonQuery,
  Threshold,
} from '../../shared/contract/compare.ts';
import type { ErrorExample, ErrorGroups } from '../../shared/contract/errors.ts';
import type { LogFilter, LogPage, LogPlace } from '../../shared/contract/logs.ts';
import type { ColumnSummary, ResultColumns, ResultPage, ResultQuery } from '../../shared/contract/results.ts';
import type { ErrorInfo } from '../../shared/errors.ts';
import type { JsonColumn } from '../../shared/json-column.ts';
import type { BatchId, OutputPiece, TaskIndex, TaskState } from '../../shared/task.ts';
import type { Attempt, TaskPage, TaskQuery, TaskSelection } from '../../shared/views.ts';
import type { LogCursor, LogSearchSlice } from './log-search.ts';
import type { AttemptRow, AttemptSearch, TracedRow } from './stats.ts';
import type { Trimmed } from './trim-output.ts';

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
  /**
   * Makes `to` the owner of a batch that `from` owned; false where another program was faster.
   */
  claim(id: BatchId, from: string, to: string): Promise<boolean>;
  /** The batch's spec with all of its inputs, until it is enumerated. */
  wholeSpec(id: BatchId): Promise<BatchSpec>;
  /** Newest first, without those that were deleted; so {@link getBatch}. */
  listBatches(): Promise<StoredBatch[]>;
  getBatch(id: BatchId): Promise<StoredBatch | null>;

  /**
   * Adds `count` tasks from `first` on; those that the batch has already are left as they are. Adds to the
   * batch's `total` in the same transaction.
   */
  addInputs(id: BatchId, first: TaskIndex, inputs: JsonColumn, count: number): Promise<void>;
  /**
   * Remembers files of a watched folder, each with the stamp of its content, in place of former ones of the same
   * path. Where `first` is given, they become tasks from it on, in the same transaction.
   */
  addWatched(id: BatchId, first: TaskIndex | null, files: WatchedFiles): Promise<void>;
  /** Files that are remembered, in the order of their paths, up to `limit` after a path; null: from the start. */
  readWatched(id: BatchId, after: string | null, limit: number): Promise<WatchedFiles>;
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
   * that was handed over meanwhile. Resolves once it is on disk, with the number of tasks that ended by each
   * commit, by state: a second final result for a task is ignored.
   */
  commit(commits: ResultCommit[]): Promise<EndedCounts[]>;
  /** @param worker the number of the worker that sent it; null, the default, where it is not known. */
  addOutput(id: BatchId, pieces: OutputPiece[], worker?: number | null): Promise<void>;
  /** Removes the middle of a task's output where it is very long; see `trim-output.ts`. */
  trimOutput(id: BatchId, index: TaskIndex, former: Trimmed): Promise<Trimmed>;

  /** Those of the tasks that have no result. */
  withoutResult(id: BatchId, indices: TaskIndex[]): Promise<TaskIndex[]>;
  /** The inputs of tasks `first` to `first + count`; fewer where the batch has no more. */
  readInputs(id: BatchId, first: TaskIndex, count: number): Promise<WaitingTasks>;
  /**
   * Takes back the ends of the selected tasks that have ended, other than by success where `unsuccessful`: they
   * are pending again, and what they did is kept as attempts. Answers how many.
   */
  reopen(id: BatchId, tasks: TaskSelection | 'unsuccessful'): Promise<number>;
  /** All tasks that match, in the order of the query. */
  select(id: BatchId, query: TaskQuery): Promise<Uint32Array>;

  /** How many tasks a selection holds, by state, and the first of them. */
  touched(id: BatchId, tasks: TaskSelection | 'unsuccessful'): Promise<Touched>;
  /** Compares two batches input by input; see `compare.ts`. */
  compare(before: BatchId, after: BatchId, threshold: Threshold): Promise<Comparison>;
  comparedRows(query: ComparisonQuery, from: number, count: number): Promise<ComparisonPage>;

  /** Hides batches, from `at` (milliseconds since the epoch) on. They are there until {@link purge}. */
  deleteBatches(ids: BatchId[], at: number): Promise<void>;
  restoreBatches(ids: BatchId[]): Promise<void>;
  /** Removes for good what was deleted before that time, and gives its space back to the file system. */
  purge(deletedBefore: number): Promise<void>;
  /** Size of the database on disk, bytes. */
  size(): Promise<number>;
  /** A setting's JSON text; null where it was never set. */
  readSetting(name: string): Promise<string | null>;
  writeSetting(name: string, value: string): Promise<void>;

  /** What was measured of a batch, as `stats/saved.ts` has it; null where nothing was. */
  readStats(id: BatchId): Promise<string | null>;
  writeStats(id: BatchId, body: string): Promise<void>;
  findAttempts(id: BatchId, search: AttemptSearch): Promise<AttemptRow[]>;
  /** All attempts of tasks `first` to `first + count`, in the order of the tasks. */
  traceSlice(id: BatchId, first: TaskIndex, count: number): Promise<TracedRow[]>;

  /** Rows that match, with texts cut for display; `running` and progress are for the engine to add. */
  page(id: BatchId, query: TaskQuery, from: number, count: number): Promise<TaskPage>;
  /**
   * The same for one who watches: works for about `budgetMs`, and answers null where there is nothing to show yet,
   * or rows with a total so far (`counting`). Asked again, it goes on; another question takes its place. Of a batch
   * that runs, what is found by a long search may be some seconds old.
   */
  pageWithin(
    id: BatchId,
    query: TaskQuery,
    from: number,
    count: number,
    budgetMs: number,
  ): Promise<TaskPage | null>;
  task(id: BatchId, index: TaskIndex): Promise<StoredTask | null>;
  /** The last pieces of a task's output, oldest first, up to `maxPieces` and about `maxCharacters`. */
  output(
    id: BatchId,
    index: TaskIndex,
    maxPieces: number,
    maxCharacters: number,
  ): Promise<{ pieces: OutputPiece[]; cut: boolean }>;
  /**
   * Goes on grouping the failed tasks of a batch for about so many milliseconds: all groups once `enough` tasks are
   * in one, by default all that have failed by now; before, how many have.
   */
  failureGroups(id: BatchId, budgetMs: number, enough?: number): Promise<ErrorGroups | number>;
  /** The first task of a group. Throws `NO_SUCH_GROUP`. */
  failureExample(id: BatchId, group: string): Promise<ErrorExample>;
  /** What tasks printed, in the order in which it came, up to about so many lines. */
  logPage(id: BatchId, filter: LogFilter, place: LogPlace, lines: number): Promise<LogPage>;
  /** Looks for a text in what tasks printed, for about so many milliseconds; `cursor` is that of the slice before. */
  logSearch(
    id: BatchId,
    filter: LogFilter,
    text: string,
    cursor: LogCursor | null,
    budgetMs: number,
  ): Promise<LogSearchSlice>;
  /**
   * Whole rows that match, in order, a slice at a time, so that an export streams.
   * @param from passes over this many of them; default 0.
   */
  exportRows(id: BatchId, query: TaskQuery, from?: number): AsyncIterable<ExportRow[]>;

  /**
   * The columns that the results of a batch have; of a batch that runs, as they were some time ago.
   * @param quick of many results, only a part is read. Default: false.
   */
  resultColumns(id: BatchId, quick?: boolean): Promise<ResultColumns>;
  /** What there is to say of a column, over all results. */
  resultSummary(id: BatchId, column: string): Promise<ColumnSummary>;
  /** Results that match, with texts cut for display. */
  resultPage(
    id: BatchId,
    query: ResultQuery,
    columns: string[],
    from: number,
    count: number,
  ): Promise<ResultPage>;
  /** The value of one cell, whole; undefined where there is none. */
  resultValue(id: BatchId, index: TaskIndex, column: string): Promise<unknown>;

  close(): Promise<void>;
}

export type EndedCounts = Record<'succeeded' | 'failed' | 'canceled' | 'skipped', number>;

export interface NewBatch {
  name: string;
  /** As it is kept for good, and shown. */
  spec: BatchSpec;
  /** With all of its inputs, kept until the batch is enumerated. Default: `spec`. */
  wholeSpec?: BatchSpec;
  state: BatchState;
  createdAt: number;
  /** The program that runs it; see `batches/owner.ts`. */
  owner: string;
  /** Where it waits among the queued batches, the least first. Default: nowhere. */
  place?: number | null;
  /** As `priorityCode` gives it. Default: 0. */
  priority?: number;
  /** What there was to say of its inputs before it was made. Default: nothing. */
  warnings?: string[];
}

export interface BatchChange {
  place?: number | null;
  priority?: number;
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
  place: number | null;
  priority: number;
  /** Grows whenever tasks that had ended are opened again. */
  generation: number;
  /** About how much of the disk it takes, bytes. */
  bytes: number;
}

/** Files of a watched folder, in columns. */
export interface WatchedFiles {
  paths: string[];
  stamps: string[];
}

export interface WaitingTasks {
  indices: TaskIndex[];
  inputs: JsonColumn;
  /** Those that were attempted before. */
  past: PastAttempts[];
}

/** What a waiting task did before: the number of its attempts, and how many of them were crashes. */
export interface PastAttempts {
  index: TaskIndex;
  attempts: number;
  crashes: number;
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
