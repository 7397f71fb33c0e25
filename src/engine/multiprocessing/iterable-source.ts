import type { TaskBlock, TaskSource } from '../pool/job.ts';

/** Inputs that are pulled ahead, at most, and the time that pulling them may take in one go. */
const ahead = 16_384;
const pullMs = 5;

/**
 * The values of an iterable as tasks. It is pulled as the pool takes them, a little ahead, so that an endless
 * generator is as good as a list. An error that it throws ends the source; `failure` keeps it.
 */
export class IterableSource implements TaskSource {
  failure: Error | null = null;
  onMore = () => {};
  readonly #sync: Iterator<unknown> | null;
  readonly #async: AsyncIterator<unknown> | null;
  #buffer: unknown[] = [];
  #taken = 0;
  #first = 0;
  #isOver = false;
  #pulling = false;

  constructor(inputs: Iterable<unknown> | AsyncIterable<unknown>) {
    const isAsync = Symbol.asyncIterator in inputs;
    this.#async = isAsync ? inputs[Symbol.asyncIterator]() : null;
    this.#sync = isAsync ? null : inputs[Symbol.iterator]();
  }

  get waiting(): number {
    this.#pull();
    return this.#buffer.length - this.#taken;
  }

  get done(): boolean {
    return this.#isOver && this.#buffer.length === this.#taken;
  }

  /** How many tasks there are, once that is known. */
  get total(): number | null {
    return this.#isOver ? this.#first + this.#buffer.length : null;
  }

  holds(index: number): boolean {
    return index >= this.#first + this.#taken && index < (this.total ?? Number.POSITIVE_INFINITY);
  }

  take(max: number): TaskBlock | null {
    this.#pull();
    const inputs = this.#buffer.slice(this.#taken, this.#taken + max);
    if (inputs.length === 0) return null;
    const start = this.#first + this.#taken;
    this.#taken += inputs.length;
    if (this.#taken > ahead || this.#taken === this.#buffer.length) this.#forgetTaken();
    const indices: number[] = [];
    for (let i = 0; i < inputs.length; i++) indices.push(start + i);
    return { indices, inputs };
  }

  /** Nothing more is wanted. */
  stop(): void {
    this.#end();
    this.#buffer.length = this.#taken;
  }

  #forgetTaken(): void {
    this.#buffer = this.#buffer.slice(this.#taken);
    this.#first += this.#taken;
    this.#taken = 0;
  }

  #pull(): void {
    if (this.#isOver) return;
    if (this.#sync) this.#pullNow(this.#sync);
    else if (!this.#pulling) void this.#pullLater(this.#async!);
  }

  #pullNow(iterator: Iterator<unknown>): void {
    const buffer = this.#buffer;
    const room = ahead - (buffer.length - this.#taken);
    const deadline = performance.now() + pullMs;
    try {
      for (let pulled = 1; pulled <= room; pulled++) {
        const next = iterator.next();
        if (next.done) {
          this.#end();
          return;
        }
        buffer.push(next.value);
        if (pulled % 256 === 0 && performance.now() > deadline) return;
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #pullLater(iterator: AsyncIterator<unknown>): Promise<void> {
    this.#pulling = true;
    try {
      while (!this.#isOver && this.#buffer.length - this.#taken < ahead) {
        const next = await iterator.next();
        if (next.done) this.#end();
        else this.#buffer.push(next.value);
        this.onMore();
      }
    } catch (error) {
      this.#fail(error);
      this.onMore();
    }
    this.#pulling = false;
  }

  #fail(error: unknown): void {
    this.failure = error instanceof Error ? error : new Error(String(error));
    this.#end();
  }

  #end(): void {
    this.#isOver = true;
  }
}
