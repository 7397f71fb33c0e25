import { treeCpuMs } from '../machine/process-cpu.ts';
import type { HeldTask } from './in-flight.ts';
import type { JobState } from './job-state.ts';
import { timeoutError } from './outcomes.ts';
import type { PoolCore } from './pool-core.ts';
import {
  ignoresAsking,
  isStopped,
  isStuck,
  lateTasks,
  silenceOf,
  sparedChunks,
  startsNothing,
} from './watch.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** How often running tasks are looked at, milliseconds: timeouts, stuck workers, kills that are due. */
const tickMs = 100;
/** Where a tick comes this late, what workers have told meanwhile was not heard yet, milliseconds. */
const lateTickMs = 300;
/** How often a job is asked whether something stands in its way, milliseconds. */
const conditionsMs = 1000;
/** A process that has used this much CPU time meanwhile is at work, however silent it is. */
const sleepingCpuMs = 50;

/** Looks after the pool in time: what is due, late, stuck or silent. */
export class Patrol {
  readonly #core: PoolCore;
  #timer: NodeJS.Timeout | null = null;
  #conditionsAt = Number.NEGATIVE_INFINITY;
  #tickedAt = Number.NEGATIVE_INFINITY;
  #wasLate = false;

  constructor(core: PoolCore) {
    this.#core = core;
  }

  /** Ticks until nothing is under way any more. */
  start(): void {
    if (this.#timer) return;
    this.#core.clock.restart();
    this.#tickedAt = this.#core.clock.now();
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Asks a job's conditions now; before its first task, and now and then. */
  check(job: JobState): void {
    const { conditions } = job.spec;
    if (!conditions || job.phase !== 'running') return;
    const wasObstructed = job.obstacle !== null;
    job.obstruct(conditions.obstacle());
    if (job.obstacle) this.start();
    else if (wasObstructed) this.#core.schedule();
  }

  #tick(): void {
    const { clock, slots, jobs } = this.#core;
    const now = clock.now();
    let isQuiet = slots.endOverdue();
    const looksAtConditions = now - this.#conditionsAt >= conditionsMs;
    if (looksAtConditions) this.#conditionsAt = now;
    for (const job of jobs.values()) {
      if (looksAtConditions) this.check(job);
      this.#wake(job, now);
      if (job.delayed.size > 0 || job.obstacle) isQuiet = false;
    }
    // Between two ticks all is heard: the next one judges, late or not.
    this.#wasLate = !this.#wasLate && now - this.#tickedAt > lateTickMs;
    this.#tickedAt = now;
    for (const slot of slots) {
      const id = slot.job ?? slot.standsStillOn;
      const job = id === null ? undefined : jobs.get(id);
      if (job && !this.#wasLate) this.#watch(slot, job, now);
    }
    // A job that waits for another's definition waits only so long.
    if (this.#core.preparations.areUnderway) this.#core.schedule();
    if (isQuiet) this.stop();
  }

  /** Puts tasks whose wait is over back into the queue. */
  #wake(job: JobState, now: number): void {
    const due = job.delayed.takeDue(now);
    if (due.length === 0) return;
    job.requeued.push(...due);
    this.#core.schedule();
  }

  #watch(slot: WorkerSlot, job: JobState, now: number): void {
    const late = lateTasks(slot, job, now);
    if (late.length > 0) {
      const error = this.#timeout(job);
      for (const index of late) job.asked.set(index, error);
      slot.post({ type: 'abort', job: job.id, indices: late });
    }
    if (ignoresAsking(slot, job, now)) this.#core.slots.giveGrace(slot);
    this.#listen(slot, job, now);
    this.#share(slot, job, now);
  }

  /** Has others do what a worker holds and will not start soon. */
  #share(slot: WorkerSlot, job: JobState, now: number): void {
    const others = [...this.#core.slots].filter((other) => other !== slot && other.runtime === slot.runtime);
    const spare = sparedChunks(slot, job, others, now);
    if (isStopped(slot, job, now) && slot.killAt === null) {
      this.#requeue(slot.revokeAll());
      this.#core.retire(slot);
    } else if (spare.length > 0 && startsNothing(slot, now)) {
      this.#requeue(slot.revokeAll());
    } else if (spare.length > 0) {
      // It hears meanwhile, where it runs several tasks at once, or waits for its definition.
      slot.post({ type: 'recall', chunks: spare });
    }
    if (isStuck(slot, job, now)) this.#requeue(slot.revokeWaiting(slot.chunks[0]!.tellsEach));
  }

  #requeue(tasks: HeldTask[]): void {
    this.#core.requeue(tasks);
    this.#core.schedule();
  }

  #timeout(job: JobState) {
    const { timeoutMs, timeoutPercent } = job.spec.options;
    const limit = job.timeoutMs!;
    return timeoutError(limit, limit === timeoutMs ? undefined : timeoutPercent);
  }

  /** Ends a worker that hangs: silent for long, and none of its processes used the processor meanwhile. */
  #listen(slot: WorkerSlot, job: JobState, now: number): void {
    const silence = silenceOf(slot, job, now);
    if (silence === 'none' || slot.pid === undefined || slot.killedFor) return;
    if (silence === 'half') {
      slot.cpuWhenSilent ??= treeCpuMs(slot.pid);
      return;
    }
    const before = slot.cpuWhenSilent;
    const cpuMs = treeCpuMs(slot.pid);
    // Where it cannot be known, it is left alone.
    if (before === null || cpuMs === null || cpuMs - before > sleepingCpuMs) slot.gaveSign();
    else slot.kill('hung');
  }
}
