import type { TaskIndex } from '../../shared/task.ts';
import type { JobId, LoadedDescription } from '../../shared/wire.ts';
import type { Launcher } from '../launcher.ts';
import { withoutCanceled } from './books.ts';
import { cancelTasks } from './cancel-tasks.ts';
import { jobFacts, quota, workerFacts } from './facts.ts';
import { Hearing } from './hearing.ts';
import type { JobSpec, RunningFacts } from './job.ts';
import { JobState } from './job-state.ts';
import { Patrol } from './patrol.ts';
import { PoolCore } from './pool-core.ts';
import { decide } from './schedule.ts';
import { type Standing, standingOf } from './standing.ts';
import { knowsWhatRuns } from './watch.ts';
import { graceMs, type WorkerReport } from './worker-set.ts';
import type { WorkerSlot } from './worker-slot.ts';

export interface ExecutorOptions {
  /** Worker processes, at most. */
  size: number;
  /** The launcher of a runtime; see `runtimes.ts`. */
  launcher: (runtime: string) => Launcher;
  /** The runtime that a job needs. */
  runtimeOf: (spec: JobSpec) => string;
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
  /** Jobs of a higher one are served first; 0 at the start. */
  priority: number;
  /** Cancels tasks; those that have ended are passed over. Answers how many were not. */
  cancelTasks(indices: Iterable<TaskIndex>): number;
  cancel(): void;
  running(): RunningFacts[];
  /** How it stands now: for measuring what its workers' time was lost to. */
  standing(): Standing;
  /** Tasks that wait for the time of their next attempt. */
  readonly retrying: number;
  /** The next attempt of a task that waits for it: its number, and when, milliseconds since the epoch. */
  nextAttempt(index: TaskIndex): { attempt: number; of: number; at: number } | null;
}

/**
 * The pool: worker processes, and the jobs that they work for. What to do next is decided by `decide`, a pure
 * function, and done here; `Hearing` keeps the books when processes answer or die, `Patrol` looks at the clock.
 */
export class Executor {
  readonly #core: PoolCore;
  readonly #patrol: Patrol;
  #lastJob = 0;
  #lastChunk = 0;
  #closed: Promise<void> | null = null;

