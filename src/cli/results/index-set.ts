import type { TaskIndex } from '../../shared/task.ts';

/** A set of task indices as bits: a million tasks are 125 kB. */
export class IndexSet {
  #bits = new Uint8Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The least index; 0 where the set is empty. */
  first(): TaskIndex {
    const at = this.#bits.findIndex((bits) => bits !== 0);
    return at < 0 ? 0 : at * 8 + (31 - Math.clz32(this.#bits[at]! & -this.#bits[at]!));
  }

  has(index: TaskIndex): boolean {
    return ((this.#bits[Math.floor(index / 8)] ?? 0) & (1 << (index % 8))) !== 0;
  }

  add(index: TaskIndex): void {
    if (this.has(index)) return;
    const at = Math.floor(index / 8);
    if (at >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits[at]! |= 1 << (index % 8);
    this.#size += 1;
  }

  delete(index: TaskIndex): boolean {
    if (!this.has(index)) return false;
    this.#bits[Math.floor(index / 8)]! &= ~(1 << (index % 8));
    this.#size -= 1;
    return true;
  }
}
