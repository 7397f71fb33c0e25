import type { Params } from '../shared/definition.ts';
import { PoolboardError, toErrorInfo } from '../shared/errors.ts';
import { columnValues } from '../shared/json-column.ts';
import type { OutputStream, TaskIndex } from '../shared/task.ts';
import type { ChunkMessage, Encoding, FromWorker, JobId, LoadMessage, ToWorker } from '../shared/wire.ts';
import { followClock } from './clock.ts';
import { LoadedFiles } from './loaded-files.ts';
import { Outbox } from './outbox.ts';
import type { LoadRunner, Runner } from './runner.ts';
import { RunningTask, type TaskHost } from './running-task.ts';
import { TaskSet } from './task-set.ts';

/** One definition, loaded. */
interface Job {
  id: JobId;
  load: LoadMessage;
  runner: Runner;
  run: Runner['run'];
  params: Params;
  concurrency: number;
}

/** A chunk of which tasks are still to be started. */
interface Queued {
  message: ChunkMessage;
  inputs: unknown[];
  next: number;
}

/** How a task is made the current one, so that what is printed is known to be its own. */
export interface TaskScope {
  /** Where tasks run one after another: until the next call. */
  serial(task: RunningTask): void;
  /** Where several run at once: for all that `run` awaits. */
  concurrent(task: RunningTask, run: () => Promise<void>): void;
}

/**
 * The inside of a worker process: loads definitions, runs the chunks that it is sent, answers with packed
 * results. One loop starts all tasks; everything else only changes what the loop finds.
 */
export class Worker implements TaskHost {
  readonly outbox: Outbox;
  readonly running = new TaskSet<RunningTask>();
  readonly #post: (message: FromWorker) => boolean;
  readonly #loadRunner: LoadRunner;
  readonly #scope: TaskScope;
  readonly #leave: () => void;
  readonly #jobs = new Map<JobId, Job>();
  readonly #loading = new Map<JobId, { encoding: Encoding; done: Promise<void> }>();
  readonly #files = new LoadedFiles();
  #queue: Queued[] = [];
  #wake: (() => void) | null = null;
  #go: ((revoked: number[]) => void) | null = null;
  #stopping = false;

  /** `leave` ends the process; `post` sends to the pool. */
  constructor(
    post: (message: FromWorker) => boolean,
    loadRunner: LoadRunner,
    scope: TaskScope,
    leave: () => void,
  ) {
    this.#leave = leave;
    this.#post = post;
    this.#loadRunner = loadRunner;
    this.#scope = scope;
    this.outbox = new Outbox(post);
  }

  receive(message: ToWorker): void {
    switch (message.type) {
      case 'load':
        this.#loading.set(message.job, { encoding: message.encoding, done: this.#load(message) });
        return;
      case 'chunk':
        this.#enqueue(message);
        return;
      case 'unload':
        void this.#unload(message.job);
        return;
      case 'abort':
        this.#abort(message.job, message.indices, message.sparesRunning ?? false);
        return;
      case 'recall':
        this.#giveBack(message.chunks);
        return;
      case 'ack':
        this.outbox.acknowledged();
        return;
      case 'go':
        this.#go?.(message.revoked);
        return;
      case 'exit':
        void this.#exit();
        return;
    }
  }

