import { format } from 'node:util';
import type { Params } from '../shared/definition.ts';
import type { JobId } from '../shared/wire.ts';
import { sinceEpoch } from './clock.ts';
import type { TaskContext } from './runner.ts';

/** What a running task can do to its worker. */
export interface TaskHost {
  progress(task: RunningTask, fraction: number, message?: string): void;
  print(task: RunningTask, stream: 'stdout' | 'stderr' | 'log', text: string): void;
}

/** Two progress reports of one task are at least this far apart; the last one of a task is never held back for long. */
const progressEveryMs = 50;

/**
 * A task while it runs, and what it is given as `ctx`. Made a million times a second where tasks are tiny, so
 * everything but a few fields comes into being when it is asked for.
 */
export class RunningTask implements TaskContext {
  readonly job: JobId;
  readonly index: number;
  readonly params: Params;
  /** Start, on the clock of `performance.now()`. */
  readonly startedOnClock: number;
  /** Start, milliseconds since the epoch. */
  readonly startedAt: number;
  readonly #host: TaskHost;
  #controller: AbortController | null = null;
  #aborted = false;
  #hasEnded = false;
  #lastProgressAt: number | null = null;

  constructor(job: JobId, index: number, params: Params, startedOnClock: number, host: TaskHost) {
    this.job = job;
    this.index = index;
    this.params = params;
    this.startedOnClock = startedOnClock;
    this.startedAt = sinceEpoch(startedOnClock);
    this.#host = host;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#aborted) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  get wasAborted(): boolean {
    return this.#aborted;
  }

  /** True the first time: a task ends once, whatever its code does afterwards. */
  end(): boolean {
    if (this.#hasEnded) return false;
    this.#hasEnded = true;
    return true;
  }

  abort(): void {
    this.#aborted = true;
    this.#controller?.abort();
  }

  elapsedMs(): number {
    return performance.now() - this.startedOnClock;
  }

  // Bound, so that `const {progress, log} = ctx` and `onProgress: ctx.progress` work.
  get progress(): (fraction: number, message?: string) => void {
    return (fraction, message) => {
      const now = performance.now();
      const isLast = fraction >= 1;
      if (
        this.#hasEnded ||
        (!isLast && this.#lastProgressAt !== null && now - this.#lastProgressAt < progressEveryMs)
      )
        return;
      this.#lastProgressAt = now;
      const share = Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
      this.#host.progress(this, share, message === undefined ? undefined : String(message));
    };
  }

  get log(): (...values: unknown[]) => void {
    return (...values) => this.#host.print(this, 'log', `${format(...values)}\n`);
  }
}
