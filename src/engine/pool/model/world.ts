import { vi } from 'vitest';
import type { FromWorker, JobId, ToWorker } from '../../../shared/wire.ts';
import { Executor, type JobHandle } from '../executor.ts';
import { FakeMachine, turn, turnNow } from './fake-machine.ts';
import type { FakeWorker, FakeWorkerListener, Nature, Run } from './fake-worker.ts';
import { JobDouble, type MadeJob } from './job-double.ts';

/** Longer than anything that a pool waits for in these tests, in steps of 100 ms; and for each task. */
const mostSteps = 600;
const mostStepsPerTask = 8;

/** A pool whose workers are doubles, the jobs that it was given, and all that must hold of both. */
export class World implements FakeWorkerListener {
  readonly machine: FakeMachine;
  readonly executor: Executor;
  readonly jobs: { double: JobDouble; handle: JobHandle }[] = [];
  readonly wrongs: string[] = [];
  closed: Promise<void> | null = null;
  isClosed = false;
  /** Jobs that each worker was asked to load, and has not said that it has. */
  readonly #loading = new Map<FakeWorker, Set<JobId>>();
  /** The pool's largest size since all was quiet. */
  #size: number;

  constructor(size: number) {
    this.machine = new FakeMachine(this);
    this.#size = size;
    this.executor = new Executor({
      size,
      launcher: () => this.machine.launcher,
      runtimeOf: ({ definition }) => (definition.kind === 'source' ? definition.source : ''),
    });
  }

  // --- what a test does ----------------------------------------------------------------------------------

  submit(made: MadeJob): void {
    const double = new JobDouble(made, turnNow, (what) => this.wrongs.push(what));
    const handle = this.executor.submit(double.spec());
    double.id = handle.id;
    this.jobs.push({ double, handle });
    handle.prepared.then(
      () => {
        double.isPrepared = true;
        double.isStarted = true;
        handle.start();
      },
      (error) => {
        double.cannotStart = error;
        if (!double.hasFailedToLoad && !double.stopped)
          this.wrongs.push(`job ${double.id} is refused, and every worker could load it: ${String(error)}`);
      },
    );
  }

  set size(size: number) {
    this.executor.size = size;
    this.#size = Math.max(this.#size, size);
  }

  cancelTasks(position: number, indices: number[]): void {
    const { double, handle } = this.jobs[position]!;
    const open = new Set(indices.filter((i) => i < double.known && double.book.finalOf(i) === null));
    const isOver = double.end !== null || double.cannotStart !== null;
    if (!isOver) for (const index of open) double.book.canceled(index);
    const count = handle.cancelTasks(open);
    const expected = isOver ? 0 : open.size;
    if (count !== expected && !double.mayBeEnding)
      this.wrongs.push(`job ${double.id}: ${count} of ${expected} were canceled`);
  }

  cancel(position: number): void {
    const { double, handle } = this.jobs[position]!;
    if (double.end === null) double.stopped ??= 'canceled';
    handle.cancel();
  }

  close(): void {
    for (const { double } of this.jobs) if (double.end === null) double.stopped ??= 'interrupted';
    this.closed = this.executor.close().then(() => {
      this.isClosed = true;
    });
  }

  /** From here on nothing is in the way and all workers behave: everything ends. */
  async settle(): Promise<void> {
    for (const { double, handle } of this.jobs) {
      double.isObstructed = false;
      double.isExcused = false;
      double.full = false;
      double.isPaused = false;
      handle.resume();
      handle.poke();
      if (!double.done) double.arrive(double.made.tasks);
    }
    for (const worker of this.machine.workers) worker.isQuick = true;
    const tasks = this.jobs.reduce((sum, { double }) => sum + double.made.tasks, 0);
    for (let step = 0; step < mostSteps + mostStepsPerTask * tasks; step++) {
      for (const worker of this.machine.present) {
        worker.isQuick = true;
        worker.isStopped = false;
        worker.loading = 'loads';
        while (worker.held.length > 0) worker.work(0, 'ok', []);
      }
      await this.machine.deliver();
      this.check();
      if (this.jobs.every(({ double }) => double.end !== null || double.cannotStart !== null)) return;
      await this.machine.advance(100);
    }
    const open = this.jobs.filter(({ double }) => double.end === null).map(({ double }) => double.id);
    throw new Error(`Not ended though all workers behave: job ${open.join(', ')}.\n${this.describe()}`);
  }

