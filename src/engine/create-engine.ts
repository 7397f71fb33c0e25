import { availableParallelism } from 'node:os';
import { type BatchSpecInput, type BatchSummary, hasEnded, maxWorkers } from '../shared/batch.ts';
import { builtinDescriptions } from '../shared/builtins.ts';
import type { DefinitionDescription, TaskDefinition } from '../shared/definition.ts';
import { PoolboardError } from '../shared/errors.ts';
import type { InputSource } from '../shared/inputs.ts';
import type { BatchId, TaskIndex } from '../shared/task.ts';
import type { PoolView, TaskDetail, TaskPage, TaskQuery, WorkerView } from '../shared/views.ts';
import type { JobId } from '../shared/wire.ts';
import type { Engine, EngineListener, SubmitOptions } from './api.ts';
import { BatchRun, type RunHooks } from './batches/batch-run.ts';
import { absolute, brief, checkCommand, checkSpec } from './batches/check-spec.ts';
import { describeDefinition } from './batches/describe.ts';
import { openInputs } from './batches/fill.ts';
import { runningPage, withRunning, withRunningDetail } from './batches/live-rows.ts';
import { batchName } from './batches/name.ts';
import { thisOwner } from './batches/owner.ts';
import { storedSummary } from './batches/stored-summary.ts';
import { previewInputs } from './inputs/preview.ts';
import type { Launcher } from './launcher.ts';
import { Executor } from './pool/executor.ts';
import { launcherFor, runtimeOf, withInterpreter } from './pool/runtimes.ts';
import type { WorkerReport } from './pool/worker-set.ts';
import { openStore } from './store/open.ts';
import { readable } from './store/readable.ts';
import type { ExportRow, Store } from './store/store.ts';

export interface EngineOptions {
  /** The folder of the store; made where it is missing. */
  dataDir: string;
  /** Launches Node workers. */
  launcher: Launcher;
  /** Workers, at most. Default: the cores of this machine. */
  poolSize?: number;
}

/** How often it is told that tasks have started, milliseconds. */
const startsEveryMs = 100;

/** Output of a task that its detail holds, at most. */
const detailPieces = 1000;
const detailCharacters = 200_000;

