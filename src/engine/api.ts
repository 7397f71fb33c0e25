import type { BatchSpecInput, BatchSummary } from '../shared/batch.ts';
import type { DefinitionDescription, TaskDefinition } from '../shared/definition.ts';
import type { InputPreview, InputSource } from '../shared/inputs.ts';
import type { BatchId, TaskIndex } from '../shared/task.ts';
import type { PoolView, TaskDetail, TaskPage, TaskQuery } from '../shared/views.ts';
import type { ExportRow } from './store/store.ts';

/** What hosts ask of the engine. One engine a program, one data folder an engine. */
export interface Engine {
  /** Checks everything (definition, parameters, inputs), then starts. Throws a `PoolboardError` otherwise. */
  submit(spec: BatchSpecInput, more?: SubmitOptions): Promise<BatchSummary>;
  /** Newest first; ended ones from the store, running ones as they are now. */
  list(): Promise<BatchSummary[]>;
  /** Throws `NO_SUCH_BATCH`. */
  get(batch: BatchId): Promise<BatchSummary>;
  cancel(batch: BatchId): Promise<void>;
  pause(batch: BatchId): Promise<void>;
  resume(batch: BatchId): Promise<void>;
  cancelTask(batch: BatchId, index: TaskIndex): Promise<void>;
  /** Resolves when the batch has ended and all of it is on disk. */
  ended(batch: BatchId): Promise<BatchSummary>;

  page(batch: BatchId, query: TaskQuery, from: number, count: number): Promise<TaskPage>;
  /** Throws `NO_SUCH_TASK`. */
  detail(batch: BatchId, index: TaskIndex): Promise<TaskDetail>;
  /** @param from passes over this many rows; default 0. */
  exportRows(batch: BatchId, query: TaskQuery, from?: number): AsyncIterable<ExportRow[]>;

  builtins(): DefinitionDescription[];
  describe(definition: TaskDefinition): Promise<DefinitionDescription>;
  preview(source: InputSource): Promise<InputPreview>;

  pool(): PoolView;
  setPoolSize(size: number): void;

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
  event: { type: 'batch'; batch: BatchSummary } | { type: 'tasks'; batch: BatchId } | { type: 'pool' },
) => void;
