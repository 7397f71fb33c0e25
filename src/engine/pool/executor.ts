import { type ErrorInfo, PoolboardError } from '../../shared/errors.ts';
import type { TaskIndex } from '../../shared/task.ts';
import type { FromWorker, JobId, LoadedDescription, ResultsMessage } from '../../shared/wire.ts';
import type { Launcher, WorkerExit } from '../launcher.ts';
import { acceptResults, canceledUnstarted, endByPool, isAsked, withoutCanceled } from './books.ts';
import { jobFacts, quota, workerFacts } from './facts.ts';
import type { HeldTask } from './in-flight.ts';
import type { JobEnd, JobSpec, RunningFacts } from './job.ts';
import { JobState } from './job-state.ts';
import { judge } from './judge.ts';
import { canceledError, crashError, exitCalledError, startError, timeoutError } from './outcomes.ts';
import { decide } from './schedule.ts';
import { ignoresAsking, isStuck, knowsWhatRuns, lateTasks, sparedChunks } from './watch.ts';
import { graceMs, type WorkerReport, WorkerSet } from './worker-set.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** How often running tasks are looked at, milliseconds: timeouts, stuck workers, kills that are due. */
const tickMs = 100;
/** Workers that may die while they load a definition, one after another, before its job is stopped. */
const maxStartFailures = 3;

export interface ExecutorOptions {
  /** Worker processes, at most. */
  size: number;
  /** The launcher of a runtime: `node`, or `python:` and an interpreter's path. */
  launcher: (runtime: string) => Launcher;
  /** The runtime that a definition needs. */
  runtimeOf: (definition: JobSpec['definition']) => string;
  /** Called whenever a worker or what it runs has changed. */
  onChange?: () => void;
}

/** One job, from outside. */
export interface JobHandle {
  readonly id: JobId;
  /** Rejects with the reason where the definition cannot start; then nothing has run and `finished` is not called. */
  readonly prepared: Promise<LoadedDescription>;
  /** Starts sending tasks, once prepared. */
  start(): void;
  /** The sink has room again. */
  poke(): void;
  pause(): void;
  resume(): void;
  cancelTask(index: TaskIndex): void;
  cancel(): void;
  running(): RunningFacts[];
}

/**
 * The pool: worker processes, and the jobs that they work for. What to do next is decided by `decide`, a pure
 * function; this class does it and keeps the books when processes answer, or die.
 */
export class Executor {
  readonly #options: ExecutorOptions;
  #size: number;
  readonly #slots: WorkerSet;
  readonly #jobs = new Map<JobId, JobState>();
  #lastJob = 0;
  #lastChunk = 0;
  #timer: NodeJS.Timeout | null = null;
  #scheduled = false;
  #closing: { resolve: () => void } | null = null;