/** Opens the store of a data folder and makes an engine on it. Throws what keeps the store from opening. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const store = await openStore(options.dataDir);
  return new PoolboardEngine(store, options);
}

class PoolboardEngine implements Engine {
  readonly #store: Store;
  readonly #executor: Executor;
  /** Batches that run, by id; ended ones are the store's alone. */
  readonly #runs = new Map<BatchId, BatchRun>();
  /** So that what workers tell of jobs can be told of batches. */
  readonly #batchOfJob = new Map<JobId, BatchId>();
  readonly #listeners = new Set<EngineListener>();
  #startsTold: NodeJS.Timeout | null = null;

  constructor(store: Store, options: EngineOptions) {
    this.#store = store;
    this.#executor = new Executor({
      size: options.poolSize ?? availableParallelism(),
      launcher: launcherFor(options.launcher),
      runtimeOf,
      onChange: () => this.#poolChanged(),
    });
  }

  async submit(given: BatchSpecInput, more: SubmitOptions = {}): Promise<BatchSummary> {
    const spec = checkSpec(given);
    const { inputs, params, options } = spec;
    const definition = await withInterpreter(spec.definition);
    const name = spec.name || batchName(spec.definition, inputs);
    const batch = {
      name,
      spec: brief(spec),
      state: 'queued' as const,
      createdAt: Date.now(),
      owner: thisOwner,
    };
    const workers = Math.min(options.workers ?? this.#executor.size, this.#executor.size);
    const run = new BatchRun(batch, workers, this.#store, this.#hooks(more));

    const stop = new AbortController();
    const filling = await openInputs(
      inputs,
      this.#store,
      { warn: (sentence) => run.warn(sentence), stdin: more.stdin, signal: stop.signal },
      (error) => run.fail(error),
    );
    const { source } = filling;
    const job = this.#executor.submit({
      definition,
      params,
      encoding: 'json',
      options,
      source,
      sink: run.sink,
    });
    try {
      await job.prepared;
      checkCommand(definition, filling.first);
      await run.create();
    } catch (error) {
      job.cancel();
      stop.abort();
      await filling.drop();
      throw error;
    }
    this.#runs.set(run.id, run);
    this.#batchOfJob.set(job.id, run.id);
    void run.ended.then(() => {
      stop.abort();
      this.#runs.delete(run.id);
      this.#batchOfJob.delete(job.id);
    });
    if ((options.workers ?? 0) > this.#executor.size) this.setPoolSize(options.workers!);
    void run.run(job, filling);
    return run.summary();
  }

  async list(): Promise<BatchSummary[]> {
    const stored = await this.#store.listBatches();
    return stored.map(
      (batch) => this.#runs.get(batch.id)?.summary() ?? storedSummary(batch, this.#executor.size),
    );
  }

  async get(id: BatchId): Promise<BatchSummary> {
    const run = this.#runs.get(id);
    if (run) return run.summary();
    const stored = await this.#store.getBatch(id);
    if (!stored) throw new PoolboardError('NO_SUCH_BATCH', `There is no batch ${id}.`);
    return storedSummary(stored, this.#executor.size);
  }

  async cancel(id: BatchId): Promise<void> {
    (await this.#runOf(id, 'canceled')).cancel();
  }

  async pause(id: BatchId): Promise<void> {
    (await this.#runOf(id, 'paused')).pause();
  }

  async resume(id: BatchId): Promise<void> {
    (await this.#runOf(id, 'resumed')).resume();
  }

  async cancelTask(id: BatchId, index: TaskIndex): Promise<void> {
    (await this.#runOf(id, 'canceled')).cancelTask(index);
  }

  async ended(id: BatchId): Promise<BatchSummary> {
    return this.#runs.get(id)?.ended ?? this.get(id);
  }

  async page(id: BatchId, query: TaskQuery, from: number, count: number): Promise<TaskPage> {
    const run = this.#runs.get(id);
    if (run && query.filter === 'running') return runningPage(run, from, count);
    const page = await this.#store.page(id, query, from, count);
    return run ? withRunning(page, run, query) : page;
  }

  async detail(id: BatchId, index: TaskIndex): Promise<TaskDetail> {
    const [task, output] = await Promise.all([
      this.#store.task(id, index),
      this.#store.output(id, index, detailPieces, detailCharacters),
    ]);
    if (!task) throw new PoolboardError('NO_SUCH_TASK', `There is no task ${index} in batch ${id}.`);
    const detail = { ...task, batch: id, progress: null, output: output.pieces, outputCut: output.cut };
    const run = this.#runs.get(id);
    return run ? withRunningDetail(detail, run) : detail;
  }

  exportRows(id: BatchId, query: TaskQuery, from?: number): AsyncIterable<ExportRow[]> {
    return this.#store.exportRows(id, query, from);
  }

  builtins(): DefinitionDescription[] {
    return [...builtinDescriptions];
  }

  async describe(definition: TaskDefinition) {
    return describeDefinition(absolute(definition), this.#executor);
  }

  preview(source: InputSource) {
    return previewInputs(source);
  }

  pool(): PoolView {
    const workers = this.#executor.workers().map((worker) => this.#workerView(worker));
    return { size: this.#executor.size, cores: availableParallelism(), workers };
  }

  setPoolSize(size: number): void {
    this.#executor.size = Math.max(1, Math.min(maxWorkers, size));
    for (const run of this.#runs.values()) run.workers = this.#executor.size;
  }

  on(listener: EngineListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    const runs = [...this.#runs.values()];
    await this.#executor.close();
    await Promise.all(runs.map((run) => run.ended));
    await this.#store.close();
  }

  /** Tasks start without a result that would tell of it: what runs is told of now and then, however much happens. */
  #poolChanged(): void {
    this.#tell({ type: 'pool' });
    if (this.#runs.size === 0 || this.#startsTold) return;
    this.#startsTold = setTimeout(() => {
      this.#startsTold = null;
      for (const run of this.#runs.values()) {
        this.#tell({ type: 'batch', batch: run.summary() });
        this.#tell({ type: 'tasks', batch: run.id });
      }
    }, startsEveryMs).unref();
  }

  #hooks({ onResults, onOutput }: SubmitOptions): RunHooks {
    return {
      onResults,
      onOutput,
      onSummary: (run) => this.#tell({ type: 'batch', batch: run.summary() }),
      onTasks: (run) => this.#tell({ type: 'tasks', batch: run.id }),
    };
  }

  async #runOf(id: BatchId, what: string): Promise<BatchRun> {
    const run = this.#runs.get(id);
    if (run) return run;
    const { state, name } = await this.get(id);
    const why = hasEnded(state) ? `it is ${state}` : 'another program runs it';
    throw new PoolboardError('NOT_RUNNING', `Batch ${id} (${name}) cannot be ${what}: ${why}.`);
  }

  #workerView({ job, input, ...worker }: WorkerReport): WorkerView {
    return {
      ...worker,
      batch: job === null ? null : (this.#batchOfJob.get(job) ?? null),
      input: typeof input === 'string' ? readable(input) : null,
    };
  }

  #tell(event: Parameters<EngineListener>[0]): void {
    for (const listener of this.#listeners) listener(event);
  }
}
