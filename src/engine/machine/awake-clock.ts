/** A gap between two readings that is longer than this, milliseconds, was no time to be up. */
const longestGapMs = 5000;

/** What such a gap counts for: the usual time between two ticks, milliseconds. */
const usualGapMs = 100;

/**
 * Milliseconds that this program was awake. While work is under way it is read or ticks each 100 ms; where five
 * seconds pass between two readings, the machine slept or the process was stopped, and they count as 100 ms. So
 * nothing is taken for slow or silent because nobody was there to look. The clock of the wall is of no use for
 * that, for it is set; nor is the monotonic one, which counts sleep on some platforms and a stop on all.
 *
 * Times of this clock mean something to this clock only.
 */
export class AwakeClock {
  readonly #monotonicNow: () => number;
  #readAt: number;
  #awakeMs = 0;

  /** @param monotonicNow milliseconds that never go back; default `performance.now()`. */
  constructor(monotonicNow: () => number = () => performance.now()) {
    this.#monotonicNow = monotonicNow;
    this.#readAt = monotonicNow();
  }

  /** Milliseconds awake since the clock was made, idle time left out. Never goes back. */
  now(): number {
    this.tick();
    return this.#awakeMs;
  }

  /** To be called each 100 ms or so while anything is measured. */
  tick(): void {
    const at = this.#monotonicNow();
    const gap = at - this.#readAt;
    this.#awakeMs += gap > longestGapMs ? usualGapMs : Math.max(0, gap);
    this.#readAt = at;
  }

  /** Ticking begins (again): what has passed since the last reading was idle time, and does not count. */
  restart(): void {
    this.#readAt = this.#monotonicNow();
  }
}