  constructor(options: ExecutorOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#slots = new WorkerSet(options.launcher, {
      message: (slot, message) => this.#hear(slot, message),
      exit: (slot, exit) => this.#exited(slot, exit),
    });
  }

  get size(): number {
    return this.#size;
  }

  set size(size: number) {
    this.#size = size;
    const live = this.#slots.live().sort((a, b) => b.number - a.number);
    for (const slot of live.slice(0, Math.max(0, live.length - size))) this.#retire(slot);
    this.#changed();
    this.#schedule();
  }

  /** Takes a job in and loads its definition in one worker. Nothing runs before `start`. */
  submit(spec: JobSpec): JobHandle {
    const job = new JobState(++this.#lastJob, spec, this.#options.runtimeOf(spec.definition));
    this.#jobs.set(job.id, job);
    spec.source.onMore = () => {
      this.#finishIfDone(job);
      this.#schedule();
    };
    this.#prepare(job);
    return {
      id: job.id,
      prepared: job.prepared,
      start: () => {
        if (job.phase === 'preparing') job.phase = 'running';
        this.#finishIfDone(job);
        this.#schedule();
      },
      poke: () => {
        this.#payAcks(job);
        this.#schedule();
      },
      pause: () => {
        job.paused = true;
      },
      resume: () => {
        job.paused = false;
        this.#schedule();
      },
      cancelTask: (index) => this.#cancelTask(job, index),
      cancel: () => this.#stop(job, { reason: 'canceled' }),
      running: () => this.#running(job),
    };
  }

  /** The workers as they are now, by number. */
  workers(): WorkerReport[] {
    return this.#slots.reports();
  }

  /**
   * Ends all jobs as `interrupted` and all processes: asked first, and killed after `patienceMs`. Resolves when
   * the last process is gone.
   */
  async close(patienceMs = graceMs): Promise<void> {
    this.#slots.patienceMs = patienceMs;
    const gone = new Promise<void>((resolve) => {
      this.#closing = { resolve };
    });
    for (const job of [...this.#jobs.values()]) this.#stop(job, { reason: 'interrupted' });
    for (const slot of [...this.#slots]) this.#retire(slot);
    if (this.#slots.size === 0) this.#closing?.resolve();
    await gone;
    this.#stopTicking();
  }

  // --- preparing -----------------------------------------------------------------------------------------

  #prepare(job: JobState): void {
    const idle = [...this.#slots].find(
      (slot) => slot.runtime === job.runtime && slot.state !== 'stopping' && slot.chunks.length === 0,
    );
    // All are busy: a process beyond the pool's size, for a moment, rather than an answer after minutes.
    this.#load(idle ?? this.#launch(job.runtime), job);
  }

  #load(slot: WorkerSlot, job: JobState): void {
    const { definition, params, encoding, spread, describe, initializer, options } = job.spec;
    slot.loads.set(job.id, false);
    slot.post({
      type: 'load',
      job: job.id,
      definition,
      params,
      encoding,
      concurrency: options.concurrency ?? null,
      spread: spread ?? false,
      describe: describe ?? false,
      worker: slot.number,
      initializer,
    });
  }

  #loaded(slot: WorkerSlot, job: JobState, concurrency: number, description: LoadedDescription): void {
    slot.loaded(job.id);
    job.startFailures = 0;
    job.concurrency = concurrency;
    job.isPrepared(description);
    if (this.#slots.live().length > this.#size && slot.chunks.length === 0) this.#retire(slot);
  }

  #loadFailed(slot: WorkerSlot, job: JobState, error: ErrorInfo): void {
    slot.loads.delete(job.id);
    // A module that failed to load stays failed for as long as its process lives.
    this.#takeBack(slot);
    this.#retire(slot);
    this.#cannotRun(job, error);
  }

  #cannotRun(job: JobState, error: ErrorInfo): void {
    if (job.phase !== 'preparing') {
      this.#stop(job, { reason: 'stopped', error });
      return;
    }
    job.phase = 'ended';
    this.#jobs.delete(job.id);
    const { code, message, place } = error;
    job.cannotStart(new PoolboardError(code ?? 'CANNOT_START', message, { place, cause: error }));
  }

  // --- sending -------------------------------------------------------------------------------------------

  /** Decides once for all that happens in this turn of the event loop. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    if (this.#closing) return;
    for (const slot of this.#slots) {
      // Used up for every job that there is, it would keep its place and do nothing.
      if (slot.state === 'ready' && slot.chunks.length === 0 && quota(slot, this.#jobs.values()) <= 0)
        this.#retire(slot);
    }
    for (;;) {
      const decision = decide(
        workerFacts(this.#slots, this.#jobs),
        jobFacts(this.#jobs, this.#slots, this.#size),
        this.#size,
      );
      if (!decision) return;
      if (decision.type === 'launch') this.#launch(decision.runtime);
      else if (decision.type === 'retire') this.#retire(this.#slots.byId(decision.worker));
      else this.#send(this.#slots.byId(decision.worker), this.#jobs.get(decision.job)!, decision.count);
    }
  }

  #send(slot: WorkerSlot, job: JobState, count: number): void {
    const taken = job.take(count);
    if (!taken) return;
    const block = job.canceledAhead.size > 0 ? withoutCanceled(job, taken.block) : taken.block;
    if (block.indices.length === 0) {
      this.#finishIfDone(job);
      return;
    }
    if (!slot.loads.has(job.id)) this.#load(slot, job);
    if (!taken.alone) job.lastSize = block.indices.length;
    slot.send(++this.#lastChunk, job.id, block, taken.alone);
    this.#startTicking();
    this.#changed();
  }

  // --- hearing -------------------------------------------------------------------------------------------

  #hear(slot: WorkerSlot, message: FromWorker): void {
    // Output and progress come from a task that runs on and on, too: only what starts or ends one counts.
    if (message.type === 'results' || message.type === 'loaded' || message.type === 'fence') {
      slot.heardAt = Date.now();
    }
    switch (message.type) {
      case 'ready':
        slot.state = slot.state === 'starting' ? 'ready' : slot.state;
        break;
      case 'stats':
        slot.stats(message.cpuMs, message.memoryBytes);
        break;
      case 'fence':
        slot.answerFence();
        return;
      case 'returned':
        this.#requeue(slot.drop(message.chunks));
        break;
      default:
        this.#hearOfJob(slot, message);
    }
    this.#changed();
    this.#schedule();
  }

  #hearOfJob(slot: WorkerSlot, message: Extract<FromWorker, { job: JobId }>): void {
    const job = this.#jobs.get(message.job);
    if (!job) {
      // Its job is over; the worker still waits to hear that it was heard.
      if (message.type === 'results') slot.post({ type: 'ack' });
      if (message.type === 'exit-called') this.#retire(slot);
      return;
    }
    switch (message.type) {
      case 'loaded':
        this.#loaded(slot, job, message.concurrency, message.description);
        return;
      case 'load-failed':
        this.#loadFailed(slot, job, message.error);
        return;
      case 'stale':
        slot.loads.delete(job.id);
        this.#takeBack(slot);
        this.#retire(slot);
        if (job.phase === 'preparing') this.#prepare(job);
        return;
      case 'results':
        this.#results(slot, job, message);
        return;
      case 'output':
        job.spec.sink.output(message.output);
        return;
      case 'progress':
        job.spec.sink.progress(message.index, message.progress);
        return;
      case 'running':
        slot.told(message.indices, message.startedAt);
        return;
      case 'exit-called': {
        const { index, startedAt: since } = message;
        const chunk = slot.chunkOf(job.id, index);
        if (chunk) {
          const input = chunk.inputAt(chunk.end(index));
          const error = message.error ?? exitCalledError(message.code);
          endByPool(job, slot, { index, input, since }, 'crash', error);
        }
        this.#takeBack(slot);
        this.#retire(slot);
        this.#finishIfDone(job);
        return;
      }
    }
  }

  #results(slot: WorkerSlot, job: JobState, message: ResultsMessage): void {
    const ended = acceptResults(slot, job, message);
    slot.dropEndedChunks();
    if (ended) job.spec.sink.ended(ended);
    else if (message.output.length > 0) job.spec.sink.output(message.output);
    if (job.spec.sink.full) slot.owedAcks.push({ job: job.id });
    else slot.post({ type: 'ack' });
    if (slot.chunks.length === 0) this.#emptied(slot, job);
    else if (slot.state !== 'stopping' && job.phase === 'running' && !isAsked(slot, job)) slot.killAt = null;
    this.#finishIfDone(job);
  }

  // --- dying ---------------------------------------------------------------------------------------------

  #exited(slot: WorkerSlot, exit: WorkerExit): void {
    const wasStarting = slot.state === 'starting';
    const wasRunning = slot.running().length > 0;
    const job = slot.job === null ? undefined : this.#jobs.get(slot.job);
    if (job && wasRunning) this.#blame(job, slot, exit);
    slot.state = 'gone';
    this.#takeBack(slot);
    // It died before it ran anything: that is the definition's doing, or the machine's.
    const loading = [...slot.loads].filter(([, loaded]) => !loaded).map(([id]) => this.#jobs.get(id));
    if (wasStarting || !wasRunning) {
      for (const each of loading) if (each) this.#startFailed(each, slot, exit);
    }
    if (job) this.#finishIfDone(job);
    if (this.#closing && this.#slots.size === 0) this.#closing.resolve();
    this.#changed();
    this.#schedule();
  }

  /** A death by a signal while loading may be bad luck, and is tried again; an exit is the definition's doing. */
  #startFailed(job: JobState, slot: WorkerSlot, exit: WorkerExit): void {
    job.startFailures += 1;
    if (exit.signal === null || job.startFailures >= maxStartFailures) {
      this.#cannotRun(job, startError(exit, slot.lastOutput));
    } else if (job.phase === 'preparing') {
      this.#prepare(job);
    }
  }

  /** Books what a death means for the tasks that the worker was running, or may have been. */
  #blame(job: JobState, slot: WorkerSlot, exit: WorkerExit): void {
    for (const { index, chunk, since, verdict } of judge(slot, job)) {
      chunk.end(index);
      const input = chunk.inputOf(index);
      if (verdict === 'again') {
        job.asked.delete(index);
        job.requeued.unshift({ index, input, alone: true });
      } else {
        const error =
          verdict === 'canceled'
            ? canceledError
            : verdict === 'timeout'
              ? timeoutError(job.spec.options.timeoutMs!)
              : crashError(exit, slot.lastOutput);
        endByPool(job, slot, { index, input, since }, verdict, error);
      }
    }
  }

  /** Puts all tasks of a worker that have not ended back at the head of the queue. */
  #takeBack(slot: WorkerSlot): void {
    this.#requeue(slot.chunks.flatMap((chunk) => chunk.tasks()));
    slot.chunks = [];
  }

  #requeue(tasks: HeldTask[]): void {
    const byJob = Map.groupBy(tasks, (task) => task.job);
    for (const [id, held] of byJob) {
      const job = this.#jobs.get(id);
      if (job?.phase === 'running') job.requeued.unshift(...held);
    }
  }

  // --- asking and ending ---------------------------------------------------------------------------------

  #cancelTask(job: JobState, index: TaskIndex): void {
    if (job.phase === 'ended') return;
    const waiting = job.requeued.findIndex((task) => task.index === index);
    if (waiting >= 0) {
      const [task] = job.requeued.splice(waiting, 1);
      job.spec.sink.ended(canceledUnstarted(job, index, task!.input));
      this.#finishIfDone(job);
      return;
    }
    for (const slot of this.#slots) {
      if (!slot.chunks.some((chunk) => chunk.job === job.id && chunk.holds(index))) continue;
      job.asked.set(index, 'canceled');
      slot.post({ type: 'abort', job: job.id, indices: [index] });
      return;
    }
    job.canceledAhead.add(index);
    job.spec.sink.ended(canceledUnstarted(job, index, null));
  }

  #stop(job: JobState, end: JobEnd): void {
    if (job.phase === 'ended' || job.phase === 'canceling') return;
    if (job.phase === 'preparing') {
      job.phase = 'ended';
      this.#forget(job);
      job.cannotStart(new PoolboardError('CANCELED', 'The batch was canceled before it started.'));
      return;
    }
    job.phase = 'canceling';
    job.end = end;
    job.requeued.length = 0;
    for (const slot of this.#slots.of(job.id)) {
      slot.post({ type: 'abort', job: job.id, indices: slot.chunks.flatMap((chunk) => chunk.open()) });
      this.#slots.giveGrace(slot);
    }
    this.#startTicking();
    this.#finishIfDone(job);
  }

  #finishIfDone(job: JobState): void {
    if (job.phase !== 'running' && job.phase !== 'canceling') return;
    if (this.#slots.of(job.id).length > 0) return;
    if (job.phase === 'running' && (!job.spec.source.done || job.waiting > 0)) return;
    const end: JobEnd = job.phase === 'running' ? { reason: 'completed' } : job.end;
    job.phase = 'ended';
    this.#forget(job);
    this.#payAcks(job, true);
    job.spec.sink.finished(end);
    this.#changed();
  }

  #forget(job: JobState): void {
    this.#jobs.delete(job.id);
    for (const slot of this.#slots) {
      if (slot.loads.delete(job.id)) slot.post({ type: 'unload', job: job.id });
    }
  }

  /** A worker that has nothing left: keep it warm, or let it go. */
  #emptied(slot: WorkerSlot, job: JobState): void {
    slot.killAt = slot.state === 'stopping' ? slot.killAt : null;
    if (quota(slot, [job]) <= 0 || this.#slots.live().length > this.#size) this.#retire(slot);
  }

  #retire(slot: WorkerSlot): void {
    this.#slots.retire(slot, this.#closing !== null);
    this.#startTicking();
  }

  // --- time ----------------------------------------------------------------------------------------------

  #startTicking(): void {
    this.#timer ??= setInterval(() => this.#tick(), tickMs);
  }

  #stopTicking(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #tick(): void {
    const now = Date.now();
    if (this.#slots.endOverdue(now)) this.#stopTicking();
    for (const slot of this.#slots) {
      const job = slot.job === null ? undefined : this.#jobs.get(slot.job);
      if (job) this.#watch(slot, job, now);
    }
  }

  #watch(slot: WorkerSlot, job: JobState, now: number): void {
    const late = lateTasks(slot, job, now);
    if (late.length > 0) {
      for (const index of late) job.asked.set(index, 'timeout');
      slot.post({ type: 'abort', job: job.id, indices: late });
    }
    if (ignoresAsking(slot, job, now)) this.#slots.giveGrace(slot);
    const others = [...this.#slots].filter((other) => other !== slot && other.runtime === slot.runtime);
    const spare = sparedChunks(slot, job, others);
    if (spare.length > 0) slot.post({ type: 'recall', chunks: spare });
    if (isStuck(slot, job, now)) {
      this.#requeue(slot.revokeWaiting(knowsWhatRuns(job)));
      this.#schedule();
    }
  }

  // --- small things --------------------------------------------------------------------------------------

  #launch(runtime: string): WorkerSlot {
    const slot = this.#slots.launch(runtime);
    this.#changed();
    return slot;
  }

  #running(job: JobState): RunningFacts[] {
    return this.#slots.of(job.id).flatMap((slot) =>
      slot.running().map(({ index, chunk, since }) => ({
        index,
        worker: slot.number,
        since,
        input: chunk.inputOf(index),
      })),
    );
  }

  #payAcks(job: JobState, isOver = false): void {
    if (job.spec.sink.full && !isOver) return;
    for (const slot of this.#slots) {
      const owed = slot.owedAcks.filter((ack) => ack.job === job.id);
      slot.owedAcks = slot.owedAcks.filter((ack) => ack.job !== job.id);
      for (const _ of owed) slot.post({ type: 'ack' });
    }
  }

  #changed(): void {
    this.#options.onChange?.();
  }
}
