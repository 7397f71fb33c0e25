import { type ErrorInfo, PoolboardError } from '../../shared/errors.ts';
import { stateCode } from '../../shared/task.ts';
import type { JobId } from '../../shared/wire.ts';
import { AwakeClock } from '../machine/awake-clock.ts';
import { canceledUnstarted } from './books.ts';
import type { ExecutorOptions } from './executor.ts';
import { quota } from './facts.ts';
import type { HeldTask } from './in-flight.ts';
import type { EndedAttempts, JobEnd } from './job.ts';
import type { JobState } from './job-state.ts';
import { Preparations } from './preparations.ts';
import { WorkerSet, type WorkerSetListener } from './worker-set.ts';
import type { WorkerSlot } from './worker-slot.ts';

const succeededCode = stateCode('succeeded');
const failedCode = stateCode('failed');

/** What the core asks of those who use it. */
export interface CoreHooks extends WorkerSetListener {
  /** Something can be sent, perhaps. */
  dispatch(): void;
  /** Ticks have to come, until they are found to be needless. */
  tickingNeeded(): void;
}

/**
 * What the parts of the executor share: its jobs, its workers and its clock, and the few things that several of
 * them do to these.
 */
export class PoolCore {
  readonly jobs = new Map<JobId, JobState>();
  readonly slots: WorkerSet;
  readonly clock = new AwakeClock();
  readonly preparations = new Preparations(this);
  readonly options: ExecutorOptions;
  size: number;
  onBattery = false;
  /** Told when the last process is gone; null while the pool is open. */
  closing: { resolve: () => void } | null = null;
  readonly #hooks: CoreHooks;
  #scheduled = false;

  constructor(options: ExecutorOptions, hooks: CoreHooks) {
    this.options = options;
    this.size = options.size;
    this.#hooks = hooks;
    this.slots = new WorkerSet(options.launcher, this.clock, hooks);
  }

