import { packMessage, unpackMessage } from '../../../shared/packed-indices.ts';
import type { FromWorker, JobId, LoadMessage, ToWorker } from '../../../shared/wire.ts';
// biome-ignore lint/style/noRestrictedImports: the double of a worker process is the worker's own loop, without the process.
import type { RunningTask } from '../../../workers/running-task.ts';
// biome-ignore lint/style/noRestrictedImports: as above.
import { Worker } from '../../../workers/worker.ts';
import type { WorkerExit, WorkerProcess } from '../../launcher.ts';

/** How a worker ends a task that the test lets go on. */
export type Ending = 'ok' | 'error';

/**
 * What a task does that nobody lets end. `hears`: it waits, and ends as canceled when it is asked to. `ignores`:
 * it waits, and goes on when it is asked. `blocks`: it keeps the process from hearing and saying anything.
 */
export type Holding = 'hears' | 'ignores' | 'blocks';

/** What a process does when it is to load a definition. `blocks`: it hears and says nothing, until a test lets it go on. */
export type Loading = 'loads' | 'blocks' | 'fails' | 'is stale' | 'exits' | 'is killed';

/** What tasks of one kind always do, whichever worker runs them. */
export type Nature = 'plain' | 'faulty' | 'deadly' | 'exits';

/** One task in one worker, from its start on. */
export interface Run {
  readonly serial: number;
  readonly worker: FakeWorker;
  readonly job: JobId;
  readonly index: number;
  /** On the clock of `performance.now()`. */
  readonly startedAt: number;
  endedAt: number | null;
  /** `lost`: its process died while it ran. */
  state: 'open' | Ending | 'canceled' | 'exit-called' | 'lost';
  /** Its end was in a message that the process has posted. */
  isPosted: boolean;
  holding: Holding;
}

/** What a test wants to hear of a worker. */
export interface FakeWorkerListener {
  /** The pool has posted a message. */
  sent(worker: FakeWorker, message: ToWorker): void;
  /** The worker has heard it. */
  heard(worker: FakeWorker, message: ToWorker): void;
  /** The pool hears it next, or of the worker's end. */
  telling(worker: FakeWorker, message: FromWorker): void;
  gone(worker: FakeWorker): void;
  started(run: Run): void;
  natureOf(job: JobId, index: number): Nature;
}

type Outgoing = { message: FromWorker } | { exit: WorkerExit };

const never = new Promise<never>(() => {});
let lastSerial = 0;

/**
 * A worker process in this process: the loop that workers run, between two queues of messages. Each step is
 * taken when a test says so: what it hears, what is heard of it, when a task ends, and how the process does.
 */
export class FakeWorker implements WorkerProcess {
  readonly id: number;
  readonly name: string;
  readonly pid: number;
  /** Posted by the pool and not heard. */
  readonly inbox: ToWorker[] = [];
  /** Posted by the worker and not heard; the exit of the process is the last. */
  readonly outbox: Outgoing[] = [];
  readonly held: { run: Run; end: (ending: Ending) => void }[] = [];
  isDead = false;
  /** The pool has heard of its end. */
  isGone = false;
  /** The pool hears of its end right now. */
  isEnding = false;
  wasAskedToExit = false;
  /** The pool has ended it. */
  wasKilled = false;
  /** Results that the pool has heard of, and acknowledgements. */
  resultsTold = 0;
  acks = 0;
  tasksSent = 0;
  /** How the next tasks end, at once; those after them are held. */
  quick: Ending[] = [];
  /** Every task ends at once. */
  isQuick = false;
  holding: Holding = 'hears';
  loading: Loading;
  /** The system has stopped it: it hears, does and says nothing, and can be killed. */
  isStopped = false;
  wasStopped = false;
  readonly #worker: Worker;
  readonly #listener: FakeWorkerListener;
  #hasExited = false;
  readonly #staleJobs = new Set<JobId>();
  #onMessage: (message: FromWorker) => void = () => {};
  #onExit: (exit: WorkerExit) => void = () => {};
  readonly #unposted: Run[] = [];

