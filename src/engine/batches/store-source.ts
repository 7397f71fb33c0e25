import { columnTexts } from '../../shared/json-column.ts';
import type { BatchId, TaskIndex } from '../../shared/task.ts';
import type { TaskBlock, TaskSource } from '../pool/job.ts';
import type { PastAttempts, Store } from '../store/store.ts';
import type { Patience } from './patience.ts';

/** Tasks read at once, at most; and about how much text that may be. */
const pageTasks = 8192;
const pageCharacters = 8_000_000;

/**
 * The waiting tasks of a batch, read from the store a page ahead, while others are still being added to it.
 * However many there are, it holds two pages at most.
 */
export class StoreSource implements TaskSource {
  readonly #store: Store;
  readonly #patience: Patience;
  #batch: BatchId = 0;
  readonly #onError: (error: unknown) => void;
  #indices: TaskIndex[] = [];
  #texts: string[] = [];
  /** Of the tasks of the page, those that were attempted before. */
  readonly #past = new Map<TaskIndex, PastAttempts>();
  #taken = 0;
  /** Where reading goes on, and where the tasks that are known end. */
  #cursor: TaskIndex = 0;
  #known = 0;
  #complete = false;
  #reading = false;
  #limit = 256;
  onMore = () => {};

  /** @param onError told what keeps it from reading on. */
  constructor(store: Store, patience: Patience, onError: (error: unknown) => void) {
    this.#store = store;
    this.#patience = patience;
    this.#onError = onError;
  }

  /** The batch is there. */
  open(batch: BatchId): void {
    this.#batch = batch;
  }

  /** The store holds this many tasks now. */
  added(known: number): void {
    this.#known = known;
    this.#readAhead();
  }

  /** No more will be added. */
  complete(): void {
    this.#complete = true;
    this.onMore();
  }

  get waiting(): number {
    return this.#indices.length - this.#taken;
  }

  get total(): number | null {
    return this.#complete ? this.#known : null;
  }

  holds(index: TaskIndex): boolean {
    if (index >= this.#cursor) return index < this.#known;
    return this.#indices.indexOf(index, this.#taken) >= 0;
  }

  get done(): boolean {
    return this.#complete && this.waiting === 0 && this.#cursor >= this.#known && !this.#reading;
  }

  take(max: number): TaskBlock | null {
    if (this.waiting === 0) return null;
    const end = Math.min(this.#indices.length, this.#taken + max);
    const block: TaskBlock = {
      indices: this.#indices.slice(this.#taken, end),
      inputs: this.#texts.slice(this.#taken, end).join('\n'),
    };
    if (this.#past.size > 0) block.past = this.#takePast(block.indices);
    this.#taken = end;
    this.#readAhead();
    return block;
  }

  #takePast(indices: TaskIndex[]): PastAttempts[] {
    return indices.flatMap((index) => {
      const past = this.#past.get(index);
      this.#past.delete(index);
      return past ?? [];
    });
  }

  #readAhead(): void {
    if (this.#reading || this.#cursor >= this.#known || this.waiting > this.#limit / 2) return;
    this.#reading = true;
    this.#read().then(
      () => this.onMore(),
      (error) => this.#onError(error),
    );
  }

  async #read(): Promise<void> {
    const known = this.#known;
    const { indices, inputs, past } = await this.#patience.until(() =>
      this.#store.readWaiting(this.#batch, this.#cursor, this.#limit),
    );
    for (const each of past) this.#past.set(each.index, each);
    this.#indices = [...this.#indices.slice(this.#taken), ...indices];
    this.#texts = [...this.#texts.slice(this.#taken), ...columnTexts(inputs, indices.length)];
    this.#taken = 0;
    // Only none at all means that none is left: large inputs come fewer than asked for.
    this.#cursor = indices.length === 0 ? known : indices.at(-1)! + 1;
    // The next page: as many as fit the budget, judged by this one.
    const mean = indices.length === 0 ? 1 : inputs.length / indices.length;
    this.#limit = Math.max(16, Math.min(pageTasks, Math.floor(pageCharacters / Math.max(1, mean))));
    this.#reading = false;
    this.#readAhead();
  }
}
