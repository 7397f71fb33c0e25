import { mostWorkers } from './facts.ts';
import type { JobState } from './job-state.ts';
import type { PoolCore } from './pool-core.ts';

/**
 * Why workers that have nothing to do for a job have nothing to do. `held`: it is paused, something stands in its
 * way, or all that is left waits for the time of its next attempt. `input`: its inputs come too slowly. `end`: no
 * task is left that could be sent. Null where tasks wait for them.
 */
export type IdleReason = 'held' | 'input' | 'end' | null;

/** How a job stands at a moment. */
export interface Standing {
  reason: IdleReason;
  /** Workers that it may use. */
  workers: number;
  /** Of these, those that start, or load its definition. */
  starting: number;
}

export function standingOf(job: JobState, core: PoolCore): Standing {
  let elsewhere = 0;
  let starting = 0;
  for (const slot of core.slots) {
    if (slot.job !== null && slot.job !== job.id) elsewhere += 1;
    else if (slot.state === 'starting' || slot.loads.get(job.id) === false) starting += 1;
  }
  const workers = Math.max(0, Math.min(mostWorkers(job, core), core.size - elsewhere));
  return { reason: reasonOf(job), workers, starting: Math.min(starting, workers) };
}

function reasonOf(job: JobState): IdleReason {
  const { source } = job.spec;
  if (job.phase === 'ending' || job.phase === 'ended') return 'end';
  if (job.paused || job.obstacle) return 'held';
  if (job.waiting > 0) return null;
  if (job.isDrained) return 'end';
  if (source.total === null) return 'input';
  return source.done ? 'held' : null;
}
