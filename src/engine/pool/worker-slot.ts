import type { OutputPiece, TaskIndex } from '../../shared/task.ts';
import type { FromWorker, JobId, ToWorker } from '../../shared/wire.ts';
import type { WorkerExit, WorkerProcess } from '../launcher.ts';
import { endedByMemory, oomKills } from '../launchers/out-of-memory.ts';
import type { Clock } from './clock.ts';
import { type HeldTask, InFlightChunk } from './in-flight.ts';
import type { TaskBlock } from './job.ts';

/** See the note on messages in `src/shared/wire.ts`. */
const maxUnacknowledged = 2;

/** What of a process's own output is kept, for the day it dies. */
const keptOutput = 8192;

/** The host's clock may say a little later that a task started than the worker says that it printed. */
const lateMs = 1000;

/** A task that this worker runs now, as far as is known. */
export interface RunningHere {
  index: TaskIndex;
  chunk: InFlightChunk;
  /** Milliseconds since the epoch. */
  since: number;
  /** The same on the pool's clock, which stands still while the machine sleeps. */
  sinceAwake: number;
}

/** A moment on both clocks. */
interface Start {
  at: number;
  awake: number;
}

/**
 * One worker process and what it holds. It knows facts (what was sent, what has ended, when it was last
 * heard); what to do about them is the executor's.
 */
export class WorkerSlot {
  /** Unique for as long as the pool lives. */
  readonly id: number;
  /** Its place in the pool, from 1: a replacement takes the number of the one that it replaces. */
  readonly number: number;
  readonly runtime: string;
  state: 'starting' | 'ready' | 'stopping' | 'gone' = 'starting';
  chunks: InFlightChunk[] = [];
  /** Jobs whose definition it was asked to load: true once it has. */
  readonly loads = new Map<JobId, boolean>();
  /** The job that waits for its definition to be loaded here, and since when, on the pool's clock. */
  preparing: { job: JobId; since: number } | null = null;
  /** Tasks that were ever sent to this process, and those that ended. */
  sent = 0;
  done = 0;
  /** When it last told of what started or ended, or got work after it had none; on the pool's clock. */
  heardAt: number;
  /** The job whose tasks it has lost to others, for it started none; null where it was heard since. */
  standsStillOn: JobId | null = null;
  /** When it last gave any sign of life, or got work after it had none; on the pool's clock. */
  aliveAt: number;
  /** The CPU time of its process tree when it had been silent for a while; null while it is not, or where unknown. */
  cpuWhenSilent: number | null = null;
  /** When the task at the head can have started, at the earliest. */
  #headStart: Start = { at: 0, awake: 0 };
  /** When it is killed unless it has ended, or let go of its tasks, by itself; on the pool's clock. */
  killAt: number | null = null;
  /** Why the pool ended it; null where it did not. */
  killedFor: 'asked' | 'hung' | null = null;
  /** It is replaced once it has nothing left, and is sent nothing more. */
  isWorn = false;
  /** A task has ended it; what it holds besides is nobody's fault. */
  isLeaving = false;
  /** It has loaded nothing yet. */
  isFresh = true;
  cpu: number | null = null;
  memoryBytes: number | null = null;
  /** Results messages that are not acknowledged yet, because their sink is full. */
  owedAcks: { job: JobId }[] = [];
  /** Chunks of which it is to start nothing more, and has not heard so. */
  #revoked: number[] = [];
  #told: Map<TaskIndex, Start> | null = null;
  #lastStats: { at: number; cpuMs: number } | null = null;
  #output = '';
  /** When the tasks that it runs last printed something. */
  readonly #printedAt = new Map<TaskIndex, number>();
  readonly #oomKillsAtLaunch = oomKills();
  readonly #process: WorkerProcess;
  readonly #clock: Clock;

