import type {
  Comparison,
  ComparisonPage,
  ComparisonQuery,
  Threshold,
} from '../../shared/contract/compare.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { BatchId } from '../../shared/task.ts';
import type { Store } from '../store/store.ts';

/** Compares two batches input by input. Throws `NO_SUCH_BATCH`, and `SAME_BATCH` where they are one. */
export interface CompareApi {
  /** Compares them anew where one of them has changed. */
  open(before: BatchId, after: BatchId, threshold: Threshold): Promise<Comparison>;
  /** Rows of what {@link open} found. */
  rows(query: ComparisonQuery, from: number, count: number): Promise<ComparisonPage>;
}

export class Comparisons implements CompareApi {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async open(before: BatchId, after: BatchId, threshold: Threshold): Promise<Comparison> {
    requireTwo(before, after);
    return this.#store.compare(before, after, threshold);
  }

  async rows(query: ComparisonQuery, from: number, count: number): Promise<ComparisonPage> {
    requireTwo(query.before, query.after);
    return this.#store.comparedRows(query, from, count);
  }
}

function requireTwo(before: BatchId, after: BatchId): void {
  if (before !== after) return;
  throw new PoolboardError('SAME_BATCH', `Batch ${before} is the same as itself: choose another one.`);
}
