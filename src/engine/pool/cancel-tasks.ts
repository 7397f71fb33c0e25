import type { TaskIndex } from '../../shared/task.ts';
import { canceledUnstarted, isAsked } from './books.ts';
import type { JobState } from './job-state.ts';
import type { PoolCore } from './pool-core.ts';
import type { WorkerSlot } from './worker-slot.ts';

/**
 * Cancels tasks of a job: those that wait leave at once, those that run are asked to stop and killed after a
 * while. Tasks that have ended, or that the job does not have, are passed over. Answers how many were not.
 */
export function cancelTasks(core: PoolCore, job: JobState, indices: Iterable<TaskIndex>): number {
  if (job.phase === 'ended') return 0;
  const running = new Map<WorkerSlot, TaskIndex[]>();
  const waiting: { index: TaskIndex; input: unknown }[] = [];
  for (const index of indices) {
    const withdrawn = job.withdraw(index);
    const holder = withdrawn ? undefined : holderOf(core, job, index);
    if (withdrawn) {
      waiting.push(withdrawn);
    } else if (holder) {
      job.asked.set(index, 'canceled');
      const asked = running.get(holder) ?? [];
      asked.push(index);
      running.set(holder, asked);
    } else if (job.spec.source.holds(index) && !job.canceledAhead.has(index)) {
      job.canceledAhead.add(index);
      waiting.push({ index, input: null });
    }
  }
  for (const [slot, asked] of running) slot.post({ type: 'abort', job: job.id, indices: asked });
  if (waiting.length > 0) job.spec.sink.ended(canceledUnstarted(job, waiting));
  core.finishIfDone(job);
  return waiting.length + [...running.values()].reduce((sum, asked) => sum + asked.length, 0);
}

/** A worker whose results were heard keeps its life where nothing that it holds was asked to stop any more. */
export function spareIfNotAsked(slot: WorkerSlot, job: JobState): void {
  const isEnding = slot.state === 'stopping' || slot.killedFor !== null;
  if (!isEnding && job.phase === 'running' && !isAsked(slot, job)) slot.killAt = null;
}

function holderOf(core: PoolCore, job: JobState, index: TaskIndex): WorkerSlot | undefined {
  return core.slots.of(job.id).find((slot) => slot.chunks.some((chunk) => chunk.holds(index)));
}
