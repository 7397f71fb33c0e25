import type { PoolboardError } from '../../shared/errors.ts';
import type { BatchId, OutputPiece, TaskIndex, TaskProgress } from '../../shared/task.ts';
import type { EndedAttempts, JobEnd, ResultSink } from '../pool/job.ts';
import type { EndedCounts, ResultCommit, Store } from '../store/store.ts';
import type { Trimmed } from '../store/trim-output.ts';
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
  /** Output is in the store that was told of before. */
  outputWritten(): void;
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
  #drained: (() => void)[] = [];
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
    const commit = toCommit(this.#listener.id, ended);
    void this.#write(
      ended.indices.length,
      commit.values.length,
      async () => {
        const [counts] = await this.#store.commit([commit]);
        return counts!;
      },
      (counts) => this.#listener.committed(ended, counts),
    );
    this.#long.ended(ended);
  }

  output(pieces: OutputPiece[], worker: number): void {
    const characters = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
    void this.#write(
      0,
      characters,
      () => this.#store.addOutput(this.#listener.id, pieces, worker),
      () => this.#listener.outputWritten(),
    );
    this.#long.printed(pieces);
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

  async #write<T>(
    tasks: number,
    characters: number,
    write: () => Promise<T>,
    done: (result: T) => void = () => {},
  ): Promise<void> {
    this.#writes += 1;
    this.#tasks += tasks;
    this.#characters += characters;
    try {
      done(await this.#patience.until(write));
    } catch (error) {
      this.#listener.fail(error);
    }
    const wasFull = this.full;
    this.#tasks -= tasks;
    this.#characters -= characters;
    this.#writes -= 1;
    if (wasFull && !this.full) this.#listener.roomy();
    if (this.#writes === 0) this.#tellDrained();
  }

  #tellDrained(): void {
    const waiting = this.#drained;
    this.#drained = [];
    for (const resolve of waiting) resolve();
  }
}

function toCommit(batch: BatchId, ended: EndedAttempts): ResultCommit {
  const { worker, indices, outcomes, states, values, startedAt, ms, attempts, output } = ended;
  if (typeof values !== 'string') throw new TypeError('Batches of the store carry their values as JSON.');
  return { batch, worker, indices, outcomes, states, values, startedAt, ms, attempts, output };
}
