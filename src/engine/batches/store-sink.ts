import type { PoolboardError } from '../../shared/errors.ts';
import type { BatchId, OutputPiece, TaskIndex, TaskProgress } from '../../shared/task.ts';
import type { EndedAttempts, JobEnd, ResultSink } from '../pool/job.ts';
import type { EndedCounts, ResultCommit, Store } from '../store/store.ts';
import type { Trimmed } from '../store/trim-output.ts';
import { HeldOutput } from './held-output.ts';
import { LongOutput } from './long-output.ts';
import type { Patience } from './patience.ts';

/** Results that are on their way to the disk, at most, before the pool is held back. */
const maxTasks = 10_000;
const maxCharacters = 32_000_000;

export interface SinkListener {
  /** The batch; asked for with the first result. */
  readonly id: BatchId;
  /** These are on disk; `counts` says how many tasks ended by them. */
  committed(ended: EndedAttempts, counts: EndedCounts): void;
  output(pieces: OutputPiece[]): void;
  /** This output is in the store; it was told of before, all but the words for what was left out. */
  outputWritten(pieces: OutputPiece[]): void;
  progress(index: TaskIndex, progress: TaskProgress): void;
  /** The sink has room again. */
  roomy(): void;
  obstructed(error: PoolboardError | null): void;
  /** The store will never take what it was given: the batch cannot go on. */
  fail(error: unknown): void;
  finished(end: JobEnd): void;
}

/**
 * Commits a job's results to the store, and tells of them once they are there. While the store is behind it
 * says that it is full, so that the pool slows down and memory stays bounded.
 */
export class StoreSink implements ResultSink {
  readonly #store: Store;
  readonly #patience: Patience;
  readonly #listener: SinkListener;
  #tasks = 0;
  #characters = 0;
  #writes = 0;
  /** Those of them that have not been handed over. */
  #inLine = 0;
  /** Settled once the write that came last is done. */
  #last: Promise<void> = Promise.resolve();
  #drained: (() => void)[] = [];
  /** Output that is written once the store has caught up. */
  readonly #held = new HeldOutput();
  readonly #long = new LongOutput((index, former) => this.#trim(index, former));

  constructor(store: Store, patience: Patience, listener: SinkListener) {
    this.#store = store;
    this.#patience = patience;
    this.#listener = listener;
  }

  get full(): boolean {
    return this.#patience.isStuck || this.#tasks > maxTasks || this.#characters > maxCharacters;
  }

  ended(ended: EndedAttempts): void {
    // What was held of its output comes before its end.
    const earlier = this.#held.take(ended.worker);
    const commit = toCommit(this.#listener.id, ended, earlier);
    void this.#write(
      ended.indices.length,
      commit.values.length + lengthOf(commit.output),
      async () => {
        const [counts] = await this.#store.commit([commit]);
        return counts!;
      },
      (counts) => {
        if (earlier.length > 0) this.#listener.outputWritten(earlier);
        this.#listener.committed(ended, counts);
      },
    );
    this.#long.printed(earlier);
    this.#long.ended(ended);
  }

  output(pieces: OutputPiece[], worker: number): void {
    if (this.#isBehind || !this.#held.isEmpty) this.#held.add(pieces, worker);
    else this.#writeOutput(pieces, worker);
    this.#listener.output(pieces);
  }

  progress(index: TaskIndex, progress: TaskProgress): void {
    this.#listener.progress(index, progress);
  }

  obstructed(error: PoolboardError | null): void {
    this.#listener.obstructed(error);
  }

  finished(end: JobEnd): void {
    void this.drained().then(() => this.#listener.finished(end));
  }

  /** Resolves when all that was handed over is on disk. */
  async drained(): Promise<void> {
    if (this.#writes > 0) await new Promise<void>((resolve) => this.#drained.push(resolve));
  }

  /**
   * Tasks that run cannot be told to print no more. While this is so their output is held, which is bounded, and
   * not handed over: each write that waits for the store takes memory.
   */
  get #isBehind(): boolean {
    return this.#writes > 0 && (this.#patience.isStuck || this.#characters > maxCharacters);
  }

  #writeOutput(pieces: OutputPiece[], worker: number): void {
    void this.#write(
      0,
      lengthOf(pieces),
      () => this.#store.addOutput(this.#listener.id, pieces, worker),
      () => this.#listener.outputWritten(pieces),
    );
    this.#long.printed(pieces);
  }

  async #trim(index: TaskIndex, former: Trimmed): Promise<Trimmed> {
    let trimmed = former;
    await this.#write(
      0,
      0,
      () => this.#store.trimOutput(this.#listener.id, index, former),
      (result) => {
        trimmed = result;
      },
    );
    return trimmed;
  }

  /** Never rejects. While a write waits for the store, those that come stand in line behind it, in their order. */
  async #write<T>(
    tasks: number,
    characters: number,
    write: () => Promise<T>,
    done: (result: T) => void = () => {},
  ): Promise<void> {
    const former = this.#last;
    const own = Promise.withResolvers<void>();
    this.#last = own.promise;
    const waits = this.#inLine > 0 || (this.#writes > 0 && this.#patience.isStuck);
    this.#writes += 1;
    this.#tasks += tasks;
    this.#characters += characters;
    if (waits) {
      this.#inLine += 1;
      await former;
      this.#inLine -= 1;
    }
    try {
      done(await this.#patience.until(write));
    } catch (error) {
      this.#listener.fail(error);
    }
    own.resolve();
    const wasFull = this.full;
    this.#tasks -= tasks;
    this.#characters -= characters;
    this.#writes -= 1;
    // The last write that is under way always comes here: nothing is held for good.
    if (!this.#isBehind) this.#writeHeld();
    if (wasFull && !this.full) this.#listener.roomy();
    if (this.#writes === 0) this.#tellDrained();
  }

  #writeHeld(): void {
    for (const worker of this.#held.workers) this.#writeOutput(this.#held.take(worker), worker);
  }

  #tellDrained(): void {
    const waiting = this.#drained;
    this.#drained = [];
    for (const resolve of waiting) resolve();
  }
}

/** @param earlier output that is written before that of these attempts. */
function toCommit(batch: BatchId, ended: EndedAttempts, earlier: OutputPiece[]): ResultCommit {
  const { worker, indices, outcomes, states, values, startedAt, ms, attempts } = ended;
  if (typeof values !== 'string') throw new TypeError('Batches of the store carry their values as JSON.');
  const output = earlier.length > 0 ? [...earlier, ...ended.output] : ended.output;
  return { batch, worker, indices, outcomes, states, values, startedAt, ms, attempts, output };
}

const lengthOf = (pieces: readonly OutputPiece[]): number =>
  pieces.reduce((sum, { text }) => sum + text.length, 0);
