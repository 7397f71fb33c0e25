import { type InputSource, type RangeSource as RangeInputs, rangeLength } from '../../shared/inputs.ts';
import { columnTexts } from '../../shared/json-column.ts';
import type { BatchId } from '../../shared/task.ts';
import { type EnumerateOptions, enumerate, type InputBlock } from '../inputs/enumerate.ts';
import type { TaskSource } from '../pool/job.ts';
import type { Store } from '../store/store.ts';
import type { Patience } from './patience.ts';
import { RangeSource } from './range-source.ts';
import { StoreSource } from './store-source.ts';
import { openWatch } from './watch-fill.ts';

/** Where a batch's tasks come from, and how they get into the store. */
export interface Filling {
  source: TaskSource;
  /** Puts all inputs into the store; resolves when they are there. */
  fill(to: FillTarget): Promise<void>;
  /** No more inputs are wanted: those that are in the store are all that there are. */
  stop(): void;
}

/** The filling of a new batch. */
export interface FirstFilling extends Filling {
  /** The first input, as a task receives it. */
  first: unknown;
  /** Nothing will be filled after all. */
  drop(): Promise<void>;
}

export interface FillTarget {
  batch: BatchId;
  /** The store holds this many of the batch's tasks now. */
  grew: (total: number) => void;
}

/** What fillings need. */
export interface FillTools {
  store: Store;
  patience: Patience;
  /** How inputs are enumerated, and whom passed-over ones are told to. */
  enumerating: EnumerateOptions;
  /** Told what keeps tasks from being read back from the store. */
  onError: (error: unknown) => void;
  /** Told that a watched folder is away, and, by null, that it is back. */
  onAway: (folder: string | null) => void;
}

/**
 * Opens an input source and reads the first inputs of it, so that a source that has none is refused before a
 * batch is made. Throws what `enumerate` throws.
 */
export async function openInputs(inputs: InputSource, tools: FillTools): Promise<FirstFilling> {
  if (inputs.kind === 'watch') return openWatch(inputs, tools);
  if (inputs.kind === 'range' && rangeLength(inputs) > 0) return openRange(inputs, tools);
  const { store, patience, onError } = tools;
  const blocks = enumerate(inputs, tools.enumerating)[Symbol.asyncIterator]();
  const first = await blocks.next();
  const source = new StoreSource(store, patience, onError);
  const stopped = Promise.withResolvers<{ done: true; value: undefined }>();
  return {
    source,
    first: first.done ? undefined : firstValue(first.value),
    async fill({ batch, grew }) {
      source.open(batch);
      let total = 0;
      let next: IteratorResult<InputBlock, void> = first;
      while (!next.done) {
        const { inputs: column, count } = next.value;
        const from = total;
        await patience.until(() => store.addInputs(batch, from, column, count));
        total += count;
        grew(total);
        source.added(total);
        // The next input may never come: a line of standard input.
        next = await Promise.race([blocks.next(), stopped.promise]);
      }
      source.complete();
    },
    stop() {
      stopped.resolve({ done: true, value: undefined });
    },
    async drop() {
      await blocks.return?.();
    },
  };
}

function openRange(range: RangeInputs, { store, patience }: FillTools): FirstFilling {
  const count = rangeLength(range);
  return {
    source: new RangeSource(range.from, range.step, count),
    first: range.from,
    async fill({ batch, grew }) {
      grew(count);
      await patience.until(() => store.addRange(batch, range.from, range.step, count));
    },
    // All of a range is there from its first moment.
    stop() {},
    async drop() {},
  };
}

function firstValue({ inputs, count }: InputBlock): unknown {
  return JSON.parse(columnTexts(inputs, count)[0] ?? 'null');
}
