import { toErrorInfo } from '../shared/errors.ts';
import { type AttemptOutcome, type OutputPiece, outcomeCode, type TaskIndex } from '../shared/task.ts';
import type { Encoding, FromWorker, JobId } from '../shared/wire.ts';
import { assertCloneable, encodeJson } from './encode.ts';
import { OutputBudget } from './output-budget.ts';
import { withoutOwnFrames } from './own-frames.ts';

/** Results wait this long, at most, before another task may start: what a crash leaves in doubt. */
const patienceMs = 2;
/** The same, once results are known to come by the thousand: a message each 2 ms would cost more than tasks do. */
const burstPatienceMs = 10;
const burst = 500;
const maxCharacters = 256 * 1024;
/** Output of a running task is shown at least this often. */
const liveOutputMs = 100;
/** Messages that the pool has not acknowledged, at most: the worker's share of memory being bounded. */
const maxUnacknowledged = 2;

/** A message longer than this, in characters, is on its way for as long as its reader takes, and this process yields. */
const largeCharacters = 32 * 1024;

/** Silent for longer than this, a worker asks before it starts what it was sent: it may be another's by now. */
const silenceMs = 100;

/** One attempt that ended. `value` is the result, or what was thrown. */
export interface Ended {
  index: TaskIndex;
  outcome: AttemptOutcome;
  value: unknown;
  /** Milliseconds since the epoch; 0 where the task never started. */
  startedAt: number;
  ms: number;
}

/**
 * Packs results in columns and posts them: when they have waited long enough, when they are many, and when the
 * worker has nothing else to do. Holds the worker back while the pool is behind.
 */
export class Outbox {
  readonly #post: (message: FromWorker) => boolean;
  #job: JobId = 0;
  #encoding: Encoding = 'json';
  #indices: number[] = [];
  #outcomes: number[] = [];
  #values: unknown[] = [];
  #startedAt: number[] = [];
  #ms: number[] = [];
  #output: OutputPiece[] = [];
  #characters = 0;
  readonly #budget = new OutputBudget();
  #oldest = 0;
  #patience = patienceMs;
  #unacknowledged = 0;
  /** One of them is large, or was posted behind much output. */
  #isLarge = false;
  /** Characters of output that were posted after the last results. */
  #outputAhead = 0;
  #waiters: (() => void)[] = [];
  /** When the pool last knew what this worker is at, on the clock of `performance.now()`. */
  #knownAt = performance.now();
  /** When anything was last posted, on the clock of `performance.now()`. */
  lastPostAt = performance.now();

  /** @param post sends to the pool; see `Parent`. */
  constructor(post: (message: FromWorker) => boolean) {
    this.#post = post;
  }

  /** The job that results and output belong to. */
  get job(): JobId {
    return this.#job;
  }

  /** The pool knows what this worker is at: it has answered it, or so long ago has given it something to do. */
  isKnown(agoMs = 0): void {
    this.#knownAt = performance.now() - agoMs;
  }

  /** Whether the pool may have taken this worker for stuck, whose work is for others. */
  wasSilent(now: number): boolean {
    return now - this.#knownAt > silenceMs;
  }

