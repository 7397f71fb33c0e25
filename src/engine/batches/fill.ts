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
  /** Puts all inputs into the store; resolves when they are there, or with false where it was left before. */
  fill(to: FillTarget): Promise<boolean>;
  /** No more inputs are wanted: those that are in the store are all that there are. */
  stop(): void;
  /** The batch is over before its inputs are: puts no more into the store. True where `fill` ends soon by that. */
  leave(): boolean;
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
  let isLeft = false;
  const stop = () => stopped.resolve({ done: true, value: undefined });
  return {
    source,
    first: first.done ? undefined : firstValue(first.value),
    async fill({ batch, grew }) {
      source.open(batch);
      let total = 0;
      let next: IteratorResult<InputBlock, void> = first;
      while (!next.done && !isLeft) {
        const { inputs: column, count } = next.value;
        const from = total;
        await patience.until(() => store.addInputs(batch, from, column, count));
        total += count;
        grew(total);
        source.added(total);
        // The next input may never come: a line of standard input.
        next = await Promise.race([blocks.next(), stopped.promise]);
      }
      if (isLeft) return false;
      source.complete();
      return true;
    },
    stop,
    leave() {
      isLeft = true;
      stop();
      return true;
    },
    async drop() {
      await blocks.return?.();
    },
  };
}

function openRange(range: RangeInputs, tools: FillTools): FirstFilling {
  const count = rangeLength(range);
  const source = new RangeSource(range.from, range.step, count);
  let isLeft = false;
  return {
    source,
    first: range.from,
    async fill({ batch, grew }) {
      grew(count);
      // What has run has to be in the store.
      const there = await fillRange(range, tools, batch, 0, (so) => isLeft && so >= count - source.waiting);
      if (there < count) grew(there);
      return there === count;
    },
    // All of a range is there from its first moment.
    stop() {},
    leave() {
      isLeft = true;
      return true;
    },
    async drop() {},
  };
}

/** Tasks of a range that are put into the store in one go, in a quarter of a second: so soon it can be left. */
const rangePiece = 500_000;
/** It is not left where so many or fewer are missing: within a second the batch has all that it was made for. */
const shortRest = 2_000_000;

/**
 * Puts a range into the store, behind the tasks that the batch has already.
 * @param isEnough asked with how many there are, where many are missing: whether they are not wanted any more.
 * @returns how many there are at its end.
 */
export async function fillRange(
  range: RangeInputs,
  { store, patience }: Pick<FillTools, 'store' | 'patience'>,
  batch: BatchId,
  from: number,
  isEnough: (there: number) => boolean,
): Promise<number> {
  const count = rangeLength(range);
  for (let there = from; ; ) {
    there = Math.min(count, there + rangePiece);
    const end = there;
    await patience.until(() => store.addRange(batch, range.from, range.step, end));
    if (there === count || (count - there > shortRest && isEnough(there))) return there;
  }
}

function firstValue({ inputs, count }: InputBlock): unknown {
  return JSON.parse(columnTexts(inputs, count)[0] ?? 'null');
}
