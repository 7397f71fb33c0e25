import { type BatchState, type BatchSummary, hasEnded, noCounts } from '../../shared/batch.ts';
import { type ErrorInfo, toErrorInfo } from '../../shared/errors.ts';
import {
  type BatchId,
  type OutputPiece,
  type TaskIndex,
  type TaskProgress,
  taskStates,
} from '../../shared/task.ts';
import type { JobHandle } from '../pool/executor.ts';
import type { EndedAttempts, JobEnd, RunningFacts } from '../pool/job.ts';
import type { BatchChange, ExportRow, NewBatch, Store, StoredBatch } from '../store/store.ts';
import { exportRowsOf } from './ended-rows.ts';
import type { Filling } from './fill.ts';
import { SpeedMeter } from './rate.ts';
import { type SinkListener, StoreSink } from './store-sink.ts';

export interface RunHooks {
  onResults?: (rows: ExportRow[]) => void;
  onOutput?: (piece: OutputPiece) => void;
  /** The summary may have changed. */
  onSummary: (run: BatchRun) => void;
  /** Something about its tasks changed. */
  onTasks: (run: BatchRun) => void;
}

/**
 * A batch while it runs: its counts (of what is on disk), its speed, what its running tasks say, and its state,
 * which it keeps in the store.
 */
export class BatchRun implements SinkListener {
  readonly sink: StoreSink;
  readonly ended: Promise<BatchSummary>;
  readonly #batch: StoredBatch;
  readonly #store: Store;
  readonly #hooks: RunHooks;
  readonly #progress = new Map<TaskIndex, TaskProgress>();
  readonly #meter = new SpeedMeter(Date.now());
  #job: JobHandle | null = null;
  #workers: number;
  #settle!: (summary: BatchSummary) => void;
  /** Why it stopped before its end, if it did. */
  #failure: ErrorInfo | null = null;

  constructor(batch: NewBatch, workers: number, store: Store, hooks: RunHooks) {
    this.#batch = {
      ...batch,
      id: 0,
      rest: 'pending',
      total: 0,
      enumerated: false,
      counts: noCounts(),
      startedAt: null,
      endedAt: null,
      error: null,
      warnings: [],
      busyMs: 0,
    };
    this.#workers = workers;
    this.#store = store;
    this.#hooks = hooks;
    this.sink = new StoreSink(store, this);
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** 0 until it is in the store. */
  get id(): BatchId {
    return this.#batch.id;
  }

  /** Puts the batch into the store. Throws what keeps the store from taking it. */
  async create(): Promise<void> {
    const { warnings } = this.#batch;
    this.#batch.id = await this.#store.createBatch(this.#batch);
    if (warnings.length > 0) await this.#store.updateBatch(this.id, { warnings });
  }

