import type { BatchSpecInput, BatchSummary } from '../shared/batch.ts';
import type { Preset } from '../shared/contract/presets.ts';
import type { DefinitionDescription, TaskDefinition } from '../shared/definition.ts';
import type { InputPreview, InputSource } from '../shared/inputs.ts';
import type { BatchId, TaskIndex } from '../shared/task.ts';
import type {
  PoolView,
  StorageView,
  TaskDetail,
  TaskPage,
  TaskQuery,
  TaskSelection,
} from '../shared/views.ts';
import type { ActionsApi } from './actions/batch-actions.ts';
import type { CompareApi } from './compare/comparisons.ts';
import type { ErrorsApi } from './errors/error-groups.ts';
import type { ExportsApi } from './export/index.ts';
import type { LogsApi } from './logs/logs.ts';
import type { PresetsApi } from './presets/presets.ts';
import type { QueueApi } from './queue/batch-queue.ts';
import type { ResultsApi } from './results/results-api.ts';
import type { StatsApi } from './stats/stats.ts';
import type { ExportRow } from './store/store.ts';

/** What hosts ask of the engine. One engine a program, one data folder an engine. */
export interface Engine {
  readonly queue: QueueApi;
  /** What was measured of batches: timeline and charts. */
  readonly stats: StatsApi;
  /** Failed tasks in groups. */
  readonly errors: ErrorsApi;
  /** What tasks printed. */
  readonly logs: LogsApi;
  readonly actions: ActionsApi;
  readonly compare: CompareApi;
  readonly presets: PresetsApi;
  readonly results: ResultsApi;
  readonly exports: ExportsApi;
  /** Checks everything (definition, parameters, inputs), then starts. Throws a `PoolboardError` otherwise. */
  submit(spec: BatchSpecInput, more?: SubmitOptions): Promise<BatchSummary>;
  /** Newest first; ended ones from the store, running ones as they are now. */
  list(): Promise<BatchSummary[]>;
  /** Throws `NO_SUCH_BATCH`. */
  get(batch: BatchId): Promise<BatchSummary>;
  cancel(batch: BatchId): Promise<void>;
  pause(batch: BatchId): Promise<void>;
  /**
   * Lets a paused batch go on; finishes one that was interrupted or canceled, where tasks that have ended keep
   * their results. Throws `NOTHING_TO_RESUME` where all tasks have ended, `NOT_RUNNING` where another program
   * runs it, and what `submit` throws.
   */
  resume(batch: BatchId, more?: SubmitOptions): Promise<BatchSummary>;
  /**
   * Runs tasks that have ended again, with the settings that the batch was submitted with; `unsuccessful`: all
   * that did not succeed, those that were never started included. Throws `NOTHING_TO_RETRY`, `STILL_RUNNING`.
   */
  retry(batch: BatchId, tasks: TaskSelection | 'unsuccessful', more?: SubmitOptions): Promise<BatchSummary>;
  /** Takes no more inputs; the batch is `closing` until the tasks that it has are done. */
  closeBatch(batch: BatchId): Promise<void>;
  /** Cancels those of the selection that have not ended. Answers how many. */
  cancelTasks(batch: BatchId, tasks: TaskSelection): Promise<number>;
  /** Deletes ended batches; `restore` brings them back until they are purged, ten minutes later. Throws `STILL_RUNNING`. */
  delete(batches: BatchId[]): Promise<void>;
  restore(batches: BatchId[]): Promise<void>;
  storage(): Promise<StorageView>;
  /** Ended batches are deleted this many days after their end; null: never. */
  setRetention(days: number | null): Promise<StorageView>;
  /** Resolves when the batch has ended and all of it is on disk. */
  ended(batch: BatchId): Promise<BatchSummary>;

  page(batch: BatchId, query: TaskQuery, from: number, count: number): Promise<TaskPage>;
  /** As the store's: null where there is nothing to show after about so many milliseconds; ask again. */
  pageWithin(
    batch: BatchId,
    query: TaskQuery,
    from: number,
    count: number,
    budgetMs: number,
  ): Promise<TaskPage | null>;
  /** Throws `NO_SUCH_TASK`. */
  detail(batch: BatchId, index: TaskIndex): Promise<TaskDetail>;
  /** @param from passes over this many rows; default 0. */
  exportRows(batch: BatchId, query: TaskQuery, from?: number): AsyncIterable<ExportRow[]>;

  builtins(): DefinitionDescription[];
  describe(definition: TaskDefinition): Promise<DefinitionDescription>;
  preview(source: InputSource): Promise<InputPreview>;

  pool(): PoolView;
  setPoolSize(size: number): void;
  /** The machine runs on its battery, or not any more: see `batteryWorkers`. For hosts that are told so. */
  setOnBattery(onBattery: boolean): void;

  on(listener: EngineListener): () => void;
  /** Cancels nothing: running batches become `interrupted`, what ended is on disk, processes are gone. */
  close(): Promise<void>;
}

export interface SubmitOptions {
  /** What `-` reads. */
  stdin?: NodeJS.ReadableStream;
  /** Told of results as they are committed, in the order in which they end; for hosts that print them. */
  onResults?: (rows: ExportRow[]) => void;
  /** Told of output as it comes. */
  onOutput?: (piece: import('../shared/task.ts').OutputPiece) => void;
}

/** `tasks`: something about this batch's tasks changed (a result, a start, progress, output). Not throttled. */
export type EngineListener = (
  event:
    | { type: 'batch'; batch: BatchSummary }
    | { type: 'deleted'; batches: BatchId[] }
    | { type: 'tasks'; batch: BatchId }
    | { type: 'presets'; presets: Preset[] }
    | { type: 'pool' },
) => void;
