import { PoolboardError } from '../../shared/errors.ts';
import { maxBlockInputs, type Slice } from './block.ts';

/** The sources of a product but the first are held in memory, up to this. */
const maxHeldInputs = 1_000_000;
const maxHeldCharacters = 128_000_000;

/**
 * All combinations, each an array with an input of each source; the last source varies fastest. The first
 * source is streamed; the others are held. Throws `TOO_MANY_INPUTS` where they are too large for that.
 */
export async function* productSlices(sources: AsyncIterable<Slice>[]): AsyncGenerator<Slice> {
  const [outer, ...inner] = sources;
  if (!outer) return;
  const tails = combinations(await Promise.all(inner.map(hold)));
  for await (const { texts } of outer) {
    let pairs: string[] = [];
    for (const text of texts) {
      for (const tail of tails()) {
        pairs.push(`[${text},${tail}]`);
        if (pairs.length < maxBlockInputs) continue;
        yield { texts: pairs };
        pairs = [];
      }
    }
    if (pairs.length > 0) yield { texts: pairs };
  }
}

/** All combinations of the held inputs, `b,c` as in `[a,b,c]`, made anew each time rather than kept. */
function combinations(held: string[][]): () => Iterable<string> {
  return function* tails(from = 0): Generator<string> {
    for (const text of held[from] ?? []) {
      if (from === held.length - 1) yield text;
      else for (const rest of tails(from + 1)) yield `${text},${rest}`;
    }
  };
}

async function hold(source: AsyncIterable<Slice>): Promise<string[]> {
  const held: string[] = [];
  let characters = 0;
  for await (const { texts } of source) {
    for (const text of texts) {
      held.push(text);
      characters += text.length;
    }
    if (held.length > maxHeldInputs || characters > maxHeldCharacters) {
      throw new PoolboardError(
        'TOO_MANY_INPUTS',
        `A source after the first one has more than ${held.length} inputs, too many to combine: put the largest source first.`,
      );
    }
  }
  return held;
}

/** The sources in step, each input an array with one of each; ends with the shortest, and says so. */
export async function* zipSlices(
  sources: AsyncIterable<Slice>[],
  warn: (sentence: string) => void,
): AsyncGenerator<Slice> {
  const readers = sources.map((source) => new Reader(source));
  let count = 0;
  try {
    for (;;) {
      const available = await Promise.all(readers.map((reader) => reader.available()));
      const step = Math.min(...available);
      if (step === 0) break;
      const columns = readers.map((reader) => reader.take(step));
      const texts = Array.from(
        { length: step },
        (_, i) => `[${columns.map((column) => column[i]).join(',')}]`,
      );
      count += step;
      yield { texts };
    }
    const ended = readers.findIndex((reader) => reader.isEmpty);
    if (readers.some((reader) => !reader.isEmpty)) {
      warn(`The sources differ in length: stopped after ${count} inputs, where source ${ended + 1} ended.`);
    }
  } finally {
    for (const reader of readers) reader.close();
  }
}

/** A source of which some inputs are waiting to be taken. */
class Reader {
  private readonly iterator: AsyncIterator<Slice>;
  private waiting: string[] = [];

  constructor(source: AsyncIterable<Slice>) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** How many inputs wait; asks for more where none do. 0: the source has ended. */
  async available(): Promise<number> {
    while (this.isEmpty) {
      const next = await this.iterator.next();
      if (next.done) return 0;
      this.waiting = next.value.texts;
    }
    return this.waiting.length;
  }

  take(count: number): string[] {
    const taken = this.waiting.slice(0, count);
    this.waiting = this.waiting.slice(count);
    return taken;
  }

  /** Does not wait: a source that is in the middle of something ends when its signal aborts. */
  close(): void {
    this.iterator.return?.().catch(() => {});
  }
}
