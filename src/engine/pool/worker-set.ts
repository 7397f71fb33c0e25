import { pid } from 'node:process';
import type { WorkerView } from '../../shared/views.ts';
import type { FromWorker, JobId } from '../../shared/wire.ts';
import type { Launcher, WorkerExit, WorkerProcess } from '../launcher.ts';
import type { Clock } from './clock.ts';
import { FailedLaunch } from './failed-launch.ts';
import { WorkerSlot } from './worker-slot.ts';

/** From asking a task or a worker to stop until it is killed. */
export const graceMs = 2000;

export interface WorkerSetListener {
  message(slot: WorkerSlot, message: FromWorker): void;
  /** The worker is not in the set any more. */
  exit(slot: WorkerSlot, exit: WorkerExit): void;
}

/** A worker, for those who know jobs and not batches; see `WorkerView`. */
export interface WorkerReport extends Omit<WorkerView, 'batch' | 'input'> {
  job: JobId | null;
  /** As it travels: JSON text, or the value where the job's inputs are cloned. */
  input: unknown;
}

/** The worker processes of a pool: their start, their numbers, and their end, asked for first and then forced. */
export class WorkerSet {
  /** From asking until killing, milliseconds. */
  patienceMs = graceMs;
  readonly #launcher: (runtime: string) => Launcher;
  readonly #listener: WorkerSetListener;
  readonly #clock: Clock;
  readonly #slots = new Set<WorkerSlot>();
  #launched = 0;

  constructor(launcher: (runtime: string) => Launcher, clock: Clock, listener: WorkerSetListener) {
    this.#launcher = launcher;
    this.#clock = clock;
    this.#listener = listener;
  }

  [Symbol.iterator](): Iterator<WorkerSlot> {
    return this.#slots.values();
  }

  get size(): number {
    return this.#slots.size;
  }

  /** Those that are not ending. */
  live(): WorkerSlot[] {
    return [...this.#slots].filter((slot) => slot.state !== 'stopping');
  }

  /** Those that hold tasks of a job. */
  of(job: JobId): WorkerSlot[] {
    return [...this.#slots].filter((slot) => slot.works(job));
  }

  byId(id: number): WorkerSlot {
    for (const slot of this.#slots) if (slot.id === id) return slot;
    throw new Error(`There is no worker ${id}.`);
  }

  launch(runtime: string): WorkerSlot {
    const id = ++this.#launched;
    const process = this.#start(runtime, `poolboard-worker-${pid}-${id}`);
    const slot = new WorkerSlot(id, this.#freeNumber(), runtime, process, this.#clock);
    this.#slots.add(slot);
    slot.listen({
      message: (message) => this.#listener.message(slot, message),
      exit: (exit) => {
        this.#slots.delete(slot);
        this.#listener.exit(slot, exit);
      },
    });
    return slot;
  }

  /** Ends a worker: after what it holds, or `atOnce`. */
  retire(slot: WorkerSlot, atOnce = false): void {
    if (slot.state === 'gone') return;
    if (slot.state === 'stopping') {
      if (atOnce && slot.killAt === null) this.#askToExit(slot);
      return;
    }
    slot.state = 'stopping';
    if (slot.chunks.length === 0 || atOnce) this.#askToExit(slot);
  }

  /** It is killed unless what it was asked to end has ended by then. */
  giveGrace(slot: WorkerSlot): void {
    slot.killAt ??= this.#clock.now() + this.patienceMs;
  }

  /** Asks those that have nothing left to exit, kills those whose time is over. True where nothing is under way. */
  endOverdue(): boolean {
    const now = this.#clock.now();
    let isQuiet = true;
    for (const slot of this.#slots) {
      if (slot.isAtWork || slot.state === 'stopping') isQuiet = false;
      if (slot.state === 'stopping' && slot.chunks.length === 0 && slot.killAt === null)
        this.#askToExit(slot);
      if (slot.killAt === null || now < slot.killAt) continue;
      slot.kill('asked');
      slot.killAt = Number.POSITIVE_INFINITY;
    }
    return isQuiet;
  }

  /** The workers as they are now, by number; one that is ending only until its replacement is there. */
  reports(): WorkerReport[] {
    const slots = [...this.#slots].sort((a, b) => a.number - b.number || b.id - a.id);
    return slots.filter((slot, i) => slots[i - 1]?.number !== slot.number).map(report);
  }

  #start(runtime: string, name: string): WorkerProcess {
    try {
      return this.#launcher(runtime).launch({ name });
    } catch (error) {
      return new FailedLaunch(error);
    }
  }

  #askToExit(slot: WorkerSlot): void {
    slot.post({ type: 'exit' });
    this.giveGrace(slot);
  }

  /** The least number that no worker has, but those that are ending. */
  #freeNumber(): number {
    const taken = new Set(this.live().map((slot) => slot.number));
    let number = 1;
    while (taken.has(number)) number += 1;
    return number;
  }
}

function report(slot: WorkerSlot): WorkerReport {
  const { number, pid, job, done, cpu, memoryBytes } = slot;
  const [running] = slot.running();
  const atWork = slot.chunks.length > 0 ? 'busy' : 'idle';
  return {
    number,
    pid: pid ?? null,
    state: slot.state === 'ready' || slot.state === 'gone' ? atWork : slot.state,
    job,
    task: running?.index ?? null,
    input: running ? running.chunk.inputOf(running.index) : null,
    since: running?.since ?? null,
    printedAt: running && slot.printedAt(running.index, running.since),
    done,
    cpu,
    memoryBytes,
  };
}
