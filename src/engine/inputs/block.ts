import type { JsonColumn } from '../../shared/json-column.ts';

/** A run of inputs, in order. */
export interface InputBlock {
  inputs: JsonColumn;
  count: number;
  /** Bytes of the files in it, where the inputs are files and `measure` was asked for. */
  bytes?: number;
}

export interface EnumerateOptions {
  /** Told a sentence about each input that is passed over. */
  warn: (sentence: string) => void;
  signal?: AbortSignal;
  /** What `-` reads. */
  stdin?: NodeJS.ReadableStream;
  /** What relative paths start from. Default: the working folder of the process. */
  cwd?: string;
  /** Sum up the bytes of files too: one more look at each file. Default: no. */
  measure?: boolean;
}

/** Inputs as a source finds them: as many as came at once, each as JSON text on one line. */
export interface Slice {
  texts: string[];
  bytes?: number;
}

/** What a source is given: as {@link EnumerateOptions}, with everything filled in. */
export interface SourceOptions {
  warn: (sentence: string) => void;
  /** Aborted when the consumer is done or gone: open streams must end then. */
  signal: AbortSignal;
  stdin?: NodeJS.ReadableStream;
  cwd: string;
  measure: boolean;
}

/** A block holds at most this many inputs, and ends with the input that takes it to this many characters. */
export const maxBlockInputs = 4096;
export const maxBlockCharacters = 1 << 20;
/** A source that pauses for this long has what it gave so far sent on. */
const pauseMs = 25;

/**
 * Packs slices into blocks. A block is not held back to be full: where the next slice takes its time (a slow
 * disk, a pipe that somebody types into), what is there goes out.
 * `abort` is called when the consumer stops early, so that a slice that is waited for comes to an end.
 */
export async function* toBlocks(slices: AsyncIterable<Slice>, abort: () => void): AsyncGenerator<InputBlock> {
  const iterator = slices[Symbol.asyncIterator]();
  const packer = new Packer();
  let next: Promise<IteratorResult<Slice>> | null = null;
  let ended = false;
  try {
    for (;;) {
      next ??= iterator.next();
      const result = packer.isEmpty ? await next : await orPause(next);
      if (result === 'paused') {
        yield packer.flush();
        continue;
      }
      next = null;
      if (result.done) break;
      yield* packer.add(result.value);
    }
    ended = true;
    if (!packer.isEmpty) yield packer.flush();
  } finally {
    if (!ended) {
      abort();
      // The consumer has its own reason to stop; what the source says of its end is of no use any more. A
      // source that is in the middle of something is not waited for.
      next?.catch(() => {});
      const closed = Promise.resolve(iterator.return?.()).catch(() => {});
      if (!next) await closed;
    }
  }
}

/** Collects inputs until a block is full. */
class Packer {
  private texts: string[] = [];
  private characters = 0;
  private bytes: number | undefined;

  get isEmpty(): boolean {
    return this.texts.length === 0;
  }

  /** Adds a slice and gives the blocks that it filled. */
  *add(slice: Slice): Generator<InputBlock> {
    if (slice.bytes !== undefined) this.bytes = (this.bytes ?? 0) + slice.bytes;
    for (const text of slice.texts) {
      this.texts.push(text);
      this.characters += text.length + 1;
      if (this.texts.length >= maxBlockInputs || this.characters >= maxBlockCharacters) yield this.flush();
    }
  }

  flush(): InputBlock {
    const block: InputBlock = { inputs: this.texts.join('\n'), count: this.texts.length };
    if (this.bytes !== undefined) block.bytes = this.bytes;
    this.texts = [];
    this.characters = 0;
    this.bytes = undefined;
    return block;
  }
}

async function orPause<T>(next: Promise<T>): Promise<T | 'paused'> {
  let timer: NodeJS.Timeout | undefined;
  const pause = new Promise<'paused'>((resolve) => {
    timer = setTimeout(resolve, pauseMs, 'paused');
  });
  try {
    return await Promise.race([next, pause]);
  } finally {
    clearTimeout(timer);
  }
}