  /** Starts tasks for as long as the process lives. */
  async run(): Promise<never> {
    for (;;) {
      const head = this.#queue[0];
      if (!head) {
        await this.#idle();
        continue;
      }
      const job = await this.#jobOf(head);
      // While it was being loaded the chunk may have been given back.
      if (!job || this.#queue[0] !== head) continue;
      // What runs at once with others is told when it starts.
      const isUntold = job.concurrency === 1 || this.running.size === 0;
      // Were this to die of what starts now, its death would be put on what has ended and is still on its way.
      if (isUntold && this.outbox.isSending) {
        await this.outbox.heard();
        continue;
      }
      const mustAsk = isUntold && this.outbox.wasSilent(performance.now());
      if (mustAsk && !(await this.#mayStart())) continue;
      this.outbox.use(job.id, job.load.encoding);
      followClock();
      if (job.concurrency === 1) await this.#runSerially(job, head);
      else await this.#runTogether(job, head);
    }
  }

  /** The one task that this process is running, where it is one. */
  get only(): RunningTask | undefined {
    return this.running.size === 1 ? [...this.running][0] : undefined;
  }

  /** Ends this worker's work: the task called `process.exit`, or threw `error` where nobody could catch it. */
  exitCalled(task: RunningTask, code: number, error?: unknown): void {
    if (!task.end()) return;
    this.#stopping = true;
    this.#queue = [];
    this.running.delete(task);
    this.outbox.flush(true);
    const { job, index, startedAt } = task;
    this.#post({
      type: 'exit-called',
      job,
      index,
      code,
      startedAt,
      error: error === undefined ? undefined : toErrorInfo(error),
    });
  }

  /** Sends what has waited, and what the tasks printed; called now and then while tasks wait for something. */
  tick(): void {
    const now = performance.now();
    if (this.outbox.isDue(now) || now - this.outbox.lastPostAt > 50) this.outbox.flush();
  }

  async #runSerially(job: Job, queued: Queued): Promise<void> {
    const { message } = queued;
    const { run } = job;
    let now = performance.now();
    // Looked up each time: an abort may take tasks out of the chunk meanwhile.
    while (queued.next < message.indices.length && !this.#stopping) {
      const i = queued.next++;
      const task = new RunningTask(job.id, message.indices[i]!, job.params, now, this);
      this.running.add(task);
      this.#scope.serial(task);
      let result: unknown;
      let outcome: 'ok' | 'error' = 'ok';
      try {
        result = run(queued.inputs[i], task);
        if (isThenable(result)) result = await result;
      } catch (error) {
        outcome = 'error';
        result = error;
      }
      now = performance.now();
      this.#ended(task, outcome, result, now);
      if (message.tellsEach || this.outbox.isDue(now)) {
        this.outbox.flush();
        // Waiting for the acknowledgement is also when messages of the pool are heard.
        const isHeardOfEach = message.tellsEach && this.outbox.isSending;
        if (this.outbox.blocked || isHeardOfEach) {
          await (isHeardOfEach ? this.outbox.heard() : this.outbox.unblocked());
          now = performance.now();
        }
      }
      if (this.outbox.wasSilent(now)) break;
    }
    if (queued.next < message.indices.length) return;
    this.#queue = this.#queue.filter((other) => other !== queued);
    // Told before another chunk starts, so that the pool knows which chunks have not.
    this.outbox.flush();
    if (this.outbox.blocked) await this.outbox.unblocked();
  }

