import type { JobId } from '../../shared/wire.ts';
import { chunkSize, sendsAhead } from './chunk-size.ts';

/** A worker process as the scheduler sees it. */
export interface WorkerFacts {
  id: number;
  /** The kind of process: workers of one runtime can run any job of that runtime. */
  runtime: string;
  /** `starting` ones can be sent work, which they take up when they are there. */
  state: 'starting' | 'ready' | 'stopping';
  /** Chunks and tasks sent and not ended. */
  chunks: number;
  tasks: number;
  /** The job of those chunks; null where there are none. A worker holds chunks of one job at a time. */
  job: JobId | null;
  /** True where its task must be alone in it, or where it is to end. */
  closed: boolean;
  /** It has loaded a definition for so long that it is not counted: another takes its place meanwhile. */
  late?: boolean;
  /** Tasks that it may still be sent before it is replaced, by job; Infinity where there is no limit. */
  quota: number;
}

/** A job as the scheduler sees it. */
export interface JobFacts {
  id: JobId;
  runtime: string;
  /** Tasks that can be sent now, as far as is known. */
  waiting: number;
  /** The next task must be alone in its worker. */
  alone: boolean;
  /** Paused, cancelled, or what takes its results is behind. */
  held: boolean;
  taskMs: number | null;
  lastSize: number;
  chunkSetting: 'auto' | number;
  /** It may stop early: nothing is sent that would start by itself before it is known whether it does. */
  mayHalt?: boolean;
  concurrency: number;
  maxWorkers: number;
  /** Workers that hold chunks of it. */
  workers: number;
  /** Jobs of a higher one are served first. */
  priority: number;
}

export type Decision =
  | { type: 'send'; worker: number; job: JobId; count: number }
  | { type: 'launch'; runtime: string }
  /** End an idle worker of another runtime to make room. */
  | { type: 'retire'; worker: number };

/**
 * The next thing to do, or null. A pure function: the executor calls it until there is nothing left to do.
 *
 * Jobs of a higher priority are served first; others get what these leave. Fair sharing among equals: of the
 * jobs that could use a worker, the one that holds the fewest gets it, the older one first. Chunks are equal in
 * time, so equal turns are equal shares.
 */
export function decide(
  workers: readonly WorkerFacts[],
  jobs: readonly JobFacts[],
  size: number,
): Decision | null {
  const wanting = jobs
    .filter((job) => !job.held && job.waiting > 0)
    .sort((a, b) => b.priority - a.priority || a.workers - b.workers || a.id - b.id);
  for (const job of wanting) {
    const decision = decideFor(job, workers, jobs, size);
    if (decision) return decision;
  }
  return null;
}

function decideFor(
  job: JobFacts,
  workers: readonly WorkerFacts[],
  jobs: readonly JobFacts[],
  size: number,
): Decision | null {
  const mayAddWorker = job.workers < job.maxWorkers;
  const candidates = workers
    .filter((worker) => worker.runtime === job.runtime && hasRoom(worker, job))
    .filter((worker) => worker.job === job.id || (worker.job === null && mayAddWorker))
    // The emptiest first; a worker that is there before one that is starting.
    .sort((a, b) => a.chunks - b.chunks || Number(a.state === 'starting') - Number(b.state === 'starting'));
  const best = candidates[0];
  const live = workers.filter((worker) => worker.state !== 'stopping' && !worker.late).length;
  if (best?.chunks === 0) return send(job, best, size);
  if (mayAddWorker && live < size) return { type: 'launch', runtime: job.runtime };
  const other = workers.find(
    (w) => w.runtime !== job.runtime && w.state === 'ready' && w.chunks === 0 && !w.closed,
  );
  if (mayAddWorker && other && !isWanted(other, job, jobs)) return { type: 'retire', worker: other.id };
  // All are busy: send ahead, unless that would keep another job from the worker.
  if (best && !othersWait(job, jobs)) return send(job, best, size);
  return null;
}

function send(job: JobFacts, worker: WorkerFacts, size: number): Decision {
  const shared = Math.max(1, Math.min(job.maxWorkers, size));
  const count = job.alone
    ? 1
    : chunkSize({
        setting: job.chunkSetting,
        taskMs: job.concurrency > 1 && job.taskMs !== null ? job.taskMs / job.concurrency : job.taskMs,
        lastSize: job.lastSize,
        waiting: job.waiting,
        workers: shared,
      });
  return { type: 'send', worker: worker.id, job: job.id, count: Math.min(count, worker.quota) };
}

/** At most two chunks in flight; where a worker runs several tasks at once, enough tasks to keep it at that. */
function hasRoom(worker: WorkerFacts, job: JobFacts): boolean {
  if (worker.state === 'stopping' || worker.closed || worker.quota <= 0) return false;
  if (worker.chunks === 0) return true;
  if (job.alone) return false;
  if (job.mayHalt && worker.tasks >= job.concurrency) return false;
  if (job.concurrency > 1) return worker.tasks < job.concurrency + Math.max(1, job.concurrency >> 1);
  return worker.chunks < 2 && sendsAhead(job.taskMs, job.chunkSetting);
}

/** Another job waits for a worker, whose turn is the next: one of a higher priority, or an equal that holds fewer. */
function othersWait(job: JobFacts, jobs: readonly JobFacts[]): boolean {
  return jobs.some((other) => {
    if (other.id === job.id || other.held || other.waiting === 0 || other.priority < job.priority)
      return false;
    const share = other.priority > job.priority ? other.maxWorkers : Math.min(job.workers, other.maxWorkers);
    return other.workers < share;
  });
}

/** A job of this worker's runtime that has no worker waits for it, and is to be served no later than `job`. */
function isWanted(worker: WorkerFacts, job: JobFacts, jobs: readonly JobFacts[]): boolean {
  return jobs.some(
    (other) =>
      other.runtime === worker.runtime &&
      !other.held &&
      other.waiting > 0 &&
      other.workers === 0 &&
      other.priority >= job.priority,
  );
}
