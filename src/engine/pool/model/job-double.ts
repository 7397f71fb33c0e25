import type { HaltRule, RetriedOutcome } from '../../../shared/batch.ts';
import { PoolboardError } from '../../../shared/errors.ts';
import { toColumn } from '../../../shared/json-column.ts';
import type { TaskState } from '../../../shared/task.ts';
import { isHalted } from '../halt.ts';
import type { EndedAttempts, JobEnd, JobSpec, PastAttempts, ResultSink, TaskSource } from '../job.ts';
import type { Nature } from './fake-worker.ts';
import { TaskBook } from './task-book.ts';

/** A job as a test makes one up. */
export interface MadeJob {
  tasks: number;
  /** Tasks that are there from the start; the others arrive later. */
  atOnce: number;
  encoding: 'json' | 'clone';
  runtime: 'a' | 'b';
  chunkSize: 'auto' | number;
  concurrency: 1 | 2 | 3;
  workers?: number;
  retries: number;
  retryOn?: RetriedOutcome[];
  retryDelayMs: number;
  timeoutMs?: number;
  timeoutPercent?: number;
  hangMs?: number;
  maxTasksPerWorker?: number;
  maxWorkerMemoryBytes?: number;
  halt?: HaltRule;
  /** Every so many tasks is not a plain one. */
  oddEvery: number;
  odd: Nature;
  /** The first tasks were attempted so often before; a crash each. */
  past: { tasks: number; attempts: number };
}

/** The plainest one: a task that succeeds. */
export const plainJob: Readonly<MadeJob> = {
  tasks: 1,
  atOnce: 1,
  encoding: 'json',
  runtime: 'a',
  chunkSize: 1,
  concurrency: 1,
  retries: 0,
  retryDelayMs: 0,
  oddEvery: 1,
  odd: 'plain',
  past: { tasks: 0, attempts: 1 },
};

/** What a pool is given of a job, where a test looks at nothing else of it. */
export const specOf = (made: MadeJob): JobSpec =>
  new JobDouble(
    made,
    () => 0,
    () => {},
  ).spec();

/** One job of a test: its tasks, what stands in its way, and the books that say what may be true of it. */
export class JobDouble implements TaskSource, ResultSink {
  readonly made: MadeJob;
  readonly book: TaskBook;
  /** Its number in the pool; 0 until it is there. */
  id = 0;
  isPrepared = false;
  cannotStart: unknown = null;
  isStarted = false;
  isPaused = false;
  full = false;
  /** What is in the way, and what the pool knows of it. */
  isObstructed = false;
  knownObstacle = false;
  isExcused = false;
  /** It was asked to end before its end. */
  stopped: 'canceled' | 'interrupted' | null = null;
  /** A worker could not load it. */
  hasFailedToLoad = false;
  end: JobEnd | null = null;
  /** Its halt rule has said that it stops; in this turn of the event loop. */
  haltedIn: number | null = null;
  #known: number;
  #next = 0;
  onMore = () => {};

  readonly #turn: () => number;
  readonly #wrong: (what: string) => void;