  /** Decides once for all that happens in this turn of the event loop. */
  schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#hooks.dispatch();
    });
  }

  changed(): void {
    this.options.onChange?.();
  }

  needsTicks(): void {
    this.#hooks.tickingNeeded();
  }

  // --- workers -------------------------------------------------------------------------------------------

  launch(runtime: string): WorkerSlot {
    const slot = this.slots.launch(runtime);
    this.changed();
    return slot;
  }

  /** It has more workers than it is to have: one was launched beyond its size, or it was made smaller. */
  get isOverfull(): boolean {
    return this.slots.live().length > this.size;
  }

  /** Ends a worker, after what it holds. */
  retire(slot: WorkerSlot): void {
    this.slots.retire(slot, this.closing !== null);
    this.needsTicks();
  }

  /** A worker that has nothing left: keep it warm, or let it go. */
  emptied(slot: WorkerSlot, job: JobState): void {
    if (slot.state !== 'stopping' && slot.killedFor === null) slot.killAt = null;
    if (slot.isWorn || this.isOverfull || quota(slot, [job]) <= 0) this.retire(slot);
  }

  /** Puts the tasks of a worker that have not ended back at the head of the queue: of all jobs, or of one. */
  takeBack(slot: WorkerSlot, job?: JobState): void {
    const taken = slot.chunks.filter((chunk) => !job || chunk.job === job.id);
    this.requeue(slot.drop(taken.map((chunk) => chunk.id)));
  }

  requeue(tasks: HeldTask[]): void {
    for (const [id, held] of Map.groupBy(tasks, (task) => task.job)) {
      const job = this.jobs.get(id);
      if (!job) continue;
      const canceled = held.filter(({ index }) => job.asked.get(index) === 'canceled');
      // What was asked of them was asked of a worker that has them no more.
      for (const { index } of held) job.asked.delete(index);
      if (canceled.length > 0) job.spec.sink.ended(canceledUnstarted(job, canceled));
      if (job.phase === 'running') job.requeued.unshift(...held.filter((task) => !canceled.includes(task)));
    }
  }

  // --- jobs ----------------------------------------------------------------------------------------------

  /** The job whose tasks a worker holds. */
  jobOf(slot: WorkerSlot): JobState | undefined {
    return slot.job === null ? undefined : this.jobs.get(slot.job);
  }

  load(slot: WorkerSlot, job: JobState): void {
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

  /** The job's definition cannot be started. */
  cannotRun(job: JobState, error: ErrorInfo): void {
    if (job.phase !== 'preparing') {
      this.stop(job, { reason: 'stopped', error });
      return;
    }
    job.phase = 'ended';
    this.jobs.delete(job.id);
    const { code, message, place } = error;
    job.cannotStart(new PoolboardError(code ?? 'CANNOT_START', message, { place, cause: error }));
  }

  /** Hands attempts that ended to the job's sink, and counts them for its halt rule. */
  deliver(job: JobState, ...all: EndedAttempts[]): void {
    for (const ended of all) job.spec.sink.ended(ended);
    if (!job.spec.options.halt) return;
    let succeeded = 0;
    let failed = 0;
    for (const { states } of all) {
      for (const state of states) {
        if (state === succeededCode) succeeded += 1;
        else if (state === failedCode) failed += 1;
      }
    }
    job.count(succeeded, failed);
    this.haltIfDue(job);
  }

  /** Stops a job early where its halt rule says so. */
  haltIfDue(job: JobState): void {
    const sentence = job.haltSentence;
    if (sentence === null) return;
    this.stop(job, { reason: 'halted', sentence }, job.spec.options.halt?.when === 'soon');
  }

  /** Ends a job before its end. What runs is asked to stop, and killed; or left to end where `sparesRunning`. */
  stop(job: JobState, end: JobEnd, sparesRunning = false): void {
    if (job.phase === 'ended') return;
    // A job that is ending softly can still be ended hard.
    if (job.phase === 'ending' && (sparesRunning || !job.sparesRunning)) return;
    if (job.phase === 'preparing') {
      job.phase = 'ended';
      // It may never have done with that: it is not left to itself.
      for (const slot of this.slots) if (slot.preparing?.job === job.id) this.retire(slot);
      this.forget(job);
      job.cannotStart(new PoolboardError('CANCELED', 'The batch was canceled before it started.'));
      return;
    }
    if (job.phase === 'running' || end.reason === 'interrupted') job.end = end;
    job.phase = 'ending';
    job.sparesRunning = sparesRunning;
    job.requeued.length = 0;
    job.delayed.clear();
    for (const slot of this.slots.of(job.id)) {
      const indices = slot.chunks.flatMap((chunk) => chunk.open());
      slot.post({ type: 'abort', job: job.id, indices, sparesRunning });
      if (!sparesRunning) this.slots.giveGrace(slot);
    }
    this.needsTicks();
    this.finishIfDone(job);
  }

  finishIfDone(job: JobState): void {
    if (job.phase !== 'running' && job.phase !== 'ending') return;
    if (this.slots.of(job.id).length > 0) return;
    if (job.phase === 'running' && !job.isDrained) return;
    const end: JobEnd = job.phase === 'running' ? { reason: 'completed' } : job.end;
    job.phase = 'ended';
    this.forget(job);
    this.payAcks(job, true);
    job.spec.sink.finished(end);
    this.changed();
  }

  forget(job: JobState): void {
    this.jobs.delete(job.id);
    for (const slot of this.slots) {
      // It may do so for ever, and would keep its place in the pool.
      if (slot.standsStillOn === job.id) this.retire(slot);
      if (slot.forgetLoad(job.id)) slot.post({ type: 'unload', job: job.id });
    }
  }

  /** Acknowledges what was not, because the sink was full. */
  payAcks(job: JobState, isOver = false): void {
    if (job.spec.sink.full && !isOver) return;
    for (const slot of this.slots) slot.payAcks(job.id);
  }
}
