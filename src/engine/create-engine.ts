import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type BatchSpecInput, type BatchSummary, hasEnded, maxWorkers } from '../shared/batch.ts';
import { builtinDescriptions } from '../shared/builtins.ts';
import type { DefinitionDescription, TaskDefinition } from '../shared/definition.ts';
import { PoolboardError } from '../shared/errors.ts';
import type { InputSource } from '../shared/inputs.ts';
import type { BatchId, TaskIndex } from '../shared/task.ts';
import type {
  PoolView,
  StorageView,
  TaskDetail,
  TaskPage,
  TaskQuery,
  TaskSelection,
  WorkerView,
} from '../shared/views.ts';
import type { JobId } from '../shared/wire.ts';
import { BatchActions } from './actions/batch-actions.ts';
import type { Engine, EngineListener, SubmitOptions } from './api.ts';
import type { BatchRun, RunHooks } from './batches/batch-run.ts';
import { absolute } from './batches/check-spec.ts';
import { describeDefinition } from './batches/describe.ts';
import { runningPage, withRunning, withRunningDetail } from './batches/live-rows.ts';
import { type HeldOwner, holdOwner } from './batches/owner.ts';
import { type Started, type Starting, startAgain, startNew } from './batches/start.ts';
import { storedSummary } from './batches/stored-summary.ts';
import { Comparisons } from './compare/comparisons.ts';
import { createErrors, type ErrorsApi } from './errors/error-groups.ts';
import { createExports } from './export/exports.ts';
import type { ExportsApi } from './export/index.ts';
import { reportFacts } from './export/report/facts.ts';
import { History } from './history.ts';
import { previewInputs } from './inputs/preview.ts';
import type { Launcher } from './launcher.ts';
import { createLogs, type LogsApi } from './logs/logs.ts';
import { watchBattery } from './machine/battery.ts';
import { Executor } from './pool/executor.ts';
import { launcherFor, runtimeOf } from './pool/runtimes.ts';
import type { WorkerReport } from './pool/worker-set.ts';
import { Presets } from './presets/presets.ts';
import { BatchQueue } from './queue/batch-queue.ts';
import { type ResultsApi, resultsOf } from './results/results-api.ts';
import { Stats } from './stats/stats.ts';
import { noSuchBatch } from './store/batches.ts';
import { databaseName, openStore } from './store/open.ts';
import { readable } from './store/readable.ts';
import type { ExportRow, Store, StoredBatch } from './store/store.ts';

export interface EngineOptions {
  /** The folder of the store; made where it is missing. */
  dataDir: string;
  /** Launches Node workers. */
  launcher: Launcher;
  /** Workers, at most. Default: the cores of this machine. */
  poolSize?: number;
  /** How far workers give way to other programs, 0 to 19. Default: 10, so that a desktop stays usable. */
  nice?: number;
  /**
   * How it is known whether the machine runs on its battery; asked once a batch wants to know.
   * Default: by what the operating system tells any program.
   */
  battery?: (onChange: (onBattery: boolean) => void) => () => void;
}

const defaultNice = 10;

/** When the program ends, a store that refuses to write is waited for this long, milliseconds. */
const patienceAtCloseMs = 3000;

/** How often it is told that tasks have started, milliseconds. */
const startsEveryMs = 100;

/** Output of a task that its detail holds, at most. */
const detailPieces = 1000;
const detailCharacters = 200_000;

