import type { ErrorInfo } from '../../shared/errors.ts';
import type { TaskIndex } from '../../shared/task.ts';
import type { InFlightChunk } from './in-flight.ts';
import type { JobState } from './job-state.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** What becomes of a task whose worker died. */
export interface Verdict {
  index: TaskIndex;
  chunk: InFlightChunk;
  /** When its attempt started, milliseconds since the epoch. */
  since: number;
  /** `timeout`: with the error that says so. */
  verdict: 'crash' | 'canceled' | 'again' | { timeout: ErrorInfo };
}

/**
 * Decides which tasks a dead worker was running, and how their attempts ended. Tasks that it had not started
 * are not named.
 *
 * A worker tells of short tasks in packs, so any open task of its first chunk may have been the one. Where it
 * can only be one, it crashed. Where it can be several, all are tried again, each alone in a worker: the next
 * death, if it comes, names the task. Results that were told are kept in any case.
 */
export function judge(slot: WorkerSlot, job: JobState): Verdict[] {
  const running = slot.running();
  if (job.phase === 'ending' && !job.sparesRunning)
    return running.map((task) => ({ ...task, verdict: 'canceled' }));
  const [head] = running;
  const suspects = slot.tells || !head ? running : head.chunk.open().map((index) => ({ ...head, index }));
  const isCertain = suspects.length === 1;
  return suspects.map((task) => {
    const asked = job.asked.get(task.index);
    if (asked === 'canceled') return { ...task, verdict: 'canceled' };
    if (asked && (isCertain || slot.tells)) return { ...task, verdict: { timeout: asked } };
    // Killed for another task, which has ended before it could be: this one was only there.
    return { ...task, verdict: isCertain && slot.killedFor !== 'asked' ? 'crash' : 'again' };
  });
}
