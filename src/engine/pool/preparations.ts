import type { JobState } from './job-state.ts';
import type { PoolCore } from './pool-core.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** A definition that takes longer to load may never have done with it: nobody waits behind it, milliseconds. */
const patienceMs = 1000;

/**
 * The jobs whose definition is to be loaded for the first time, each by a worker that does nothing else
 * meanwhile: what a file does while it is loaded can take for ever, and the process hears nothing then.
 */
export class Preparations {
  readonly #core: PoolCore;
  /** Jobs for which no worker loads anything yet, the oldest first. */
  #waiting: JobState[] = [];

  constructor(core: PoolCore) {
    this.#core = core;
  }

  /** Has the job's definition loaded. */
  add(job: JobState): void {
    this.#waiting.push(job);
    this.goOn();
  }

  get areUnderway(): boolean {
    return this.#waiting.length > 0 || [...this.#core.slots].some((slot) => slot.preparing !== null);
  }

  /** Loads what can be loaded now. */
  goOn(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waiting.push(...waiting.filter((job) => job.phase === 'preparing' && !this.#start(job)));
  }

  /** False where the job waits for the next worker that has loaded what it was asked to. */
  #start(job: JobState): boolean {
    const core = this.#core;
    const now = core.clock.now();
    const idle = [...core.slots].filter((slot) => slot.runtime === job.runtime && isIdle(slot));
    const free = idle.find((slot) => slot.preparing === null);
    if (!free && idle.some((slot) => !loadsLong(slot, now))) return false;
    // All are busy: a process beyond the pool's size, for a moment, rather than an answer after minutes.
    const slot = free ?? core.launch(job.runtime);
    slot.preparing = { job: job.id, since: now };
    core.load(slot, job);
    core.needsTicks();
    return true;
  }
}

/** True where a worker has loaded a job's definition for so long that nothing else is to wait for it. */
export function loadsLong({ preparing }: WorkerSlot, now: number): boolean {
  return preparing !== null && now - preparing.since > patienceMs;
}

function isIdle(slot: WorkerSlot): boolean {
  if (slot.state === 'stopping' || slot.killedFor !== null || slot.isWorn) return false;
  return slot.chunks.length === 0 && slot.standsStillOn === null;
}
