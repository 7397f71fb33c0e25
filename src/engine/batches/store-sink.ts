import { PoolboardError } from '../../shared/errors.ts';
import type { BatchId, OutputPiece, TaskIndex, TaskProgress } from '../../shared/task.ts';
import type { EndedAttempts, JobEnd, ResultSink } from '../pool/job.ts';
import type { ResultCommit, Store } from '../store/store.ts';

/** Results that are on their way to the disk, at most, before the pool is held back. */
const maxTasks = 10_000;
const maxCharacters = 32_000_000;
/** After a failed commit (a full disk, a locked database) it is tried again this often, milliseconds. */
const retryMs = 2000;

export interface SinkListener {
  /** The batch; asked for with the first result. */
  readonly id: BatchId;
  /** These are on disk. */
  committed(ended: EndedAttempts): void;
  output(pieces: OutputPiece[]): void;
  progress(index: TaskIndex, progress: TaskProgress): void;
  /** The sink has room again. */
  roomy(): void;
  /** The store refuses to write: what was handed over is kept and tried again. Null: it writes again. */
  stuck(error: unknown | null): void;
  /** The store will never take what it was given: the batch cannot go on. */
  fail(error: unknown): void;
  finished(end: JobEnd): void;
}

/** Errors of the store that trying again does not mend. */
const finalErrors = ['BAD_COMMIT', 'NO_SUCH_BATCH', 'STORE_TOO_BIG', 'STORE_CLOSED'];
const isFinal = (error: unknown) => error instanceof PoolboardError && finalErrors.includes(error.code);

/**
 * Commits a job's results to the store, and tells of them once they are there. While the store is behind it
 * says that it is full, so that the pool slows down and memory stays bounded.
 */
export class StoreSink implements ResultSink {
  readonly #store: Store;
  readonly #listener: SinkListener;
  #tasks = 0;
  #characters = 0;
  #isStuck = false;
  #writes = 0;
  #drained: (() => void)[] = [];

  constructor(store: Store, listener: SinkListener) {
    this.#store = store;
    this.#listener = listener;
  }

  get full(): boolean {
    return this.#isStuck || this.#tasks > maxTasks || this.#characters > maxCharacters;
  }

  ended(ended: EndedAttempts): void {
    const commit = toCommit(this.#listener.id, ended);
    void this.#write(ended.indices.length, commit.values.length, () => this.#store.commit([commit])).then(
      () => this.#listener.committed(ended),
    );
  }

  output(pieces: OutputPiece[]): void {
    const characters = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
    void this.#write(0, characters, () => this.#store.addOutput(this.#listener.id, pieces));
    this.#listener.output(pieces);
  }

  progress(index: TaskIndex, progress: TaskProgress): void {
    this.#listener.progress(index, progress);
  }

  finished(end: JobEnd): void {
    void this.drained().then(() => this.#listener.finished(end));
  }

  /** Resolves when all that was handed over is on disk. */
  async drained(): Promise<void> {
    if (this.#writes > 0) await new Promise<void>((resolve) => this.#drained.push(resolve));
  }

  async #write(tasks: number, characters: number, write: () => Promise<void>): Promise<void> {
    this.#writes += 1;
    this.#tasks += tasks;
    this.#characters += characters;
    while (!(await this.#attempt(write))) await new Promise((resolve) => setTimeout(resolve, retryMs));
    const wasFull = this.full;
    this.#tasks -= tasks;
    this.#characters -= characters;
    this.#writes -= 1;
    if (wasFull && !this.full) this.#listener.roomy();
    // After the listeners of this very write: `committed` comes before `finished`.
    if (this.#writes === 0) queueMicrotask(() => queueMicrotask(() => this.#tellDrained()));
  }

  async #attempt(write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
    } catch (error) {
      if (isFinal(error)) {
        this.#listener.fail(error);
        return true;
      }
      if (!this.#isStuck) this.#listener.stuck(error);
      this.#isStuck = true;
      return false;
    }
    if (this.#isStuck) {
      this.#isStuck = false;
      this.#listener.stuck(null);
      this.#listener.roomy();
    }
    return true;
  }

  #tellDrained(): void {
    if (this.#writes > 0) return;
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
