import type { TaskBlock, TaskSource } from '../pool/job.ts';

/** Tasks that are handed in one by one, for as long as it is open: those of `applyAsync`. */
export class QueueSource implements TaskSource {
  onMore = () => {};
  #waiting: unknown[] = [];
  #taken = 0;
  #first = 0;
  #isClosed = false;

  /** Adds a task. Answers its index. */
  push(input: unknown): number {
    this.#waiting.push(input);
    this.onMore();
    return this.#first + this.#waiting.length - 1;
  }

  close(): void {
    this.#isClosed = true;
    this.onMore();
  }

  get waiting(): number {
    return this.#waiting.length - this.#taken;
  }

  get done(): boolean {
    return this.#isClosed && this.waiting === 0;
  }

  get total(): number | null {
    return this.#isClosed ? this.#first + this.#waiting.length : null;
  }

  holds(index: number): boolean {
    return index >= this.#first + this.#taken && index < this.#first + this.#waiting.length;
  }

  take(max: number): TaskBlock | null {
    const inputs = this.#waiting.slice(this.#taken, this.#taken + max);
    if (inputs.length === 0) return null;
    const start = this.#first + this.#taken;
    this.#taken += inputs.length;
    // Not at each take: moving what waits costs as much as it is long.
    if (this.#taken * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#taken);
      this.#first += this.#taken;
      this.#taken = 0;
    }
    return { indices: inputs.map((_, i) => start + i), inputs };
  }
}
