import type { TaskBlock, TaskSource } from '../pool/job.ts';

/** The numbers of a range as tasks: nothing is read, nothing waits. */
export class RangeSource implements TaskSource {
  readonly #from: number;
  readonly #step: number;
  readonly #count: number;
  #next = 0;
  onMore = () => {};

  constructor(from: number, step: number, count: number) {
    this.#from = from;
    this.#step = step;
    this.#count = count;
  }

  get total(): number {
    return this.#count;
  }

  holds(index: number): boolean {
    return index >= this.#next && index < this.#count;
  }

  get waiting(): number {
    return this.#count - this.#next;
  }

  get done(): boolean {
    return this.#next >= this.#count;
  }

  take(max: number): TaskBlock | null {
    const end = Math.min(this.#count, this.#next + max);
    if (end === this.#next) return null;
    const indices: number[] = [];
    let inputs = '';
    for (let index = this.#next; index < end; index++) {
      indices.push(index);
      inputs += `${inputs && '\n'}${this.#from + index * this.#step}`;
    }
    this.#next = end;
    return { indices, inputs };
  }
}