  constructor(id: number, name: string, loading: Loading, listener: FakeWorkerListener) {
    this.id = id;
    this.name = name;
    this.pid = 1_000_000 + id;
    this.loading = loading;
    this.#listener = listener;
    this.#worker = new Worker(
      (message) => {
        this.#say(message);
        return true;
      },
      (load) => this.#loadRunner(load),
      { serial: () => {}, concurrent: (_, run) => void run() },
      () => this.die({ code: 0, signal: null }),
    );
    this.#say({ type: 'ready', pid: this.pid });
    void this.#worker.run();
  }

  // --- what the pool does --------------------------------------------------------------------------------

  post(message: ToWorker): void {
    if (this.isDead) {
      const isTold = message.type === 'load' || (message.type === 'chunk' && this.wasKilled);
      if (isTold) this.#listener.sent(this, message);
      return;
    }
    // As between processes: neither end has the other's objects.
    this.inbox.push(unpackMessage(structuredClone(packMessage(message))));
    if (message.type === 'exit') this.wasAskedToExit = true;
    if (message.type === 'ack') this.acks += 1;
    if (message.type === 'chunk') this.tasksSent += message.indices.length;
    this.#listener.sent(this, message);
  }

  onMessage(listener: (message: FromWorker) => void): void {
    this.#onMessage = listener;
  }

  onOutput(): void {}

  onExit(listener: (exit: WorkerExit) => void): void {
    this.#onExit = listener;
  }

  kill(force: boolean): void {
    this.wasKilled = true;
    this.die({ code: null, signal: force ? 'SIGKILL' : 'SIGTERM' });
  }

  // --- what a test does ----------------------------------------------------------------------------------

  /** Whatever it runs, its tasks go to others: it is dead, or is to be because a task has ended it. */
  get isGivenUp(): boolean {
    return this.isDead || this.#hasExited;
  }

  /** A task, or what it loads, or the system, keeps it from hearing anything. */
  get isBlocked(): boolean {
    if (this.isStopped) return true;
    const isLoading = this.loading === 'blocks' && this.inbox[0]?.type === 'load';
    return isLoading || this.held.some(({ run }) => run.holding === 'blocks');
  }

  get isRunning(): boolean {
    return this.#worker.running.size > 0;
  }

  /** Lets it hear the next messages. */
  hear(count: number): void {
    for (let i = 0; i < count && this.inbox.length > 0 && !this.isDead && !this.isBlocked; i++) {
      const message = this.inbox.shift()!;
      this.#listener.heard(this, message);
      if (message.type === 'load' && this.loading === 'is stale') {
        this.#staleJobs.add(message.job);
        this.#say({ type: 'stale', job: message.job });
      } else if (message.type !== 'chunk' || !this.#staleJobs.has(message.job)) {
        this.#worker.receive(message);
      }
    }
  }

  /** Lets the pool hear its next messages, or of its end. */
  tell(count: number): void {
    for (let i = 0; i < count; i++) {
      const next = this.outbox.shift();
      if (!next) return;
      if ('exit' in next) {
        this.isGone = true;
        this.#listener.gone(this);
        this.isEnding = true;
        this.#onExit(next.exit);
        this.isEnding = false;
        return;
      }
      if (next.message.type === 'results') this.resultsTold += 1;
      this.#listener.telling(this, next.message);
      this.#onMessage(next.message);
    }
  }

  /** Ends a held task; the next ones end at once, as `then` says. */
  work(position: number, ending: Ending, then: Ending[]): void {
    if (this.isStopped) return;
    this.quick = [...then];
    const next = this.held[position % Math.max(1, this.held.length)];
    // A task that blocks is the only thing that the process does.
    (this.held.find(({ run }) => run.holding === 'blocks') ?? next)?.end(ending);
  }

  /** A held task calls `process.exit`. */
  callExit(position: number, code: number): void {
    const next = this.held[position % Math.max(1, this.held.length)];
    if (!next || this.isDead || this.isStopped) return;
    this.held.splice(this.held.indexOf(next), 1);
    this.#close(next.run, 'exit-called');
    this.#worker.exitCalled(this.#taskOf(next.run)!, code);
  }

  /** Lets time be felt: what a process does now and then by itself. */
  tick(isSecond: boolean): void {
    if (this.isDead || this.isBlocked) return;
    this.#worker.tick();
    if (isSecond && this.isRunning) this.#say({ type: 'beat' });
  }

  tellMemory(memoryBytes: number): void {
    if (!this.isDead && !this.isBlocked) this.#say({ type: 'stats', cpuMs: 0, memoryBytes });
  }

  /** Ends the process. @param lost of its last messages, this many are lost. */
  die(exit: WorkerExit, lost = 0): void {
    if (this.isDead) return;
    this.isDead = true;
    if (lost > 0) this.outbox.splice(Math.max(0, this.outbox.length - lost));
    this.outbox.push({ exit });
    for (const { run } of this.held.splice(0)) this.#close(run, 'lost');
  }

  // --- inside --------------------------------------------------------------------------------------------

  #say(message: FromWorker): void {
    if (this.isDead) return;
    if (message.type === 'results') {
      for (const run of this.#unposted.splice(0)) run.isPosted = true;
    }
    this.outbox.push({ message: unpackMessage(structuredClone(packMessage(message))) });
  }

  async #loadRunner(load: LoadMessage) {
    if (this.loading === 'fails') throw new Error('It does not load.');
    if (this.loading === 'exits') this.die({ code: 3, signal: null });
    if (this.loading === 'is killed') this.die({ code: null, signal: 'SIGSEGV' });
    if (this.isDead) return never;
    return {
      description: {},
      run: (_: unknown, context: unknown) => this.#run(load, context as RunningTask),
    };
  }

  #run(_: LoadMessage, task: RunningTask): unknown {
    if (this.isDead) return never;
    const run: Run = {
      serial: ++lastSerial,
      worker: this,
      job: task.job,
      index: task.index,
      startedAt: performance.now(),
      endedAt: null,
      state: 'open',
      isPosted: false,
      holding: this.holding,
    };
    this.#listener.started(run);
    const nature = this.#listener.natureOf(run.job, run.index);
    if (nature === 'deadly') {
      this.#close(run, 'lost');
      this.die({ code: null, signal: 'SIGSEGV' });
      return never;
    }
    if (nature === 'exits') {
      this.#close(run, 'exit-called');
      this.#worker.exitCalled(task, 7);
      throw new Error('process.exit was called');
    }
    const quick = this.isQuick ? 'ok' : this.quick.shift();
    if (quick) return this.#end(run, quick);
    return new Promise((resolve, reject) => {
      const end = (ending: Ending) => {
        const position = this.held.findIndex((held) => held.run === run);
        if (position < 0) return;
        this.held.splice(position, 1);
        try {
          resolve(this.#end(run, ending));
        } catch (error) {
          reject(error);
        }
      };
      this.held.push({ run, end });
      if (run.holding !== 'hears') return;
      task.signal.addEventListener('abort', () => {
        const position = this.held.findIndex((held) => held.run === run);
        if (position < 0) return;
        this.held.splice(position, 1);
        this.#close(run, 'canceled');
        reject(new Error('Asked to stop.'));
      });
    });
  }

  #end(run: Run, ending: Ending): unknown {
    const isFaulty = ending === 'error' || this.#listener.natureOf(run.job, run.index) === 'faulty';
    this.#close(run, isFaulty ? 'error' : 'ok');
    if (isFaulty) throw Object.assign(new Error('It failed.'), { serial: run.serial });
    return { serial: run.serial };
  }

  #close(run: Run, state: Run['state']): void {
    this.#hasExited ||= state === 'exit-called';
    run.state = state;
    run.endedAt = performance.now();
    if (state !== 'lost') this.#unposted.push(run);
  }

  #taskOf(run: Run): RunningTask | undefined {
    return [...this.#worker.running].find((task) => task.job === run.job && task.index === run.index);
  }
}
