import type { LoadMessage } from '../../shared/wire.ts';

/**
 * Numbers for `{%}`: no two tasks that run at the same moment have the same, and the smallest free one is taken. Those
 * of several workers do not meet where each is told its number.
 */
export class Slots {
  readonly #first: number;
  readonly #taken: boolean[] = [];

  constructor({ worker = 1, concurrency }: Pick<LoadMessage, 'worker' | 'concurrency'>) {
    this.#first = (worker - 1) * (concurrency ?? 1) + 1;
  }

  take(): number {
    const free = this.#taken.indexOf(false);
    const at = free < 0 ? this.#taken.length : free;
    this.#taken[at] = true;
    return this.#first + at;
  }

  giveBack(slot: number): void {
    this.#taken[slot - this.#first] = false;
  }
}