  async #runTogether(job: Job, queued: Queued): Promise<void> {
    if (this.running.size >= job.concurrency || this.#isOfAnotherJob(job)) {
      await this.#sleep();
      return;
    }
    const i = queued.next++;
    if (queued.next >= queued.message.indices.length) this.#queue.shift();
    const task = new RunningTask(job.id, queued.message.indices[i]!, job.params, performance.now(), this);
    this.running.add(task);
    this.#postRunning(job.id);
    this.#scope.concurrent(task, async () => {
      try {
        const result = await job.run(queued.inputs[i], task);
        this.#ended(task, 'ok', result, performance.now());
      } catch (error) {
        this.#ended(task, 'error', error, performance.now());
      }
      this.#postRunning(job.id);
      this.#wakeUp();
    });
    if (this.outbox.blocked) await this.outbox.unblocked();
  }

  #ended(task: RunningTask, outcome: 'ok' | 'error', value: unknown, now: number): void {
    this.running.delete(task);
    if (!task.end()) return;
    // Meanwhile tasks of another job may have been dropped.
    this.#turnOutboxTo(task.job);
    this.outbox.add(
      {
        index: task.index,
        outcome: outcome === 'error' && task.wasAborted ? 'canceled' : outcome,
        value,
        startedAt: task.startedAt,
        ms: now - task.startedOnClock,
      },
      now,
    );
  }

  #turnOutboxTo(job: JobId): void {
    if (this.outbox.job !== job) this.outbox.use(job, this.#loading.get(job)?.encoding ?? 'json');
  }

  async #load(message: LoadMessage): Promise<void> {
    const { job: id } = message;
    if (this.#files.changed) {
      this.#queue = this.#queue.filter((queued) => queued.message.job !== id);
      this.#post({ type: 'stale', job: id });
      return;
    }
    try {
      if (message.initializer) await this.#initialize(message);
      const runner = await this.#loadNoted(message);
      const concurrency = message.concurrency ?? runner.description.concurrency ?? 1;
      const run = message.spread ? spread(runner) : runner.run;
      const params = runner.params ?? message.params;
      this.#jobs.set(id, { id, load: message, runner, run, params, concurrency });
      this.#post({ type: 'loaded', job: id, concurrency, description: runner.description });
    } catch (error) {
      this.#queue = this.#queue.filter((queued) => queued.message.job !== id);
      this.#post({ type: 'load-failed', job: id, error: toErrorInfo(error) });
    }
  }

  /** Loads a definition, and notes the files that this took. */
  async #loadNoted(message: LoadMessage): Promise<Runner> {
    const { definition } = message;
    // As it is before it is read: a change meanwhile is one.
    if ('file' in definition) this.#files.note([definition.file]);
    const runner = await this.#loadRunner(message);
    this.#files.note(runner.files?.() ?? []);
    return runner;
  }

  async #initialize(message: LoadMessage): Promise<void> {
    const { definition, args } = message.initializer!;
    const runner = await this.#loadNoted({ ...message, definition, initializer: undefined });
    await (runner.run as (...values: unknown[]) => unknown)(...args);
  }

  async #unload(id: JobId): Promise<void> {
    await this.#loading.get(id)?.done;
    this.#loading.delete(id);
    const job = this.#jobs.get(id);
    this.#jobs.delete(id);
    try {
      await job?.runner.teardown?.();
    } catch (error) {
      process.stderr.write(`teardown failed: ${toErrorInfo(error).message}\n`);
    }
  }

  #enqueue(message: ChunkMessage): void {
    if (this.#stopping) return;
    const { indices, inputs } = message;
    const values = typeof inputs === 'string' ? columnValues(inputs, indices.length) : inputs;
    // Silence for want of work is no reason to ask.
    const isIdle = this.#queue.length === 0 && this.running.size === 0;
    if (isIdle) this.outbox.isKnown(message.sentAt === undefined ? 0 : Date.now() - message.sentAt);
    this.#queue.push({ message, inputs: values, next: 0 });
    this.#wakeUp();
  }

  /** The job of a chunk, loaded; undefined, and the chunk gone, where it could not be. */
  async #jobOf(queued: Queued): Promise<Job | undefined> {
    const id = queued.message.job;
    const job = this.#jobs.get(id);
    if (job) return job;
    await this.#loading.get(id)?.done;
    if (!this.#jobs.has(id)) this.#queue = this.#queue.filter((other) => other !== queued);
    return this.#jobs.get(id);
  }

  #abort(job: JobId, indices: TaskIndex[], sparesRunning: boolean): void {
    const asked = new Set(indices);
    if (!sparesRunning) {
      for (const task of this.running) if (task.job === job && asked.has(task.index)) task.abort();
    }
    const error = new PoolboardError('CANCELED', 'Canceled before it started.');
    for (const queued of this.#queue) {
      if (queued.message.job !== job) continue;
      const from = queued.next;
      const keep = queued.message.indices.map((index, i) => i < from || !asked.has(index));
      for (const [i, index] of queued.message.indices.entries()) {
        if (keep[i]) continue;
        this.#turnOutboxTo(job);
        this.outbox.add({ index, outcome: 'canceled', value: error, startedAt: 0, ms: 0 }, performance.now());
      }
      queued.inputs = queued.inputs.filter((_, i) => keep[i]);
      queued.message.indices = queued.message.indices.filter((_, i) => keep[i]);
    }
    this.#queue = this.#queue.filter((queued) => queued.next < queued.message.indices.length);
    this.outbox.flush();
    this.#wakeUp();
  }

  #giveBack(chunks: number[]): void {
    const returned = this.#queue
      .filter((queued) => queued.next === 0 && chunks.includes(queued.message.chunk))
      .map((queued) => queued.message.chunk);
    this.#queue = this.#queue.filter((queued) => !returned.includes(queued.message.chunk));
    this.outbox.flush();
    this.#post({ type: 'returned', chunks: returned });
  }

  /** Asks the pool; false where the head of the queue was given to others meanwhile. */
  async #mayStart(): Promise<boolean> {
    const head = this.#queue[0];
    this.outbox.flush();
    const answer = new Promise<number[]>((resolve) => {
      this.#go = resolve;
    });
    this.#post({ type: 'fence' });
    const revoked = await answer;
    this.#go = null;
    this.outbox.isKnown();
    this.#queue = this.#queue.filter((queued) => !revoked.includes(queued.message.chunk));
    return this.#queue[0] === head;
  }

  async #idle(): Promise<void> {
    this.outbox.flush();
    await this.#sleep();
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = null;
  }

  #isOfAnotherJob(job: Job): boolean {
    for (const task of this.running) return task.job !== job.id;
    return false;
  }

  #postRunning(job: JobId): void {
    this.outbox.flush();
    const tasks = [...this.running];
    this.#post({
      type: 'running',
      job,
      indices: tasks.map((task) => task.index),
      startedAt: tasks.map((task) => task.startedAt),
    });
  }

  async #exit(): Promise<void> {
    this.#stopping = true;
    this.#queue = [];
    for (const id of [...this.#jobs.keys()]) await this.#unload(id);
    await this.outbox.drained();
    this.#leave();
  }

  print(task: RunningTask, stream: OutputStream, text: string): void {
    const job = this.#jobs.get(task.job);
    if (!job || text === '') return;
    this.outbox.use(job.id, job.load.encoding);
    this.outbox.print({ index: task.index, stream, text, at: Date.now() });
  }

  progress(task: RunningTask, fraction: number, message?: string): void {
    this.#post({ type: 'progress', job: task.job, index: task.index, progress: { fraction, message } });
  }
}

/** A function that is called with the elements of its input, as `starmap` does. */
function spread(runner: Runner): Runner['run'] {
  const run = runner.run as (...values: unknown[]) => unknown;
  return (input, context) => run(...(input as unknown[]), context);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
