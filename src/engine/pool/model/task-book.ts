import type { ErrorInfo } from '../../../shared/errors.ts';
import { columnTexts } from '../../../shared/json-column.ts';
import { type AttemptOutcome, attemptOutcomes, type TaskState, taskStates } from '../../../shared/task.ts';
import type { EndedAttempts } from '../job.ts';
import type { FakeWorker, Run } from './fake-worker.ts';
import type { JobDouble } from './job-double.ts';

/** What is known of one task, and so what may still become of it. */
interface TaskFacts {
  final: TaskState | null;
  /** Attempts that were told of, those before this run of the job included. */
  attempts: number;
  /** Those that count. */
  counted: number;
  crashes: number;
  runs: Run[];
  /** The worker that it was last sent to. */
  sentTo: FakeWorker | null;
  /** Those of its runs of which an attempt was told. */
  told: Set<Run>;
  /** Somebody has canceled it, and it had not ended. */
  isCanceled: boolean;
  /** The workers that had it when it was canceled, until they hear of that. */
  canceledIn: Set<FakeWorker>;
  /** No attempt of it may start before; on the clock of `performance.now()`. */
  notBefore: number;
}

const mostCrashes = 3;

/**
 * The model of a job: each task has an end once and only once, its attempts are numbered without a gap and are
 * as many as they may be, and what is told of them is what workers did.
 */
export class TaskBook {
  readonly #job: JobDouble;
  readonly #wrong: (what: string) => void;
  readonly #tasks: TaskFacts[];