/** Opens the store of a data folder and makes an engine on it. Throws what keeps the store from opening. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  let owner: HeldOwner | null = null;
  // Others would take a batch for interrupted whose program holds no lock in the folder as it is now.
  const store = await openStore(options.dataDir, { onMoved: () => owner?.keep() });
  try {
    owner = holdOwner(options.dataDir);
    return new PoolboardEngine(store, owner, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

class PoolboardEngine implements Engine {
  readonly queue: BatchQueue;
  readonly stats: Stats;
  readonly errors: ErrorsApi;
  readonly logs: LogsApi;
  readonly actions: BatchActions;
  readonly compare: Comparisons;
  readonly presets: Presets;
  readonly results: ResultsApi;
  readonly exports: ExportsApi;
  readonly #store: Store;
  /** This program, as the batches that it runs know it. */
  readonly #owner: HeldOwner;
  readonly #dataDir: string;
  readonly #executor: Executor;
  /** Batches that run, by id; ended ones are the store's alone. */
  readonly #runs = new Map<BatchId, BatchRun>();
  /** Batches that are being started again. */
  readonly #restarting = new Set<BatchId>();
  /** So that what workers tell of jobs can be told of batches. */
  readonly #batchOfJob = new Map<JobId, BatchId>();
  readonly #history: History;
  readonly #battery: NonNullable<EngineOptions['battery']>;
  #stopWatchingBattery: (() => void) | null = null;
  readonly #listeners = new Set<EngineListener>();
  #startsTold: NodeJS.Timeout | null = null;

  constructor(store: Store, owner: HeldOwner, options: EngineOptions) {
    this.#store = store;
    this.#owner = owner;
    this.#dataDir = options.dataDir;
    this.#executor = new Executor({
      size: options.poolSize ?? availableParallelism(),
      launcher: launcherFor(options.launcher, options.nice ?? defaultNice),
      runtimeOf,
      onChange: () => this.#poolChanged(),
    });
    this.#battery = options.battery ?? watchBattery;
    this.#history = new History(store, options.dataDir, (batches) =>
      this.#tell({ type: 'deleted', batches }),
    );
    this.#history.tidy();
    this.actions = new BatchActions(store, this.#runs, (id) => this.#existing(id));
    this.results = resultsOf(store);
    this.exports = createExports(join(options.dataDir, databaseName), (id) => reportFacts(this, id));
    this.compare = new Comparisons(store);
    this.presets = new Presets(store, (presets) => this.#tell({ type: 'presets', presets }));
    this.errors = createErrors(store);
    this.logs = createLogs(store);
    this.stats = new Stats({ store, isLive: async (id) => !hasEnded((await this.get(id)).state) });
    this.queue = new BatchQueue({ runs: this.#runs, runOf: (id, what) => this.#runOf(id, what) });
  }

  async submit(given: BatchSpecInput, more: SubmitOptions = {}): Promise<BatchSummary> {
    return this.#begin(await startNew(given, this.#starting(more)));
  }

  async resume(id: BatchId, more: SubmitOptions = {}): Promise<BatchSummary> {
    const run = this.#runs.get(id);
    if (run) {
      run.resume();
      return run.summary();
    }
    const batch = await this.#endedBatch(id, 'NOT_RUNNING');
    const { state, counts, total } = this.#stored(batch);
    const ended = counts.succeeded + counts.failed;
    if (state === 'completed' || (state === 'canceled' && batch.enumerated && ended === total)) {
      const message = `Batch ${id} (${batch.name}) is ${state}: nothing of it is left to be done.`;
      throw new PoolboardError('NOTHING_TO_RESUME', message);
    }
    return this.#again(batch, 'NOT_RUNNING', () => startAgain(batch, this.#starting(more)));
  }

  async retry(
    id: BatchId,
    tasks: TaskSelection | 'unsuccessful',
    more: SubmitOptions = {},
  ): Promise<BatchSummary> {
    const batch = await this.#endedBatch(id, 'STILL_RUNNING');
    return this.#again(batch, 'STILL_RUNNING', () => startAgain(batch, this.#starting(more), tasks));
  }

  async list(): Promise<BatchSummary[]> {
    const stored = await this.#store.listBatches();
    return stored.map((batch) => this.#runs.get(batch.id)?.summary() ?? this.#stored(batch));
  }

  async get(id: BatchId): Promise<BatchSummary> {
    const run = this.#runs.get(id);
    if (run) return run.summary();
    return this.#stored(await this.#existing(id));
  }

  async cancel(id: BatchId): Promise<void> {
    (await this.#runOf(id, 'canceled')).cancel();
  }

  async pause(id: BatchId): Promise<void> {
    (await this.#runOf(id, 'paused')).pause();
  }

  async closeBatch(id: BatchId): Promise<void> {
    (await this.#runOf(id, 'closed')).close();
  }

  async cancelTasks(id: BatchId, tasks: TaskSelection): Promise<number> {
    const run = await this.#runOf(id, 'canceled');
    // The store knows what has ended, also before this run; what runs is pending there.
    const cancel = async (indices: TaskIndex[]) =>
      run.cancelTasks(await this.#store.withoutResult(id, indices));
    if ('indices' in tasks) return cancel(tasks.indices);
    const running = run.running().map(({ index }) => index);
    switch (tasks.query.filter) {
      case 'running':
        return run.cancelTasks(running);
      case 'pending': {
        const spared = new Set(running);
        const pending = await this.#store.select(id, tasks.query);
        return run.cancelTasks(pending.filter((index) => !spared.has(index)));
      }
      default:
        return cancel([...(await this.#store.select(id, tasks.query))]);
    }
  }

  delete(batches: BatchId[]): Promise<void> {
    return this.#history.delete(batches);
  }

  async restore(batches: BatchId[]): Promise<void> {
    await this.#store.restoreBatches(batches);
    for (const id of batches) this.#tell({ type: 'batch', batch: await this.get(id) });
  }

  storage(): Promise<StorageView> {
    return this.#history.storage();
  }

  setRetention(days: number | null): Promise<StorageView> {
    return this.#history.setRetention(days);
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

  async pageWithin(
    id: BatchId,
    query: TaskQuery,
    from: number,
    count: number,
    budgetMs: number,
  ): Promise<TaskPage | null> {
    const run = this.#runs.get(id);
    if (run && query.filter === 'running') return runningPage(run, from, count);
    const page = await this.#store.pageWithin(id, query, from, count, budgetMs);
    return run && page ? withRunning(page, run, query) : page;
  }

  async detail(id: BatchId, index: TaskIndex): Promise<TaskDetail> {
    const [task, output] = await Promise.all([
      this.#store.task(id, index),
      this.#store.output(id, index, detailPieces, detailCharacters),
    ]);
    if (!task) throw new PoolboardError('NO_SUCH_TASK', `There is no task ${index} in batch ${id}.`);
    const detail = {
      ...task,
      batch: id,
      retry: null,
      progress: null,
      output: output.pieces,
      outputCut: output.cut,
    };
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

  setOnBattery(onBattery: boolean): void {
    this.#executor.onBattery = onBattery;
  }

  on(listener: EngineListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    try {
      await this.#endAll();
    } finally {
      // Whatever went wrong: nobody else is to believe that this program still runs its batches.
      await this.#store.close().finally(() => this.#owner.release());
    }
  }

  /** Interrupts what runs, and waits until that is written or cannot be. */
  async #endAll(): Promise<void> {
    const runs = [...this.#runs.values()];
    this.#history.close();
    await this.exports.close();
    this.#stopWatchingBattery?.();
    await this.#executor.close();
    const giveUp = setTimeout(() => {
      for (const run of runs) run.giveUp();
    }, patienceAtCloseMs);
    await Promise.all(runs.map((run) => run.ended));
    clearTimeout(giveUp);
    await this.stats.written();
  }

  /** Starts a batch again, unless that is under way already: two clicks are one. */
  async #again(batch: StoredBatch, code: string, start: () => Promise<Started>): Promise<BatchSummary> {
    if (this.#restarting.has(batch.id) || this.#runs.has(batch.id)) {
      throw new PoolboardError(code, `Batch ${batch.id} (${batch.name}) is being started already.`);
    }
    this.#restarting.add(batch.id);
    try {
      return this.#begin(await start());
    } catch (error) {
      // Some of its tasks may be pending by now: it is shown as it is.
      const left = await this.get(batch.id).catch(() => null);
      if (left) this.#tell({ type: 'batch', batch: left });
      throw error;
    } finally {
      this.#restarting.delete(batch.id);
    }
  }

  /** Lets a batch run that is ready to. */
  #begin({ run, job, go, stop }: Started): BatchSummary {
    const { options } = run.summary().spec;
    this.#runs.set(run.id, run);
    this.#batchOfJob.set(job.id, run.id);
    this.stats.begin({
      id: run.id,
      waits: () => run.place !== null,
      isHeld: () => run.isHeld,
      standing: () => job.standing(),
      running: () => run.running(),
      workers: () =>
        this.#executor.workers().filter((worker) => worker.job === null || worker.job === job.id),
    });
    void run.ended.then(() => {
      stop();
      void this.stats.end(run.id);
      this.#runs.delete(run.id);
      this.#batchOfJob.delete(job.id);
      this.queue.check();
    });
    if ((options.workers ?? 0) > this.#executor.size) this.setPoolSize(options.workers!);
    if (options.batteryWorkers !== undefined) this.#watchBattery();
    go();
    this.queue.check();
    return run.summary();
  }

  #starting(more: SubmitOptions): Starting {
    const { owner } = this.#owner;
    const { lastPlace } = this.queue;
    return { store: this.#store, executor: this.#executor, owner, hooks: this.#hooks(more), more, lastPlace };
  }

  #watchBattery(): void {
    this.#stopWatchingBattery ??= this.#battery((onBattery) => this.setOnBattery(onBattery));
  }

  async #existing(id: BatchId): Promise<StoredBatch> {
    const stored = await this.#store.getBatch(id);
    if (!stored) throw noSuchBatch(id);
    return stored;
  }

  /** A batch that nobody runs. Throws an error of this code where somebody does. */
  async #endedBatch(id: BatchId, code: string): Promise<StoredBatch> {
    const stored = this.#runs.has(id) ? null : await this.#store.getBatch(id);
    const summary = stored ? this.#stored(stored) : await this.get(id);
    if (stored && hasEnded(summary.state)) return stored;
    const whose = this.#runs.has(id) ? 'it still runs' : 'another program runs it';
    throw new PoolboardError(code, `Batch ${id} (${summary.name}) cannot be started again: ${whose}.`);
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
      onCommitted: (run, ended) => this.stats.committed(run.id, ended),
      onSummary: (run) => this.#tell({ type: 'batch', batch: run.summary() }),
      onTasks: (run) => this.#tell({ type: 'tasks', batch: run.id }),
    };
  }

  #stored(batch: StoredBatch): BatchSummary {
    return storedSummary(batch, this.#dataDir, this.#executor.size);
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
