import type { TaskIndex } from '../../shared/task.ts';
import type { JobState } from './job-state.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** All times here are milliseconds on the pool's clock. */

/** A worker silent for this long with work waiting behind its task is stuck; more than a worker's own fence. */
const stuckMs = 1000;

/** A worker that could start a task at once, and has not for this long, is given up. */
const stoppedMs = 5000;

/** Tasks longer than this are told of one by one. */
const longMs = 10;

/** Tasks that have run for longer than their job's timeout, and were not asked to stop yet. */
export function lateTasks(slot: WorkerSlot, job: JobState, now: number): TaskIndex[] {
  const { timeoutMs } = job;
  if (timeoutMs === null || !letsRun(job)) return [];
  return slot
    .running()
    .filter(({ index, sinceAwake }) => now - sinceAwake > timeoutMs && !job.asked.has(index))
    .map(({ index }) => index);
}

/**
 * True where a task runs on though it was asked to stop. Where it cannot be known which task of a chunk runs,
 * it may be another one; that one is then attempted again.
 */
export function ignoresAsking(slot: WorkerSlot, job: JobState, now: number): boolean {
  if (job.asked.size === 0) return false;
  if (slot.running().some(({ index }) => job.asked.has(index))) return true;
  if (slot.chunks[0]?.tellsEach || !isSilent(slot, now)) return false;
  return slot.chunks[0]?.open().some((index) => job.asked.has(index)) ?? false;
}

/** How far the silence of a worker that has something to do has come; see `hangMs` in `src/shared/batch.ts`. */
export function silenceOf(slot: WorkerSlot, job: JobState, now: number): 'none' | 'half' | 'whole' {
  const { hangMs } = job.spec.options;
  const isIdle = slot.chunks.length === 0 && slot.standsStillOn === null;
  if (!hangMs || isIdle || (slot.isHeldBack && !isLoading(slot, job))) return 'none';
  const silentMs = now - slot.aliveAt;
  return silentMs > hangMs ? 'whole' : silentMs > hangMs / 2 ? 'half' : 'none';
}

/** True where a worker has told for long of nothing that it does. */
const isSilent = (slot: WorkerSlot, now: number): boolean => now - slot.heardAt >= stuckMs;

/** True where work that was sent ahead to a worker could be done by another, while its task goes on and on. */
export function isStuck(slot: WorkerSlot, job: JobState, now: number): boolean {
  if (slot.state === 'starting' || !isSilent(slot, now)) return false;
  if (job.phase !== 'running' || job.paused || job.waiting > 0 || job.concurrency > 1) return false;
  if (slot.running().length !== 1) return false;
  return slot.chunks.length > 1 || (slot.tasks > 1 && slot.chunks[0]!.tellsEach);
}

/**
 * True where the first open task of a chunk is the one that runs. Results of tasks that are shorter than the
 * worker's patience are told in packs, so that one may be done and another may run.
 */
export function knowsWhatRuns(job: JobState): boolean {
  return (job.taskMs ?? 0) > longMs;
}

/** Chunks that a worker has not started, while another one has nothing to do and nothing else is left. */
export function sparedChunks(slot: WorkerSlot, job: JobState, others: WorkerSlot[], now: number): number[] {
  if (job.phase !== 'running' || job.paused || job.waiting > 0) return [];
  const startsSoon = job.concurrency === 1 || slot.tasks <= job.concurrency;
  if (startsSoon && !isLoading(slot, job) && !startsNothing(slot, now)) return [];
  if (!others.some((other) => other.state === 'ready' && other.chunks.length === 0)) return [];
  return unstartedChunks(slot);
}

/** True where a worker that holds tasks has long started none: it loads on and on, or is stopped. */
export const startsNothing = (slot: WorkerSlot, now: number): boolean =>
  slot.running().length === 0 && !slot.isHeldBack && isSilent(slot, now);

/** True where nothing keeps it from that but the system, which has stopped it. */
export const isStopped = (slot: WorkerSlot, job: JobState, now: number): boolean =>
  startsNothing(slot, now) && !isLoading(slot, job) && now - slot.heardAt >= stoppedMs;

/** Chunks of which the worker has started no task. */
export function unstartedChunks(slot: WorkerSlot): number[] {
  const started = new Set(slot.running().map(({ chunk }) => chunk.id));
  return slot.chunks.filter((chunk) => !started.has(chunk.id)).map((chunk) => chunk.id);
}

/** True where it holds tasks of a job whose definition it has not loaded yet. */
const isLoading = (slot: WorkerSlot, job: JobState): boolean => slot.loads.get(job.id) === false;

const letsRun = (job: JobState): boolean =>
  job.phase === 'running' || (job.phase === 'ending' && job.sparesRunning);
