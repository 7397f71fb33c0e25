import { type BatchSummary, hasEnded, priorityOf } from '../../shared/batch.ts';
import { type ErrorInfo, type PoolboardError, toErrorInfo } from '../../shared/errors.ts';
import {
  type BatchId,
  type OutputPiece,
  type TaskIndex,
  type TaskProgress,
  taskStates,
} from '../../shared/task.ts';
import type { NextAttempt } from '../../shared/views.ts';
import type { JobHandle } from '../pool/executor.ts';
import type { EndedAttempts, JobEnd, RunningFacts } from '../pool/job.ts';
import { rowBytes } from '../store/row-bytes.ts';
import type { BatchChange, EndedCounts, ExportRow, Store, StoredBatch } from '../store/store.ts';
import type { BatchConditions } from './conditions.ts';
import { exportRowsOf } from './ended-rows.ts';
import type { Filling } from './fill.ts';
import { Patience } from './patience.ts';
import { SpeedMeter, speedOf } from './rate.ts';
import { type SinkListener, StoreSink } from './store-sink.ts';

export interface RunHooks {
  onResults?: (rows: ExportRow[]) => void;
  onOutput?: (piece: OutputPiece) => void;
  /** These attempts are on disk. */
  onCommitted?: (run: BatchRun, ended: EndedAttempts) => void;
  /** The summary may have changed. */
  onSummary: (run: BatchRun) => void;
  /** Something about its tasks changed. */
  onTasks: (run: BatchRun) => void;
}

export interface RunOptions {
  /** As the store has it; `id` 0 where it is to be created. */
  batch: StoredBatch;
  /** Workers that it may use. */
  workers: number;
  store: Store;
  hooks: RunHooks;
}

/**
 * A batch while it runs: its counts (of what is on disk), its speed, what its running tasks say, and its state,
 * which it keeps in the store.
 */
export class BatchRun implements SinkListener {
  readonly sink: StoreSink;
  readonly patience: Patience;
  readonly ended: Promise<BatchSummary>;
  readonly #batch: StoredBatch;
  readonly #store: Store;
  readonly #hooks: RunHooks;
  readonly #progress = new Map<TaskIndex, TaskProgress>();
  readonly #meter = new SpeedMeter();
  #job: JobHandle | null = null;
  #filling: Filling | null = null;
  /** Its inputs are all in the store, or no more of them will be. */
  #filled: Promise<void> = Promise.resolve();
  #conditions: BatchConditions | null = null;
  #workers: number;
  /** Its last task has ended; what is left is to write that down. */
  #isOver = false;
  #settle!: (summary: BatchSummary) => void;
  /** Why it stopped before its end, if it did. */
  #failure: ErrorInfo | null = null;
  /** What the store refuses to do for now, and what else stands in the way. */
  #storeError: PoolboardError | null = null;
  #obstacle: PoolboardError | null = null;
  /** Changes of the batch are written in their order. */
  #changes: Promise<void> = Promise.resolve();

