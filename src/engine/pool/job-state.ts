import type { PoolboardError } from '../../shared/errors.ts';
import type { TaskIndex } from '../../shared/task.ts';
import type { JobId, LoadedDescription } from '../../shared/wire.ts';
import type { HeldTask } from './in-flight.ts';
import type { JobEnd, JobSpec, TaskBlock } from './job.ts';

/** A task that goes back to the queue. */
type Requeued = Omit<HeldTask, 'job'>;

/**
 * A job's part in the executor: what waits, what was asked, how long its tasks take.
 *
 * `preparing`: its definition is being loaded. `running`. `canceling`: nothing more is sent, what runs is asked
 * to stop. `ended`.
 */
export class JobState {
  readonly id: JobId;
  readonly spec: JobSpec;
  readonly runtime: string;
  phase: 'preparing' | 'running' | 'canceling' | 'ended' = 'preparing';
  /** Why it is canceling. */
  end: JobEnd = { reason: 'canceled' };
  paused = false;
  concurrency: number;
  lastSize = 0;
  /** Workers that died while they loaded its definition, since one has loaded it. */
  startFailures = 0;
  /** Tasks to send again, before new ones. */
  readonly requeued: Requeued[] = [];
  /** The number of each task's current attempt, where it is not the first. */
  readonly attempts = new Map<TaskIndex, number>();
  /** Running tasks that were asked to stop, and why. */
  readonly asked = new Map<TaskIndex, 'canceled' | 'timeout'>();
  /** Tasks that were cancelled before they were taken from the source. */
  readonly canceledAhead = new Set<TaskIndex>();
  readonly prepared: Promise<LoadedDescription>;
  #settle!: { resolve: (description: LoadedDescription) => void; reject: (error: unknown) => void };
  #recentMs = 0;
  #recentTasks = 0;

  constructor(id: JobId, spec: JobSpec, runtime: string) {
    this.id = id;
    this.spec = spec;
    this.runtime = runtime;
    this.concurrency = spec.options.concurrency ?? 1;
    this.prepared = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Whoever prepares it hears of it; a job that is dropped before is nobody's error.
    this.prepared.catch(() => {});
  }

  isPrepared(description: LoadedDescription): void {
    this.#settle.resolve(description);
  }

  cannotStart(error: PoolboardError): void {
    this.#settle.reject(error);
  }

  get waiting(): number {
    return this.requeued.length + this.spec.source.waiting;
  }

  /** Mean duration of its tasks lately, milliseconds; null before the first has ended. */
  get taskMs(): number | null {
    return this.#recentTasks === 0 ? null : this.#recentMs / this.#recentTasks;
  }

  /** Counts durations; older ones count less and less. */
  measured(ms: number, tasks: number): void {
    const keep = 0.7;
    this.#recentMs = this.#recentMs * keep + ms;
    this.#recentTasks = this.#recentTasks * keep + tasks;
  }

  /** The next tasks to send: those that go again first, alone where they must be. */
  take(max: number): { block: TaskBlock; alone: boolean } | null {
    const [first] = this.requeued;
    if (!first) {
      const block = this.spec.source.take(max);
      return block && { block, alone: false };
    }
    let count = 1;
    if (!first.alone) while (count < max && this.requeued[count] && !this.requeued[count]!.alone) count += 1;
    const tasks = this.requeued.splice(0, count);
    const inputs = tasks.map((task) => task.input);
    return {
      block: {
        indices: tasks.map((task) => task.index),
        inputs: this.spec.encoding === 'json' ? inputs.join('\n') : inputs,
      },
      alone: first.alone,
    };
  }

  get nextIsAlone(): boolean {
    return this.requeued[0]?.alone ?? false;
  }
}
