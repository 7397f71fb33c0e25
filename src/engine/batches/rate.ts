import type { StoredBatch } from '../store/store.ts';

/** Length of the recent past that rates are taken over, milliseconds. */
const windowMs = 10_000;
const bucketMs = 250;

interface Bucket {
  at: number;
  tasks: number;
  busyMs: number;
}

/** What is known of a batch's speed. All times are milliseconds. */
export interface Speed {
  /** Tasks that ended per second, lately. */
  rate: number | null;
  /** Share of the workers' time that tasks used, 0 to 1, lately. */
  busy: number | null;
  eta: { lowMs: number; highMs: number } | null;
}

/** The speed of a batch that has ended, over the whole of its time. @param workers those that it could use. */
export function speedOf({ counts, total, startedAt, endedAt, busyMs }: StoredBatch, workers: number): Speed {
  const tookMs = startedAt !== null && endedAt !== null ? endedAt - startedAt : 0;
  const ended = counts.succeeded + counts.failed;
  const used = Math.min(workers, Math.max(1, total));
  return {
    rate: tookMs > 0 && ended > 0 ? (ended / tookMs) * 1000 : null,
    busy: tookMs > 0 && busyMs > 0 ? Math.min(1, busyMs / (tookMs * used)) : null,
    eta: null,
  };
}

/**
 * Measures how fast tasks end. The time left is given as a range: between what the recent and the overall rate
 * say, widened by how unsteady the recent one was. It is a guess about tasks that nobody has seen yet, and
 * should look like one.
 */
export class SpeedMeter {
  readonly #now: () => number;
  readonly #startedAt: number;
  #buckets: Bucket[] = [];
  #tasks = 0;

  /** @param now milliseconds that never go back: the time of day is set now and then. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedAt = now();
  }

  /** Counts tasks that ended, and the time that workers spent on them. */
  add(tasks: number, busyMs: number): void {
    const now = this.#now();
    this.#tasks += tasks;
    const last = this.#buckets.at(-1);
    if (last && now - last.at < bucketMs) {
      last.tasks += tasks;
      last.busyMs += busyMs;
    } else {
      this.#buckets.push({ at: now, tasks, busyMs });
      this.#buckets = this.#buckets.filter((bucket) => now - bucket.at <= windowMs);
    }
  }

  /** `left`: tasks to come, or null where that is not known. `workers`: those that the batch may use. */
  read(left: number | null, workers: number): Speed {
    const now = this.#now();
    const elapsed = now - this.#startedAt;
    if (this.#tasks === 0 || elapsed <= 0) return { rate: null, busy: null, eta: null };
    const recent = this.#buckets.filter((bucket) => now - bucket.at <= windowMs);
    const spanMs = Math.max(bucketMs, Math.min(elapsed, windowMs));
    const tasks = recent.reduce((sum, bucket) => sum + bucket.tasks, 0);
    const busyMs = recent.reduce((sum, bucket) => sum + bucket.busyMs, 0);
    const rate = (tasks / spanMs) * 1000;
    const overall = (this.#tasks / elapsed) * 1000;
    return {
      rate,
      busy: Math.min(1, busyMs / (spanMs * workers)),
      eta: left === null ? null : this.#eta(left, rate, overall),
    };
  }

  #eta(left: number, rate: number, overall: number): Speed['eta'] {
    // Two tasks say nothing about a thousand.
    if (left === 0 || this.#tasks < 3) return null;
    const slow = Math.min(rate || overall, overall);
    const fast = Math.max(rate, overall);
    // Of n tasks seen, a mean is uncertain by about 1/sqrt(n) of itself.
    const doubt = 0.05 + 1 / Math.sqrt(this.#tasks);
    return {
      lowMs: (left / fast) * 1000 * Math.max(0.3, 1 - doubt),
      highMs: (left / slow) * 1000 * (1 + doubt),
    };
  }
}