  /** What is left when all jobs have ended: no more than the pool's workers, all of them heard. */
  async rest(): Promise<void> {
    for (let step = 0; step < 50 && !this.machine.isQuiet; step++) await this.machine.advance(100);
    this.check();
    const idle = this.machine.present.filter((worker) => !worker.isDead);
    if (idle.length > this.executor.size)
      this.wrongs.push(`${idle.length} workers rest in a pool of ${this.executor.size}`);
    for (const worker of idle) {
      if (worker.acks !== worker.resultsTold)
        this.wrongs.push(`worker ${worker.id} waits: ${worker.acks} of ${worker.resultsTold} were heard`);
      if (worker.wasAskedToExit) this.wrongs.push(`worker ${worker.id} does not end`);
    }
    if (vi.getTimerCount() > 0) this.wrongs.push(`${vi.getTimerCount()} timers run in a pool that rests`);
    this.check();
  }

  /** Closes the pool, whatever its workers do, and looks at what is left. */
  async end(): Promise<void> {
    if (!this.closed) this.close();
    for (let step = 0; step < 60 && !this.isClosed; step++) await this.machine.advance(100);
    await turn();
    this.check();
    if (!this.isClosed) throw new Error(`The pool does not close.\n${this.describe()}`);
    for (const { double } of this.jobs) {
      if (double.end === null && double.isPrepared) this.wrongs.push(`job ${double.id} never finished`);
      if (double.end !== null && !double.isPrepared)
        this.wrongs.push(`job ${double.id} finished and was never prepared`);
      if (double.end === null && double.cannotStart === null)
        this.wrongs.push(`job ${double.id} is neither prepared nor refused`);
    }
    for (const worker of this.machine.workers)
      if (!worker.isGone) this.wrongs.push(`worker ${worker.id} is left`);
    if (vi.getTimerCount() > 0) this.wrongs.push(`${vi.getTimerCount()} timers are left`);
    this.check();
  }

  /** Throws where something was seen that cannot be. */
  check(): void {
    const live = this.executor.workers().filter(({ state }) => state !== 'stopping').length;
    // One more for each definition that is being loaded while all are busy.
    if (live > this.#size + this.jobs.length) this.wrongs.push(`${live} workers in a pool of ${this.#size}`);
    for (const worker of this.machine.present) {
      if (worker.acks > worker.resultsTold) this.wrongs.push(`worker ${worker.id} was heard too often`);
    }
    if (this.wrongs.length > 0) throw new Error(`${this.wrongs.join('\n')}\n${this.describe()}`);
  }

  describe(): string {
    const jobs = this.jobs.map(({ double }) => {
      const { id, made, end, book } = double;
      const runs = book
        .open()
        .slice(0, 5)
        .map((i) => `${i}: ${book.runsOf(i).map((run) => `${run.state} in ${run.worker.id}`)}`);
      return `job ${id} ${JSON.stringify(made)} ${JSON.stringify(end)} ${JSON.stringify(book.counts())} open ${runs.join('; ')}`;
    });
    return [...jobs, JSON.stringify(this.executor.workers())].join('\n');
  }

  // --- what workers do -----------------------------------------------------------------------------------

  sent(worker: FakeWorker, message: ToWorker): void {
    const what = `worker ${worker.id}`;
    switch (message.type) {
      case 'load': {
        const loading = this.#loading.get(worker) ?? new Set();
        this.#loading.set(worker, loading.add(message.job));
        return;
      }
      case 'abort':
        this.#double(message.job).book.sentAbort(worker, message.indices);
        return;
      case 'chunk': {
        const double = this.#double(message.job);
        if (double.isHeld) this.wrongs.push(`${what} was sent tasks of job ${double.id}, which is held`);
        if (worker.wasAskedToExit) this.wrongs.push(`${what} was sent tasks after it was asked to exit`);
        if (worker.wasKilled) this.wrongs.push(`${what} was sent tasks after the pool had killed it`);
        double.book.sent(worker, message.indices);
        if (message.indices.length === 0) this.wrongs.push(`${what} was sent no tasks`);
        const { maxTasksPerWorker } = double.made;
        if (worker.tasksSent > (maxTasksPerWorker ?? worker.tasksSent))
          this.wrongs.push(`${what} was sent ${worker.tasksSent} tasks`);
      }
    }
  }

  heard(worker: FakeWorker, message: ToWorker): void {
    if (message.type === 'abort') this.#double(message.job).book.heardAbort(worker, message.indices);
    if (message.type === 'load' && worker.loading !== 'loads')
      this.#double(message.job).hasFailedToLoad ||= worker.loading !== 'is stale';
  }

  telling(worker: FakeWorker, message: FromWorker): void {
    if (message.type === 'loaded') this.#loading.get(worker)?.delete(message.job);
  }

  gone(worker: FakeWorker): void {
    // What the pool itself has ended says nothing about a definition.
    if (worker.wasAskedToExit) return;
    for (const job of this.#loading.get(worker) ?? []) this.#double(job).hasFailedToLoad = true;
  }

  started(run: Run): void {
    this.#double(run.job).book.started(run);
  }

  natureOf(job: JobId, index: number): Nature {
    return this.#double(job).natureOf(index);
  }

  #double(id: JobId): JobDouble {
    return this.jobs[id - 1]!.double;
  }
}