  /** Starts its tasks, while its inputs are still being put into the store. */
  async run(job: JobHandle, filling: Filling): Promise<void> {
    this.#job = job;
    void this.#change({ state: 'running', startedAt: Date.now() });
    job.start();
    try {
      await filling.fill({ batch: this.id, grew: (total) => this.#grew(total) });
      await this.#change({ enumerated: true });
    } catch (error) {
      this.fail(error);
    }
  }

  /** The pool has another size. */
  set workers(workers: number) {
    this.#workers = workers;
  }

  get state(): BatchState {
    return this.#batch.state;
  }

  warn(sentence: string): void {
    const warnings = [...this.#batch.warnings, sentence];
    if (this.id === 0) this.#batch.warnings = warnings;
    else void this.#change({ warnings });
  }

  /** Its inputs, or the store, failed: stop it, and say why. */
  fail(error: unknown): void {
    this.#failure ??= toErrorInfo(error);
    this.#job?.cancel();
  }

  pause(): void {
    if (this.#batch.state !== 'running') return;
    this.#job?.pause();
    void this.#change({ state: 'paused' });
  }

  resume(): void {
    if (this.#batch.state !== 'paused') return;
    this.#job?.resume();
    void this.#change({ state: 'running' });
  }

  cancel(): void {
    this.#job?.cancel();
  }

  cancelTask(index: TaskIndex): void {
    this.#job?.cancelTask(index);
  }

  running(): RunningFacts[] {
    return this.#job?.running() ?? [];
  }

  progressOf(index: TaskIndex): TaskProgress | null {
    return this.#progress.get(index) ?? null;
  }

  summary(): BatchSummary {
    const { id, name, state, spec, total, enumerated, createdAt, startedAt, endedAt, error, warnings } =
      this.#batch;
    const running = hasEnded(state) ? 0 : this.running().length;
    const { succeeded, failed, canceled, skipped } = this.#batch.counts;
    const left = Math.max(0, total - succeeded - failed - canceled - skipped);
    const pending = Math.max(0, left - running);
    const speed = this.#meter.read(Date.now(), enumerated ? left : null, this.#workers);
    return {
      id,
      name,
      state,
      spec,
      total,
      enumerated,
      counts: { ...this.#batch.counts, pending, running: left - pending },
      createdAt,
      startedAt,
      endedAt,
      rate: speed.rate,
      busy: speed.busy,
      eta: state === 'running' ? speed.eta : null,
      error,
      warnings,
    };
  }

  // --- what the sink tells -------------------------------------------------------------------------------

  committed(ended: EndedAttempts): void {
    let tasks = 0;
    let busyMs = 0;
    for (let i = 0; i < ended.indices.length; i++) {
      busyMs += ended.ms[i]!;
      const state = taskStates[ended.states[i]!]!;
      if (state === 'pending') continue;
      tasks += 1;
      this.#batch.counts[state] += 1;
    }
    if (this.#progress.size > 0) for (const index of ended.indices) this.#progress.delete(index);
    this.#batch.busyMs += busyMs;
    this.#meter.add(Date.now(), tasks, busyMs);
    if (this.#hooks.onOutput) for (const piece of ended.output) this.#hooks.onOutput(piece);
    this.#hooks.onResults?.(exportRowsOf(ended));
    this.#hooks.onSummary(this);
    this.#hooks.onTasks(this);
  }

  output(pieces: OutputPiece[]): void {
    if (this.#hooks.onOutput) for (const piece of pieces) this.#hooks.onOutput(piece);
    this.#hooks.onTasks(this);
  }

  progress(index: TaskIndex, progress: TaskProgress): void {
    this.#progress.set(index, progress);
    this.#hooks.onTasks(this);
  }

  roomy(): void {
    this.#job?.poke();
  }

  stuck(error: unknown | null): void {
    // Not written to the store, which is what cannot be written.
    this.#batch.error = error === null ? null : toErrorInfo(error);
    this.#hooks.onSummary(this);
  }

  finished(end: JobEnd): void {
    const error = end.reason === 'stopped' ? end.error : this.#failure;
    const isWhole = end.reason === 'completed' && !error;
    const state: BatchState = isWhole
      ? 'completed'
      : end.reason === 'interrupted'
        ? 'interrupted'
        : 'canceled';
    const { busyMs } = this.#batch;
    if (state === 'canceled') this.#batch.counts.canceled = this.#batch.total - this.#endedButCanceled();
    const change: BatchChange = { state, endedAt: Date.now(), busyMs, error: error ?? null };
    if (state === 'canceled') change.rest = 'canceled';
    void this.#change(change).then(() => {
      this.#settle(this.summary());
    });
  }

  #grew(total: number): void {
    this.#batch.total = total;
    this.#hooks.onSummary(this);
  }

  #endedButCanceled(): number {
    const { succeeded, failed, skipped } = this.#batch.counts;
    return succeeded + failed + skipped;
  }

  async #change(change: BatchChange): Promise<void> {
    Object.assign(this.#batch, change);
    this.#hooks.onSummary(this);
    try {
      await this.#store.updateBatch(this.id, change);
    } catch (error) {
      this.stuck(error);
    }
  }
}
