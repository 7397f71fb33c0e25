import type { RetriedOutcome } from '../../shared/batch.ts';
import type { AttemptOutcome, TaskIndex } from '../../shared/task.ts';

/** A task that has ended this many workers is not tried again. */
export const mostCrashes = 3;

/** See `batchOptionsSchema` in `src/shared/batch.ts`. */
export interface RetryOptions {
  retries: number;
  /** Default: all. */
  retryOn?: readonly RetriedOutcome[];
}

interface Past {
  /** Attempts before this run of the job, and those that do not count. */
  free: number;
  /** Attempts that have ended, all in all. */
  ended: number;
  crashes: number;
}

/**
 * Which attempt each task is at, and whether it gets another one. Only tasks that were attempted before are
 * kept, so that a million tasks that succeed at once cost nothing.
 */
export class Attempts {
  readonly #past = new Map<TaskIndex, Past>();

  /** A task was attempted before this run of the job: in a program that ended, or before it was retried. */
  know(index: TaskIndex, ended: number, crashes: number): void {
    this.#past.set(index, { free: ended, ended, crashes });
  }

  /** The number of the task's current attempt, from 1. */
  number(index: TaskIndex): number {
    return (this.#past.get(index)?.ended ?? 0) + 1;
  }

  /** Attempts of this run that have ended and count. */
  failures(index: TaskIndex): number {
    const past = this.#past.get(index);
    return past ? past.ended - past.free : 0;
  }

  /** True where a task has ended so many workers that it is not tried again. */
  isDeadly(index: TaskIndex): boolean {
    return (this.#past.get(index)?.crashes ?? 0) >= mostCrashes;
  }

  /**
   * The current attempt has ended, and not well. True where the task gets another one.
   * @param isFree it was not the task's fault: another attempt in any case, and this one does not count.
   */
  failed(index: TaskIndex, outcome: AttemptOutcome, options: RetryOptions, isFree = false): boolean {
    const past = this.#past.get(index) ?? { free: 0, ended: 0, crashes: 0 };
    past.ended += 1;
    if (outcome === 'crash') past.crashes += 1;
    if (isFree) past.free += 1;
    this.#past.set(index, past);
    const { retries, retryOn } = options;
    const isWanted = outcome !== 'ok' && outcome !== 'canceled' && (retryOn?.includes(outcome) ?? true);
    return isFree || (isWanted && past.ended - past.free <= retries && past.crashes < mostCrashes);
  }

  /** The task has ended. */
  forget(index: TaskIndex): void {
    this.#past.delete(index);
  }
}