  constructor(id: number, number: number, runtime: string, process: WorkerProcess, clock: Clock) {
    this.id = id;
    this.number = number;
    this.runtime = runtime;
    this.#process = process;
    this.#clock = clock;
    this.heardAt = clock.now();
    this.aliveAt = clock.now();
    process.onOutput((_, text) => {
      this.#output = (this.#output + text).slice(-keptOutput);
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** The end of what the process itself printed. */
  get lastOutput(): string {
    return this.#output.trim();
  }

  listen(on: { message: (message: FromWorker) => void; exit: (exit: WorkerExit) => void }): void {
    this.#process.onMessage(on.message);
    this.#process.onExit(on.exit);
  }

  post(message: ToWorker): void {
    this.#process.post(message);
  }

  /** True where it, or the machine, had no memory left when it ended. */
  ranOutOfMemory(exit: WorkerExit): boolean {
    return endedByMemory(exit, this.lastOutput, {
      oomKillsAtLaunch: this.#oomKillsAtLaunch,
      oomKillsAtEnd: oomKills(),
      wasKilled: this.killedFor !== null,
    });
  }

  /** Ends the process and what it started, at once. */
  kill(why: 'asked' | 'hung'): void {
    this.killedFor ??= why;
    this.#process.kill(true);
  }

  /** It gave a sign of life. */
  gaveSign(): void {
    this.aliveAt = this.#clock.now();
    this.cpuWhenSilent = null;
  }

  /** It told of a task that started or ended, or may start. */
  gaveNews(): void {
    this.heardAt = this.#clock.now();
    this.standsStillOn = null;
  }

  get tasks(): number {
    let tasks = 0;
    for (const chunk of this.chunks) tasks += chunk.remaining;
    return tasks;
  }

  get job(): JobId | null {
    return this.chunks[0]?.job ?? null;
  }

  /** It holds tasks, or a job waits for what it loads. */
  get isAtWork(): boolean {
    return this.chunks.length > 0 || this.preparing !== null;
  }

  /** True where it holds tasks of a job. */
  works(job: JobId): boolean {
    return this.chunks.some((chunk) => chunk.job === job);
  }

  send(id: number, job: JobId, block: TaskBlock, alone: boolean, tellsEach = false): void {
    if (this.chunks.length === 0) {
      this.#headStart = this.#now();
      this.gaveSign();
      // Silence for want of work says nothing.
      this.heardAt = this.aliveAt;
    }
    this.chunks.push(new InFlightChunk(id, job, block, alone, tellsEach));
    this.sent += block.indices.length;
    const { indices, inputs } = block;
    this.post({ type: 'chunk', job, chunk: id, indices, inputs, tellsEach, sentAt: Date.now() });
  }

  /** The chunk that holds a task which has not ended. */
  chunkOf(job: JobId, index: TaskIndex): InFlightChunk | undefined {
    // The first task of a chunk is compared before any is looked up, for that is where most results are.
    const ofJob = this.chunks.filter((chunk) => chunk.job === job && chunk.remaining > 0);
    return ofJob.find((chunk) => chunk.first === index) ?? ofJob.find((chunk) => chunk.holds(index));
  }

  dropEndedChunks(): void {
    this.chunks = this.chunks.filter((chunk) => chunk.remaining > 0);
    // Tasks run one after another: what is first now started when the last results were sent.
    this.#headStart = this.#now();
    if (this.chunks.length === 0) this.#told = null;
  }

  /** True where the worker tells what it runs: it runs several tasks at once. */
  get tells(): boolean {
    return this.#told !== null;
  }

  /** What the worker says it runs of a job, where it runs several at once. */
  told(job: JobId, indices: TaskIndex[], startedAt: number[]): void {
    // Of a job that it has done with it says last that it runs nothing.
    if (this.job !== job) return;
    const now = this.#now();
    const before = this.#told;
    // A start that was told before keeps its moment: the clocks may have gone apart since.
    this.#told = new Map(
      indices.map((index, i) => {
        const at = startedAt[i]!;
        return [index, before?.get(index) ?? { at, awake: now.awake - Math.max(0, now.at - at) }];
      }),
    );
  }

  /**
   * The tasks that run now: those that the worker told of, or the first that has not ended. For a moment after
   * short tasks that one may have ended too, untold.
   */
  running(): RunningHere[] {
    if (this.state === 'starting') return [];
    if (this.#told) {
      return [...this.#told].flatMap(([index, { at, awake }]) => {
        const chunk = this.chunks.find((each) => each.holds(index));
        return chunk ? [{ index, chunk, since: at, sinceAwake: awake }] : [];
      });
    }
    const chunk = this.chunks[0];
    if (!chunk || this.loads.get(chunk.job) !== true || this.isHeldBack) return [];
    if (chunk.first === undefined) return [];
    return [{ index: chunk.first, chunk, since: this.#headStart.at, sinceAwake: this.#headStart.awake }];
  }

  /** It starts no task before the results that it has told of are acknowledged. */
  get isHeldBack(): boolean {
    return this.owedAcks.length >= maxUnacknowledged;
  }

  /** Acknowledges results of a job that were not, because its sink was full. */
  payAcks(job: JobId): void {
    const wasHeldBack = this.isHeldBack;
    const owed = this.owedAcks.filter((ack) => ack.job === job);
    this.owedAcks = this.owedAcks.filter((ack) => ack.job !== job);
    for (const _ of owed) this.post({ type: 'ack' });
    if (!wasHeldBack || this.isHeldBack) return;
    this.#headStart = this.#now();
    this.heardAt = this.#clock.now();
  }

  /** Its tasks printed this. */
  printed(pieces: readonly OutputPiece[]): void {
    // Of tasks that run one after another only the last can be running still.
    const last = pieces.at(-1);
    if (!this.#told || this.#printedAt.size > 10_000) this.#printedAt.clear();
    if (this.#told) for (const { index, at } of pieces) this.#printedAt.set(index, at);
    else if (last) this.#printedAt.set(last.index, last.at);
  }

  /** When a task that has run since then last printed something, milliseconds since the epoch. */
  printedAt(index: TaskIndex, since: number): number | undefined {
    const at = this.#printedAt.get(index);
    return at !== undefined && at >= since - lateMs ? Math.max(at, since) : undefined;
  }

  /** Its code has started: only now it can load anything. */
  started(): void {
    if (this.state === 'starting') this.state = 'ready';
    if (this.preparing) this.preparing.since = this.#clock.now();
  }

  /** The job does not want its definition here any more, or it is not here. False where it was never asked for. */
  forgetLoad(job: JobId): boolean {
    if (this.preparing?.job === job) this.preparing = null;
    return this.loads.delete(job);
  }

  /** The definition is there: the first task starts now. */
  loaded(job: JobId): void {
    this.isFresh = false;
    if (this.preparing?.job === job) this.preparing = null;
    this.loads.set(job, true);
    if (this.job === job) this.#headStart = this.#now();
  }

  /**
   * Takes away the chunks that have not started, and where `withHead` the tasks behind the one that runs too;
   * the worker is told before it starts another. Workers tell of all tasks of a chunk before they start the next.
   */
  revokeWaiting(withHead: boolean): HeldTask[] {
    const [head, ...ahead] = this.chunks;
    if (!head) return [];
    const taken = ahead.flatMap((chunk) => chunk.tasks());
    this.#revoked.push(...ahead.map((chunk) => chunk.id));
    this.chunks = [head];
    const [running, ...behind] = head.tasks();
    if (!withHead || !running || behind.length === 0) return taken;
    this.#revoked.push(head.id);
    const block = { indices: [running.index], inputs: [running.input] };
    this.chunks = [new InFlightChunk(head.id, head.job, block, head.alone, head.tellsEach)];
    return [...behind, ...taken];
  }

  /**
   * Takes away all that it holds, of which it has started nothing, and sends it nothing more until it is heard;
   * the worker is told before it starts any.
   */
  revokeAll(): HeldTask[] {
    this.standsStillOn ??= this.job;
    const ids = this.chunks.map((chunk) => chunk.id);
    this.#revoked.push(...ids);
    return this.drop(ids);
  }

  /** Forgets chunks that the worker has given back or will not start, or that went with it. Answers their tasks. */
  drop(ids: number[]): HeldTask[] {
    const dropped = this.chunks.filter((chunk) => ids.includes(chunk.id));
    this.chunks = this.chunks.filter((chunk) => !dropped.includes(chunk));
    if (this.chunks.length === 0) this.#told = null;
    return dropped.flatMap((chunk) => chunk.tasks());
  }

  /** Answers a `fence`. */
  answerFence(): void {
    this.post({ type: 'go', revoked: this.#revoked });
    this.#revoked = [];
  }

  stats(cpuMs: number, memoryBytes: number): void {
    const at = this.#clock.now();
    if (this.#lastStats && at > this.#lastStats.at) {
      this.cpu = (cpuMs - this.#lastStats.cpuMs) / (at - this.#lastStats.at);
    }
    this.#lastStats = { at, cpuMs };
    this.memoryBytes = memoryBytes;
  }

  #now(): Start {
    return { at: Date.now(), awake: this.#clock.now() };
  }
}
