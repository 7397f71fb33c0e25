import { type BatchSummary, type Priority, priorityCode } from '../../shared/batch.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { BatchId } from '../../shared/task.ts';
import type { BatchRun } from '../batches/batch-run.ts';
import { inOrder, moved, placeBehind, type Waiting } from './order.ts';

/** Which batches run first. All of it throws `NO_SUCH_BATCH`, or `NOT_RUNNING` where this program does not run it. */
export interface QueueApi {
  /** Puts a queued batch before another one; null: behind all. Throws `NOT_QUEUED`. */
  move(batch: BatchId, before: BatchId | null): Promise<void>;
  /** Lets a queued batch start although others still run. */
  startNow(batch: BatchId): Promise<BatchSummary>;
  setPriority(batch: BatchId, priority: Priority): Promise<BatchSummary>;
}

export interface QueueOptions {
  /** The batches that this program runs, those that wait included. */
  runs: ReadonlyMap<BatchId, BatchRun>;
  /** One of them; throws where it is not there. */
  runOf: (id: BatchId, what: string) => Promise<BatchRun>;
}

/**
 * The batches that wait until the others are done. The first of them starts when no other batch of this program
 * is under way: a paused one is, and so is one that was started past the queue.
 */
export class BatchQueue implements QueueApi {
  readonly #runs: QueueOptions['runs'];
  readonly #runOf: QueueOptions['runOf'];

  constructor({ runs, runOf }: QueueOptions) {
    this.#runs = runs;
    this.#runOf = runOf;
  }

  /** The place behind all that wait. */
  get lastPlace(): number {
    return placeBehind(this.#waiting());
  }

  /** A batch has come or ended: the next one may start. */
  check(): void {
    const waiting = this.#waiting();
    const [next] = inOrder(waiting);
    if (next && waiting.length === this.#runs.size) next.run.release();
  }

  async move(id: BatchId, before: BatchId | null): Promise<void> {
    const run = await this.#runOf(id, 'moved');
    if (run.place === null) throw notQueued(run);
    for (const [each, place] of moved(this.#waiting(), id, before)) this.#runs.get(each)?.moveTo(place);
  }

  async startNow(id: BatchId): Promise<BatchSummary> {
    const run = await this.#runOf(id, 'started');
    run.release();
    return run.summary();
  }

  async setPriority(id: BatchId, priority: Priority): Promise<BatchSummary> {
    const run = await this.#runOf(id, 'given another priority');
    run.setPriority(priorityCode(priority));
    return run.summary();
  }

  #waiting(): (Waiting & { run: BatchRun })[] {
    return [...this.#runs.values()].flatMap((run) =>
      run.place === null ? [] : [{ id: run.id, place: run.place, run }],
    );
  }
}

function notQueued(run: BatchRun): PoolboardError {
  const { id, name, state } = run.summary();
  return new PoolboardError(
    'NOT_QUEUED',
    `Batch ${id} (${name}) does not wait for its turn: it is ${state}.`,
  );
}