  /**
   * @param turn the number of the turn of the event loop.
   * @param wrong told what cannot be.
   */
  constructor(made: MadeJob, turn: () => number, wrong: (what: string) => void) {
    this.made = made;
    this.#known = Math.min(made.tasks, made.atOnce);
    this.#turn = turn;
    this.#wrong = (what) => wrong(`job ${this.id}: ${what}`);
    this.book = new TaskBook(this, this.#wrong);
  }

  natureOf(index: number): Nature {
    const { odd, oddEvery } = this.made;
    return index % oddEvery === oddEvery - 1 ? odd : 'plain';
  }

  spec(): JobSpec {
    const { encoding, runtime, ...made } = this.made;
    return {
      definition: { kind: 'source', source: runtime },
      params: {},
      encoding,
      options: {
        chunkSize: made.chunkSize,
        concurrency: made.concurrency,
        workers: made.workers,
        retries: made.retries,
        retryOn: made.retryOn,
        retryDelayMs: made.retryDelayMs,
        timeoutMs: made.timeoutMs,
        timeoutPercent: made.timeoutPercent,
        hangMs: made.hangMs,
        maxTasksPerWorker: made.maxTasksPerWorker,
        maxWorkerMemoryBytes: made.maxWorkerMemoryBytes,
        halt: made.halt,
      },
      source: this,
      sink: this,
      conditions: {
        obstacle: () => (this.isObstructed ? new PoolboardError('MACHINE_BUSY', 'Busy.') : null),
        excuse: () => (this.isExcused ? new PoolboardError('INPUTS_AWAY', 'Away.') : null),
      },
    };
  }

  /** Nothing of it may be sent to a worker now. */
  get isHeld(): boolean {
    const isHalted = this.haltedIn !== null && this.haltedIn < this.#turn();
    const isOver = this.end !== null || this.stopped !== null || isHalted;
    return isOver || !this.isStarted || this.isPaused || this.full || this.knownObstacle;
  }

  /** It is being ended before its end, or may be. */
  get mayBeEnding(): boolean {
    return this.stopped !== null || this.haltedIn !== null || this.hasFailedToLoad;
  }

  /** What tasks may be that were stopped because the job ends. */
  statesOfRest(): TaskState[] {
    const states: TaskState[] = [];
    if (this.stopped === 'interrupted') states.push('pending');
    if (this.haltedIn !== null) states.push('skipped');
    if (this.stopped === 'canceled' || this.hasFailedToLoad) states.push('canceled');
    return states;
  }

  /** Tasks that are there. */
  get known(): number {
    return this.#known;
  }

  inputOf(index: number): unknown {
    return `input ${index}`;
  }

  // --- the source ----------------------------------------------------------------------------------------

  arrive(count: number): void {
    this.#known = Math.min(this.made.tasks, this.#known + count);
    this.#judge();
    this.onMore();
  }

  get waiting(): number {
    return this.#known - this.#next;
  }

  get done(): boolean {
    return this.#next === this.made.tasks;
  }

  get total(): number | null {
    return this.#known === this.made.tasks ? this.#known : null;
  }

  holds(index: number): boolean {
    return index >= this.#next && index < this.#known;
  }

  take(max: number) {
    const indices: number[] = [];
    while (indices.length < max && this.#next < this.#known) indices.push(this.#next++);
    if (indices.length === 0) return null;
    const inputs = indices.map((index) => this.inputOf(index));
    const { attempts } = this.made.past;
    const past: PastAttempts[] = indices
      .filter((index) => index < this.made.past.tasks && attempts > 0)
      .map((index) => ({ index, attempts, crashes: Math.min(attempts, 1) }));
    const block = { indices, inputs: this.made.encoding === 'json' ? toColumn(inputs) : inputs };
    return past.length > 0 ? { ...block, past } : block;
  }

  // --- the sink ------------------------------------------------------------------------------------------

  ended(ended: EndedAttempts): void {
    if (this.end) this.#wrong('results came after its end');
    this.book.enter(ended);
    this.#judge();
  }

  #judge(): void {
    const { halt } = this.made;
    if (!halt || this.haltedIn !== null || this.stopped || this.end) return;
    const { succeeded, failed } = this.book.counts();
    if (isHalted(halt, { succeeded, failed }, this.total)) this.haltedIn = this.#turn();
  }

  output(): void {}
  progress(): void {}

  obstructed(error: PoolboardError | null): void {
    this.knownObstacle = error !== null;
  }

  finished(end: JobEnd): void {
    if (this.end) this.#wrong('it finished twice');
    this.end = end;
    const { reason } = end;
    if (reason === 'completed') {
      if (!this.done) this.#wrong('it is completed, and its source is not done');
      for (const index of this.book.open()) this.#wrong(`it is completed without an end of task ${index}`);
      if (this.haltedIn !== null) this.#wrong('it is completed though its rule had stopped it');
    } else if (reason === 'halted') {
      if (this.haltedIn === null) this.#wrong('it is halted, and its rule does not say so');
    } else if (reason === 'stopped') {
      if (!this.hasFailedToLoad) this.#wrong('it is stopped, and every worker could load it');
    } else if (this.stopped !== reason && !(this.stopped && this.haltedIn !== null)) {
      this.#wrong(`it ended as ${reason} and nobody asked for that`);
    }
  }
}
