import type { JobId } from '../../shared/wire.ts';
import type { JobState } from './job-state.ts';
import type { PoolCore } from './pool-core.ts';
import { loadsLong } from './preparations.ts';
import type { JobFacts, WorkerFacts } from './schedule.ts';
import type { WorkerSlot } from './worker-slot.ts';

type PoolSize = Pick<PoolCore, 'size' | 'onBattery'>;

/** The workers, as the scheduler sees them. */
export function workerFacts(
  slots: Iterable<WorkerSlot>,
  jobs: ReadonlyMap<JobId, JobState>,
  now: number,
): WorkerFacts[] {
  return Array.from(slots, (slot) => {
    const job = slot.job === null ? undefined : jobs.get(slot.job);
    return {
      id: slot.id,
      runtime: slot.runtime,
      state: slot.state === 'gone' ? 'stopping' : slot.state,
      chunks: slot.chunks.length,
      tasks: slot.tasks,
      job: slot.job,
      // What it loads for the first time may keep it for good: no task is to wait behind that.
      closed:
        slot.killAt !== null ||
        slot.killedFor !== null ||
        slot.isWorn ||
        slot.preparing !== null ||
        slot.standsStillOn !== null ||
        slot.chunks.some((chunk) => chunk.alone),
      late: loadsLong(slot, now),
      quota: quota(slot, job ? [job] : jobs.values()),
    };
  });
}

/** The jobs, as the scheduler sees them. */
export function jobFacts(
  jobs: ReadonlyMap<JobId, JobState>,
  slots: Iterable<WorkerSlot>,
  pool: PoolSize,
): JobFacts[] {
  const held = [...slots];
  return Array.from(jobs.values(), (job) => ({
    id: job.id,
    runtime: job.runtime,
    waiting: job.waiting,
    alone: job.nextIsAlone,
    held: job.phase !== 'running' || job.paused || job.obstacle !== null || job.spec.sink.full,
    taskMs: job.taskMs,
    lastSize: job.lastSize,
    chunkSetting: job.spec.options.chunkSize,
    mayHalt: job.spec.options.halt !== undefined,
    concurrency: job.concurrency,
    maxWorkers: mostWorkers(job, pool),
    workers: held.filter((slot) => slot.works(job.id)).length,
    priority: job.priority,
  }));
}

/** Workers that a job may use, at most. */
export function mostWorkers({ spec: { options } }: JobState, { size, onBattery }: PoolSize): number {
  return Math.min(options.workers ?? size, (onBattery && options.batteryWorkers) || size);
}

/** Tasks that a worker may still be sent before `maxTasksPerWorker` of one of the jobs has it replaced. */
export function quota(slot: WorkerSlot, jobs: Iterable<JobState>): number {
  let most = Number.POSITIVE_INFINITY;
  for (const job of jobs) most = Math.min(most, job.spec.options.maxTasksPerWorker ?? most);
  return most - slot.sent;
}