  constructor({ batch, workers, store, hooks }: RunOptions) {
    this.#batch = { ...batch, counts: { ...batch.counts } };
    this.#workers = workers;
    this.#store = store;
    this.#hooks = hooks;
    this.patience = new Patience((error) => {
      this.#storeError = error;
      this.#hooks.onSummary(this);
      if (error === null) this.#job?.poke();
    });
    this.sink = new StoreSink(store, this.patience, this);
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** 0 until it is in the store. */
  get id(): BatchId {
    return this.#batch.id;
  }

  /**
   * Puts the batch into the store, in one write: where that fails there is no batch. Throws what keeps the store
   * from taking it.
   */
  async create(): Promise<void> {
    const { warnings } = this.#batch;
    this.#batch.id = await this.#store.createBatch(this.#batch);
    // Told while it was being written.
    if (this.#batch.warnings !== warnings) void this.#change({ warnings: this.#batch.warnings });
  }

  /** Goes on with what the store has of the batch by now. */
  reopened(batch: StoredBatch): void {
    Object.assign(this.#batch, batch, { counts: { ...batch.counts } });
  }

  /** Starts its tasks, while its inputs are still being put into the store. */
  async run(job: JobHandle, filling: Filling, conditions: BatchConditions): Promise<void> {
    this.#job = job;
    this.#filling = filling;
    this.#conditions = conditions;
    job.priority = this.#batch.priority;
    const waits = this.#batch.place !== null;
    // A job that has started and is paused can be canceled and interrupted like any other.
    if (waits) job.pause();
    void this.#change({
      state: waits ? 'queued' : 'running',
      rest: 'pending',
      endedAt: null,
      error: null,
      ...(waits ? {} : { startedAt: this.#batch.startedAt ?? Date.now() }),
    });
    job.start();
    this.#filled = this.#fill(filling);
    await this.#filled;
  }

  async #fill(filling: Filling): Promise<void> {
    try {
      const isWhole = await filling.fill({ batch: this.id, grew: (total) => this.#grew(total) });
      if (isWhole) await this.#change({ enumerated: true });
    } catch (error) {
      if (!this.#isOver) this.fail(error);
    }
  }

  /** Where it waits among the queued batches, the least first; null where it does not. */
  get place(): number | null {
    return this.#isOver || hasEnded(this.#batch.state) ? null : this.#batch.place;
  }

  moveTo(place: number): void {
    if (this.place !== null) void this.#change({ place });
  }

  /** The store, a drive or the machine keeps it from going on. */
  get isHeld(): boolean {
    return this.#storeError !== null || this.#obstacle !== null;
  }

  /** Its turn has come. Nothing where it does not wait. */
  release(): void {
    if (this.place === null) return;
    void this.#change({ state: 'running', place: null, startedAt: this.#batch.startedAt ?? Date.now() });
    this.#job?.resume();
  }

  setPriority(priority: number): void {
    if (this.#job) this.#job.priority = priority;
    void this.#change({ priority });
  }

  /** The pool has another size. */
  set workers(workers: number) {
    this.#workers = workers;
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
    if (this.#isOver || this.#batch.state !== 'running') return;
    this.#job?.pause();
    void this.#change({ state: 'paused' });
  }

  /** Goes on after a pause, or without inputs that are away. */
  resume(): void {
    if (this.#isOver) return;
    this.release();
    if (this.#obstacle?.code === 'INPUTS_AWAY') {
      this.#conditions?.goOnWithoutInputs();
      this.obstructed(null);
    }
    this.#job?.resume();
    if (this.#batch.state === 'paused') void this.#change({ state: 'running' });
  }

  /** Takes no more inputs, and ends with the tasks that it has. */
  close(): void {
    if (this.#isOver) return;
    if (this.#batch.state === 'paused') this.#job?.resume();
    this.#filling?.stop();
    if (this.place === null) void this.#change({ state: 'closing' });
  }

  cancel(): void {
    this.#job?.cancel();
  }

  /** Cancels those of the tasks that have not ended. Answers how many. */
  cancelTasks(indices: Iterable<TaskIndex>): number {
    return this.#job?.cancelTasks(indices) ?? 0;
  }

  /** The folder that it watches is away, or back (null): told of while there is nothing to be done, too. */
  watchedAway(error: PoolboardError | null): void {
    if (error !== null || this.#obstacle?.code === 'INPUTS_AWAY') this.obstructed(error);
  }

  /** The program ends: what cannot be written now is not waited for. */
  giveUp(): void {
    this.patience.giveUp();
  }

  running(): RunningFacts[] {
    return this.#job?.running() ?? [];
  }

  nextAttempt(index: TaskIndex): NextAttempt | null {
    return this.#job?.nextAttempt(index) ?? null;
  }

  progressOf(index: TaskIndex): TaskProgress | null {
    return this.#progress.get(index) ?? null;
  }

  summary(): BatchSummary {
    const { id, name, spec, total, enumerated, createdAt, startedAt, endedAt, error, warnings, bytes } =
      this.#batch;
    const isOver = hasEnded(this.#batch.state);
    const notice = isOver ? null : (this.#storeError ?? this.#obstacle);
    // What holds it back for good reasons of its own is not a pause: it goes on as the machine has room.
    const isHeld = notice !== null && this.place === null && !notice.code.startsWith('MACHINE_');
    const state = isHeld ? 'paused' : this.#batch.state;
    const running = isOver ? 0 : this.running().length;
    const { succeeded, failed, canceled, skipped } = this.#batch.counts;
    const left = Math.max(0, total - succeeded - failed - canceled - skipped);
    const pending = Math.max(0, left - running);
    const speed = isOver
      ? speedOf(this.#batch, this.#workers)
      : this.#meter.read(enumerated ? left : null, this.#workers);
    return {
      id,
      name,
      state,
      spec,
      priority: priorityOf(this.#batch.priority),
      place: this.#batch.place,
      total,
      enumerated,
      counts: { ...this.#batch.counts, pending, running: left - pending },
      createdAt,
      startedAt,
      endedAt,
      rate: speed.rate,
      busy: speed.busy,
      eta: state === 'running' || state === 'closing' ? speed.eta : null,
      retrying: isOver ? 0 : (this.#job?.retrying ?? 0),
      error,
      notice: notice && toErrorInfo(notice),
      warnings,
      bytes,
    };
  }

  // --- what the sink tells -------------------------------------------------------------------------------

  committed(ended: EndedAttempts, counts: EndedCounts): void {
    let tasks = 0;
    let busyMs = 0;
    for (let i = 0; i < ended.indices.length; i++) {
      busyMs += ended.ms[i]!;
      if (taskStates[ended.states[i]!] !== 'pending') tasks += 1;
    }
    for (const state of ['succeeded', 'failed', 'canceled', 'skipped'] as const) {
      this.#batch.counts[state] += counts[state];
    }
    if (this.#progress.size > 0) for (const index of ended.indices) this.#progress.delete(index);
    this.#batch.busyMs += busyMs;
    this.#batch.bytes += ended.values.length + rowBytes.result * ended.indices.length;
    this.#batch.bytes += bytesOfOutput(ended.output);
    this.#meter.add(tasks, busyMs);
    this.#hooks.onCommitted?.(this, ended);
    if (this.#hooks.onOutput) for (const piece of ended.output) this.#hooks.onOutput(piece);
    this.#hooks.onResults?.(exportRowsOf(ended));
    this.#hooks.onSummary(this);
    this.#hooks.onTasks(this);
  }

  output(pieces: OutputPiece[]): void {
    if (this.#hooks.onOutput) for (const piece of pieces) this.#hooks.onOutput(piece);
  }

  outputWritten(pieces: OutputPiece[]): void {
    this.#batch.bytes += bytesOfOutput(pieces);
    this.#hooks.onTasks(this);
  }

  progress(index: TaskIndex, progress: TaskProgress): void {
    this.#progress.set(index, progress);
    this.#hooks.onTasks(this);
  }

  roomy(): void {
    this.#job?.poke();
  }

  obstructed(error: PoolboardError | null): void {
    this.#obstacle = error;
    this.#hooks.onSummary(this);
  }

  finished(end: JobEnd): void {
    this.#isOver = true;
    void this.#end(end, Date.now());
  }

  async #end(end: JobEnd, endedAt: number): Promise<void> {
    // Inputs that are on their way into the store are tasks of the batch too, and are counted.
    if (this.#filling?.leave()) await this.#filled;
    const change = this.#endOf(end, endedAt);
    // Told once it is on disk, as everything else that has ended.
    await this.#write(change);
    Object.assign(this.#batch, change);
    const { rest } = change;
    if (rest === 'canceled' || rest === 'skipped') this.#countRest(rest);
    this.#hooks.onSummary(this);
    this.#settle(this.summary());
  }

  #endOf(end: JobEnd, endedAt: number): BatchChange {
    const error = (end.reason === 'stopped' ? end.error : null) ?? this.#failure;
    const change: BatchChange = { endedAt, busyMs: this.#batch.busyMs, error };
    // It waits there again once it is resumed.
    if (end.reason === 'interrupted') return { ...change, state: 'interrupted' };
    change.place = null;
    if (end.reason === 'halted' && !error) {
      const warnings = [...this.#batch.warnings, end.sentence];
      return { ...change, state: 'completed', rest: 'skipped', warnings };
    }
    if (end.reason === 'completed' && !error) return { ...change, state: 'completed' };
    return { ...change, state: 'canceled', rest: 'canceled' };
  }

  /** Tasks that never ended are what the batch's end makes of them. */
  #countRest(rest: 'canceled' | 'skipped'): void {
    const { counts, total } = this.#batch;
    const others = counts.succeeded + counts.failed + counts.canceled + counts.skipped;
    counts[rest] += Math.max(0, total - others);
  }

  #grew(total: number): void {
    this.#batch.total = total;
    this.#hooks.onSummary(this);
  }

  #change(change: BatchChange): Promise<void> {
    Object.assign(this.#batch, change);
    this.#hooks.onSummary(this);
    return this.#write(change);
  }

  /** Writes a change after those before it. Never rejects. */
  #write(change: BatchChange): Promise<void> {
    this.#changes = this.#changes.then(async () => {
      try {
        await this.patience.until(() => this.#store.updateBatch(this.id, change));
      } catch (error) {
        this.#batch.error ??= toErrorInfo(error);
        this.#hooks.onSummary(this);
      }
    });
    return this.#changes;
  }
}

/** About what it takes on the disk; as the store counts it. */
function bytesOfOutput(pieces: readonly OutputPiece[]): number {
  let bytes = 0;
  for (const { text } of pieces) bytes += text.length + rowBytes.output;
  return bytes;
}
