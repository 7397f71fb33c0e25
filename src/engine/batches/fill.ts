import { type InputSource, type RangeSource as RangeInputs, rangeLength } from '../../shared/inputs.ts';
import { columnTexts } from '../../shared/json-column.ts';
import { type EnumerateOptions, enumerate, type InputBlock } from '../inputs/enumerate.ts';
import type { TaskSource } from '../pool/job.ts';
import type { Store } from '../store/store.ts';
import { RangeSource } from './range-source.ts';
import { StoreSource } from './store-source.ts';

/** Where a batch's tasks come from, and how they get into the store. */
export interface Filling {
  source: TaskSource;
  /** The first input, as a task receives it. */
  first: unknown;
  /** Puts all inputs into the store; resolves when they are there. */
  fill(to: FillTarget): Promise<void>;
  /** Nothing will be filled after all. */
  drop(): Promise<void>;
}

export interface FillTarget {
  batch: number;
  /** The store holds this many of the batch's tasks now. */
  grew: (total: number) => void;
}

/**
 * Opens an input source and reads the first inputs of it, so that a source that has none is refused before a
 * batch is made. Throws what `enumerate` throws.
 */
export async function openInputs(
  inputs: InputSource,
  store: Store,
  options: EnumerateOptions,
  onError: (error: unknown) => void,
): Promise<Filling> {
  if (inputs.kind === 'range' && rangeLength(inputs) > 0) return openRange(inputs, store);
  const blocks = enumerate(inputs, options)[Symbol.asyncIterator]();
  const first = await blocks.next();
  const source = new StoreSource(store, onError);
  return {
    source,
    first: first.done ? undefined : firstValue(first.value),
    async fill({ batch, grew }) {
      source.open(batch);
      let total = 0;
      for (let next: IteratorResult<InputBlock, void> = first; !next.done; next = await blocks.next()) {
        const { inputs: column, count } = next.value;
        await store.addInputs(batch, total, column, count);
        total += count;
        grew(total);
        source.added(total);
      }
      source.complete();
    },
    async drop() {
      await blocks.return?.();
    },
  };
}

function openRange(range: RangeInputs, store: Store): Filling {
  const count = rangeLength(range);
  return {
    source: new RangeSource(range.from, range.step, count),
    first: range.from,
    async fill({ batch, grew }) {
      grew(count);
      await store.addRange(batch, range.from, range.step, count);
    },
    async drop() {},
  };
}

function firstValue({ inputs, count }: InputBlock): unknown {
  return JSON.parse(columnTexts(inputs, count)[0] ?? 'null');
}