  /** Results and output from here on belong to this job. */
  use(job: JobId, encoding: Encoding): void {
    if (job === this.#job) return;
    this.flush();
    this.#job = job;
    this.#encoding = encoding;
  }

  /** `now` is the end of the attempt on the clock of `performance.now()`. */
  add(ended: Ended, now: number): void {
    let { outcome, value } = ended;
    if (outcome !== 'ok') {
      value = this.#encodeError(value);
    } else if (this.#encoding === 'json') {
      try {
        value = encodeJson(value);
      } catch (error) {
        outcome = 'error';
        value = this.#encodeError(error);
      }
    }
    if (this.#indices.length === 0) this.#oldest = now;
    this.#indices.push(ended.index);
    this.#outcomes.push(outcomeCode(outcome));
    this.#values.push(value);
    this.#startedAt.push(ended.startedAt);
    this.#ms.push(ended.ms);
    if (typeof value === 'string') this.#characters += value.length;
    else if (ArrayBuffer.isView(value)) this.#characters += value.byteLength;
  }

  print(piece: OutputPiece): void {
    if (!this.#budget.allows(piece.text.length)) {
      this.#budget.keep(piece);
      this.#send(this.#budget.take(false));
    } else this.#add(piece);
    // A task that never yields still shows its output while it runs.
    if (this.#characters >= maxCharacters || performance.now() - this.lastPostAt >= liveOutputMs)
      this.flush();
  }

  #add(piece: OutputPiece): void {
    const last = this.#output.at(-1);
    if (last && last.index === piece.index && last.stream === piece.stream && last.text.length < 4096) {
      last.text += piece.text;
    } else {
      this.#output.push(piece);
    }
    this.#characters += piece.text.length;
  }

  #send(pieces: OutputPiece[]): void {
    for (const piece of pieces) {
      this.#output.push(piece);
      this.#characters += piece.text.length;
    }
  }

  /** True where results have to be posted before another task may start. */
  isDue(now: number): boolean {
    return (
      (this.#indices.length > 0 && now - this.#oldest >= this.#patience) || this.#characters >= maxCharacters
    );
  }

  /** @param whole sends also what waits for the budget of output. */
  flush(whole = this.#indices.length > 0): void {
    // With the end of a task comes the end of its output.
    this.#send(this.#budget.take(whole));
    if (this.#indices.length > 0) this.#postResults();
    else if (this.#output.length > 0) this.#postOutput();
  }

  /** The pool is behind. */
  get blocked(): boolean {
    return this.#unacknowledged >= maxUnacknowledged;
  }

  /** Results may be on their way: a task that never yields would keep the pool from hearing all of them. */
  get isSending(): boolean {
    return this.#isLarge;
  }

  /** Resolves when the pool has caught up. */
  unblocked(): Promise<void> {
    return this.#until(() => !this.blocked);
  }

  /** Resolves when the pool has caught up, and heard what is large. */
  heard(): Promise<void> {
    return this.#until(() => !this.blocked && !this.isSending);
  }

  /** Resolves when the pool has acknowledged everything. */
  drained(): Promise<void> {
    this.flush();
    return this.#until(() => this.#unacknowledged === 0);
  }

  acknowledged(): void {
    this.#unacknowledged -= 1;
    if (this.#unacknowledged === 0) this.#isLarge = false;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  #postResults(): void {
    this.#patience = this.#indices.length >= burst ? burstPatienceMs : patienceMs;
    let isSent: boolean;
    try {
      isSent = this.#post(this.#pack());
    } catch {
      // Structured clone refused something and nothing was sent: find it, then send the rest.
      this.#refuseUncloneable();
      isSent = this.#post(this.#pack());
    }
    this.#unacknowledged += 1;
    this.#isLarge ||= !isSent || this.#outputAhead + this.#characters > largeCharacters;
    this.#outputAhead = 0;
    this.lastPostAt = performance.now();
    // A long silence stays one until the pool was asked.
    if (!this.wasSilent(this.lastPostAt)) this.#knownAt = this.lastPostAt;
    this.#indices = [];
    this.#outcomes = [];
    this.#values = [];
    this.#startedAt = [];
    this.#ms = [];
    this.#output = [];
    this.#characters = 0;
  }

  #pack(): FromWorker {
    return {
      type: 'results',
      job: this.#job,
      indices: this.#indices,
      outcomes: new Uint8Array(this.#outcomes),
      values: this.#encoding === 'json' ? this.#values.join('\n') : this.#values,
      startedAt: new Float64Array(this.#startedAt),
      ms: new Float64Array(this.#ms),
      output: this.#output,
    };
  }

  #refuseUncloneable(): void {
    for (const [i, value] of this.#values.entries()) {
      try {
        assertCloneable(value);
      } catch (error) {
        this.#outcomes[i] = outcomeCode('error');
        this.#values[i] = toErrorInfo(error);
      }
    }
  }

  #postOutput(): void {
    this.#post({ type: 'output', job: this.#job, output: this.#output });
    this.#outputAhead += this.#characters;
    this.lastPostAt = performance.now();
    this.#output = [];
    this.#characters = 0;
  }

  #encodeError(thrown: unknown): unknown {
    const info = toErrorInfo(thrown);
    if (info.stack) info.stack = withoutOwnFrames(info.stack);
    return this.#encoding === 'json' ? JSON.stringify(info) : info;
  }
}
