import type { JobHandle } from '../pool/executor.ts';
import type { JobEnd } from '../pool/job.ts';
import type { IterableSource } from './iterable-source.ts';
import { errorOf, type TaskError } from './task-error.ts';
import type { ValueListener } from './value-sink.ts';

/** Results that wait to be read, at most, before the pool is held back. */
const maxUnread = 20_000;

type Item = { value: unknown } | { error: Error };
type Waiter = { resolve: (result: IteratorResult<unknown>) => void; reject: (error: Error) => void };

/**
 * Results as an async iterator: in the order of the inputs, or as they come. A task's error is thrown where its
 * result would stand; the iteration can go on after it, as with `imap`.
 */
export class ResultStream implements ValueListener, AsyncIterableIterator<unknown> {
  readonly #ordered: boolean;
  readonly #source: IterableSource;
  #job: JobHandle | null = null;
  /** Results that came before their turn. */
  readonly #early = new Map<number, Item>();
  #next = 0;
  #ready: Item[] = [];
  #read = 0;
  #waiters: Waiter[] = [];
  #isOver = false;

  constructor(ordered: boolean, source: IterableSource) {
    this.#ordered = ordered;
    this.#source = source;
  }

  begin(job: JobHandle): void {
    this.#job = job;
  }

  get full(): boolean {
    // Early ones do not count: the one that they wait for has to come through.
    return this.#ready.length - this.#read > maxUnread;
  }

  value(index: number, value: unknown): void {
    this.#arrived(index, { value });
  }

  error(index: number, error: TaskError): void {
    this.#arrived(index, { error });
  }

  finished(end: JobEnd): void {
    const error = errorOf(end) ?? this.#source.failure;
    if (error) this.#push({ error });
    this.#isOver = true;
    for (const waiter of this.#waiters.splice(0)) waiter.resolve({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<unknown>> {
    const item = this.#ready[this.#read];
    if (item) {
      this.#read += 1;
      if (this.#read === this.#ready.length || this.#read >= maxUnread) this.#forgetRead();
      return 'error' in item
        ? Promise.reject(item.error)
        : Promise.resolve({ done: false, value: item.value });
    }
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** `break` in a `for await`: the rest is not wanted. */
  return(): Promise<IteratorResult<unknown>> {
    this.#source.stop();
    this.#job?.cancel();
    this.#isOver = true;
    this.#ready = [];
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #arrived(index: number, item: Item): void {
    if (!this.#ordered) {
      this.#push(item);
      return;
    }
    this.#early.set(index, item);
    for (let due = this.#early.get(this.#next); due; due = this.#early.get(this.#next)) {
      this.#early.delete(this.#next);
      this.#next += 1;
      this.#push(due);
    }
  }

  #push(item: Item): void {
    const waiter = this.#waiters.shift();
    if (!waiter) this.#ready.push(item);
    else if ('error' in item) waiter.reject(item.error);
    else waiter.resolve({ done: false, value: item.value });
  }

  #forgetRead(): void {
    this.#ready = this.#ready.slice(this.#read);
    this.#read = 0;
    if (!this.full) this.#job?.poke();
  }
}