  constructor(options: ExecutorOptions) {
    this.#core = new PoolCore(options, {
      message: (slot, message) => hearing.message(slot, message),
      exit: (slot, exit) => hearing.exit(slot, exit),
      dispatch: () => this.#dispatch(),
      tickingNeeded: () => this.#patrol.start(),
    });
    const hearing = new Hearing(this.#core);
    this.#patrol = new Patrol(this.#core);
  }

  get size(): number {
    return this.#core.size;
  }

  set size(size: number) {
    const core = this.#core;
    core.size = size;
    const standsStill = ({ standsStillOn }: WorkerSlot) => Number(standsStillOn !== null);
    const live = core.slots.live().sort((a, b) => standsStill(b) - standsStill(a) || b.number - a.number);
    for (const slot of live.slice(0, Math.max(0, live.length - size))) core.retire(slot);
    core.changed();
    core.schedule();
  }

  /** The machine runs on its battery: jobs that ask for fewer workers then get no new ones. */
  set onBattery(onBattery: boolean) {
    this.#core.onBattery = onBattery;
    this.#core.schedule();
  }

  /** Takes a job in and loads its definition in one worker. Nothing runs before `start`. */
  submit(spec: JobSpec): JobHandle {
    const core = this.#core;
    const job = new JobState(++this.#lastJob, spec, core.options.runtimeOf(spec));
    core.jobs.set(job.id, job);
    // A process that is launched now would be nobody's to end.
    if (core.closing) core.stop(job, { reason: 'interrupted' });
    spec.source.onMore = () => {
      // What is a percentage of all is known only now, perhaps.
      core.haltIfDue(job);
      core.finishIfDone(job);
      core.schedule();
    };
    core.preparations.add(job);
    return {
      id: job.id,
      prepared: job.prepared,
      start: () => {
        if (job.phase === 'preparing') job.phase = 'running';
        this.#patrol.check(job);
        core.finishIfDone(job);
        core.schedule();
      },
      poke: () => {
        core.payAcks(job);
        core.schedule();
      },
      pause: () => {
        job.paused = true;
      },
      resume: () => {
        job.paused = false;
        this.#patrol.check(job);
        core.schedule();
      },
      get priority() {
        return job.priority;
      },
      set priority(priority) {
        job.priority = priority;
        core.schedule();
      },
      cancelTasks: (indices) => cancelTasks(core, job, indices),
      cancel: () => core.stop(job, { reason: 'canceled' }),
      running: () => this.#running(job),
      standing: () => standingOf(job, core),
      get retrying() {
        return job.delayed.size;
      },
      nextAttempt: (index) => nextAttempt(job, index),
    };
  }

  /** The workers as they are now, by number. */
  workers(): WorkerReport[] {
    return this.#core.slots.reports();
  }

  /**
   * Ends all jobs as `interrupted` and all processes: asked first, and killed after `patienceMs`. Resolves when
   * the last process is gone. Jobs that come later are refused.
   */
  close(patienceMs = graceMs): Promise<void> {
    this.#closed ??= this.#close(patienceMs);
    return this.#closed;
  }

  async #close(patienceMs: number): Promise<void> {
    const core = this.#core;
    core.slots.patienceMs = patienceMs;
    const gone = new Promise<void>((resolve) => {
      core.closing = { resolve };
    });
    for (const job of [...core.jobs.values()]) core.stop(job, { reason: 'interrupted' });
    for (const slot of [...core.slots]) core.retire(slot);
    if (core.slots.size === 0) core.closing?.resolve();
    await gone;
    this.#patrol.stop();
  }

  #dispatch(): void {
    const core = this.#core;
    if (core.closing) return;
    core.preparations.goOn();
    for (const slot of core.slots) {
      // Used up for every job that there is, it would keep its place and do nothing.
      const isUsedUp = slot.isWorn || quota(slot, core.jobs.values()) <= 0;
      if (slot.state === 'ready' && !slot.isAtWork && isUsedUp) core.retire(slot);
    }
    for (;;) {
      const decision = decide(
        workerFacts(core.slots, core.jobs, core.clock.now()),
        jobFacts(core.jobs, core.slots, core),
        core.size,
      );
      if (!decision) return;
      if (decision.type === 'launch') core.launch(decision.runtime);
      else if (decision.type === 'retire') core.retire(core.slots.byId(decision.worker));
      else this.#send(core.slots.byId(decision.worker), core.jobs.get(decision.job)!, decision.count);
    }
  }

  #send(slot: WorkerSlot, job: JobState, count: number): void {
    const core = this.#core;
    const taken = job.take(count);
    if (!taken) return;
    const block = job.canceledAhead.size > 0 ? withoutCanceled(job, taken.block) : taken.block;
    if (block.indices.length === 0) {
      core.finishIfDone(job);
      return;
    }
    if (!slot.loads.has(job.id)) core.load(slot, job);
    if (!taken.alone) job.lastSize = block.indices.length;
    slot.send(++this.#lastChunk, job.id, block, taken.alone, knowsWhatRuns(job));
    this.#patrol.start();
    core.changed();
  }

  #running(job: JobState): RunningFacts[] {
    return this.#core.slots.of(job.id).flatMap((slot) =>
      slot.running().map(({ index, chunk, since }) => ({
        index,
        worker: slot.number,
        since,
        attempt: job.attempts.number(index),
        input: chunk.inputOf(index),
        printedAt: slot.printedAt(index, since),
      })),
    );
  }
}

function nextAttempt(job: JobState, index: TaskIndex): { attempt: number; of: number; at: number } | null {
  const delayed = job.delayed.get(index);
  if (!delayed) return null;
  const attempt = job.attempts.number(index);
  const left = job.spec.options.retries - job.attempts.failures(index);
  return { attempt, of: attempt + left, at: delayed.at };
}