  constructor(job: JobDouble, wrong: (what: string) => void) {
    this.#job = job;
    this.#wrong = wrong;
    const { tasks, past } = job.made;
    this.#tasks = Array.from({ length: tasks }, (_, index) => ({
      final: null,
      attempts: index < past.tasks ? past.attempts : 0,
      counted: 0,
      crashes: index < past.tasks ? Math.min(past.attempts, 1) : 0,
      runs: [],
      sentTo: null,
      told: new Set(),
      isCanceled: false,
      canceledIn: new Set(),
      notBefore: 0,
    }));
  }

  /** Tasks without an end. */
  open(): number[] {
    return this.#tasks.flatMap((task, index) => (task.final === null ? [index] : []));
  }

  counts(): Record<TaskState, number> {
    const counts = { pending: 0, running: 0, succeeded: 0, failed: 0, canceled: 0, skipped: 0 };
    for (const { final } of this.#tasks) counts[final ?? 'pending'] += 1;
    return counts;
  }

  finalOf(index: number): TaskState | null {
    return this.#tasks[index]!.final;
  }

  runsOf(index: number): readonly Run[] {
    return this.#tasks[index]!.runs;
  }

  // --- what happens --------------------------------------------------------------------------------------

  started(run: Run): void {
    const task = this.#tasks[run.index]!;
    const what = `task ${run.index} started in worker ${run.worker.id}`;
    if (task.final !== null) this.#wrong(`${what} though it is ${task.final}`);
    const elsewhere = task.runs.find((other) => other.state === 'open' && !other.worker.isGivenUp);
    if (elsewhere) this.#wrong(`${what} while it runs in worker ${elsewhere.worker.id}`);
    if (task.isCanceled && !task.canceledIn.has(run.worker)) this.#wrong(`${what} though it was canceled`);
    const before = task.runs.at(-1);
    if (before?.state === 'ok' && !before.worker.isGivenUp) this.#wrong(`${what} though it has ended well`);
    if (run.startedAt < task.notBefore) this.#wrong(`${what} before its time`);
    task.runs.push(run);
  }

  /** Somebody cancels a task that has no end. */
  canceled(index: number): void {
    this.#tasks[index]!.isCanceled = true;
  }

  /** A worker is sent tasks. */
  sent(worker: FakeWorker, indices: number[]): void {
    for (const index of indices) this.#tasks[index]!.sentTo = worker;
  }

  /** A worker is told, but has not heard yet, that tasks are to be stopped. */
  sentAbort(worker: FakeWorker, indices: number[]): void {
    for (const index of indices) this.#tasks[index]!.canceledIn.add(worker);
  }

  /** A worker has heard that tasks are to be stopped. */
  heardAbort(worker: FakeWorker, indices: number[]): void {
    for (const index of indices) this.#tasks[index]?.canceledIn.delete(worker);
  }

  enter(ended: EndedAttempts): void {
    const { indices, outcomes, states, values, startedAt, attempts } = ended;
    const texts = typeof values === 'string' ? columnTexts(values, indices.length) : values;
    const inputs = ended.inputs();
    for (const column of [outcomes, states, texts, startedAt, ended.ms, attempts ?? indices, inputs]) {
      if (column.length !== indices.length) this.#wrong(`a column of ${column.length} for ${indices.length}`);
    }
    for (const [i, index] of indices.entries()) {
      const outcome = attemptOutcomes[outcomes[i]!]!;
      const state = taskStates[states[i]!]!;
      const value = typeof texts[i] === 'string' ? JSON.parse(texts[i]) : texts[i];
      const attempt = attempts?.[i] ?? 1;
      const what = `task ${index}, attempt ${attempt}, ${outcome}, ${state}`;
      const wrong = (why: string) => this.#wrong(`${what}: ${why}`);
      const task = this.#tasks[index];
      if (!task) {
        wrong('there is no such task');
        continue;
      }
      if (task.final !== null) wrong(`it was ${task.final} already`);
      this.#checkInput(index, inputs[i], attempt, wrong);
      if (attempt === 0) this.#unstarted(task, outcome, state, startedAt[i]!, wrong);
      else this.#attempt(task, { outcome, state, attempt, value, worker: ended.worker }, wrong);
      if (state !== 'pending') task.final = state;
    }
  }

  #checkInput(index: number, input: unknown, attempt: number, wrong: (why: string) => void): void {
    if (input === null && attempt === 0) return;
    const given = this.#job.made.encoding === 'json' ? JSON.parse(String(input)) : input;
    if (given !== this.#job.inputOf(index)) wrong(`its input is said to be ${given}`);
  }

  #unstarted(
    task: TaskFacts,
    outcome: AttemptOutcome,
    state: TaskState,
    startedAt: number,
    wrong: (why: string) => void,
  ): void {
    if (outcome !== 'canceled' || state !== 'canceled' || startedAt !== 0) wrong('it has no attempt');
    if (!task.isCanceled) wrong('nobody has canceled it');
  }

  #attempt(
    task: TaskFacts,
    told: { outcome: AttemptOutcome; state: TaskState; attempt: number; value: unknown; worker: number },
    wrong: (why: string) => void,
  ): void {
    const { outcome, state, attempt } = told;
    if (attempt !== task.attempts + 1) wrong(`the one before was ${task.attempts}`);
    task.attempts = attempt;
    this.#checkTruth(task, outcome, told.value, wrong);
    if (outcome === 'ok') {
      if (state !== 'succeeded') wrong('it went well');
      return;
    }
    if (outcome === 'canceled') {
      const allowed = task.isCanceled ? ['canceled'] : this.#job.statesOfRest();
      if (!allowed.includes(state)) wrong(`it may only be ${allowed.join(' or ') || 'tried again'}`);
      return;
    }
    const isFree = this.#job.isExcused && (!this.#job.mayBeEnding || state === 'pending');
    if (outcome === 'crash') task.crashes += 1;
    if (!isFree) task.counted += 1;
    const { retries, retryOn, retryDelayMs } = this.#job.made;
    const isWanted = retryOn?.includes(outcome) ?? true;
    const again = isFree || (isWanted && task.counted <= retries && task.crashes < mostCrashes);
    // It is left behind where it would be tried again, and its job ends.
    const isLeft = again && !task.isCanceled && this.#job.statesOfRest().includes(state);
    if (state === 'pending' ? !again || task.isCanceled : state !== 'failed' && !isLeft)
      wrong('it may not be tried again');
    if (state === 'failed' && again && !task.isCanceled && !this.#job.mayBeEnding)
      wrong('it is to be tried again');
    if (state === 'pending' && task.counted > 0)
      task.notBefore = performance.now() + (retryDelayMs * 2 ** (task.counted - 1)) / 2;
  }

  /** What is told has happened, and is told once. */
  #checkTruth(task: TaskFacts, outcome: AttemptOutcome, value: unknown, wrong: (why: string) => void): void {
    const serial = outcome === 'ok' ? (value as { serial: number }).serial : serialOf(value as ErrorInfo);
    const untold = task.runs.filter((each) => !task.told.has(each));
    const run = serial === undefined ? untold.at(-1) : untold.find((each) => each.serial === serial);
    const isStopped = outcome === 'timeout' && task.sentTo?.wasStopped;
    if (!run || (isStopped && run.worker !== task.sentTo)) {
      // Sent to a worker that died, or was stopped, before it started it: the pool takes it for one that ran.
      const isTaken = outcome === 'crash' || outcome === 'canceled' || isStopped;
      if (!isTaken || serial !== undefined) wrong('it never ran, or was told before');
      return;
    }
    task.told.add(run);
    const now = performance.now();
    const tookMs = (run.endedAt ?? now) - run.startedAt;
    if (outcome === 'ok' && run.state !== 'ok') wrong(`its run is ${run.state}`);
    if (outcome === 'error' && run.state !== 'error') wrong(`its run is ${run.state}`);
    if (outcome === 'timeout') {
      const { timeoutMs, timeoutPercent } = this.#job.made;
      const least = Math.min(
        timeoutMs ?? Number.POSITIVE_INFINITY,
        timeoutPercent ? 100 : Number.POSITIVE_INFINITY,
      );
      if (tookMs < least) wrong(`it took ${tookMs} ms`);
    }
    if (outcome === 'crash') {
      const isSo = run.state === 'lost' || run.state === 'exit-called' || run.isPosted;
      // Its last run was in an earlier worker, and this one has died before it started it.
      if (!run.worker.isEnding) return;
      if (!isSo) wrong(`its run is ${run.state}, and was not told`);
    }
  }
}

function serialOf(error: ErrorInfo): number | undefined {
  return (error.fields as { serial?: number } | undefined)?.serial;
}
