import type { ErrorInfo, PoolboardError } from '../../shared/errors.ts';
import type { TaskIndex } from '../../shared/task.ts';
import type { JobId, LoadedDescription } from '../../shared/wire.ts';
import { Attempts } from './attempts.ts';
import { backoffMs } from './backoff.ts';
import { DelayedTasks } from './delayed.ts';
import { type EndedTasks, haltSentence, isHalted } from './halt.ts';
import type { HeldTask } from './in-flight.ts';
import type { JobEnd, JobSpec, TaskBlock } from './job.ts';
import { RunningMedian } from './running-median.ts';

/** A task that goes back to the queue. */
export type Requeued = Omit<HeldTask, 'job'>;

/** So many tasks that wait for their next attempt are held in memory; beyond, new ones wait in their source. */
const mostDelayed = 10_000;

/** A median of fewer durations says nothing, and no timeout that follows from one is shorter than this. */
const leastDurations = 3;
const leastPercentMs = 100;

/**
 * A job's part in the executor: what waits, what was asked, how long its tasks take.
 *
 * `preparing`: its definition is being loaded. `running`. `ending`: nothing more is sent; what runs is asked to
 * stop, or left to end where `end` spares it. `ended`.
 */
export class JobState {
  readonly id: JobId;
  readonly spec: JobSpec;
  readonly runtime: string;
  phase: 'preparing' | 'running' | 'ending' | 'ended' = 'preparing';
  /** Why it is ending. */
  end: JobEnd = { reason: 'canceled' };
  /** While it is ending: what runs is left to end by itself. */
  sparesRunning = false;
  paused = false;
  /** Jobs of a higher one are served first. */
  priority = 0;
  /** What stands in its way, outside of the pool. */
  obstacle: PoolboardError | null = null;
  concurrency: number;
  lastSize = 0;
  /** Workers that died while they loaded its definition, since one has loaded it. */
  startFailures = 0;
  /** Tasks to send again, before new ones. */
  readonly requeued: Requeued[] = [];
  readonly delayed = new DelayedTasks();
  readonly attempts = new Attempts();
  /** Running tasks that were asked to stop, and why. */
  readonly asked = new Map<TaskIndex, 'canceled' | ErrorInfo>();
  /** Tasks that were canceled before they were taken from the source. */
  readonly canceledAhead = new Set<TaskIndex>();
  readonly prepared: Promise<LoadedDescription>;
  readonly #ended: EndedTasks;
  readonly #median: RunningMedian | null;
  #settle!: { resolve: (description: LoadedDescription) => void; reject: (error: unknown) => void };
  #recentMs = 0;
  #recentTasks = 0;

  constructor(id: JobId, spec: JobSpec, runtime: string) {
    this.id = id;
    this.spec = spec;
    this.runtime = runtime;
    this.concurrency = spec.options.concurrency ?? 1;
    this.#ended = { succeeded: 0, failed: 0, ...spec.endedBefore };
    this.#median = spec.options.timeoutPercent === undefined ? null : new RunningMedian();
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

  /** Tasks that can be sent now, as far as is known. */
  get waiting(): number {
    const fromSource = this.delayed.size < mostDelayed ? this.spec.source.waiting : 0;
    return this.requeued.length + fromSource;
  }

  /** No task will come any more, from the source or from a wait. */
  get isDrained(): boolean {
    return this.spec.source.done && this.requeued.length === 0 && this.delayed.size === 0;
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

  /** True where each duration of a task that succeeded is wanted by {@link succeededIn}. */
  get wantsDurations(): boolean {
    return this.#median !== null;
  }

  succeededIn(ms: number): void {
    this.#median?.add(ms);
  }

  /** How long an attempt may take, milliseconds; null where there is no limit (yet). */
  get timeoutMs(): number | null {
    const { timeoutMs, timeoutPercent } = this.spec.options;
    const median = this.#median;
    if (!median || timeoutPercent === undefined || median.count < leastDurations) return timeoutMs ?? null;
    const relative = Math.max(leastPercentMs, (median.value! * timeoutPercent) / 100);
    return Math.min(relative, timeoutMs ?? relative);
  }

  /** Something stands in its way, or, null, not any more. */
  obstruct(obstacle: PoolboardError | null): void {
    if (obstacle?.message === this.obstacle?.message) return;
    this.obstacle = obstacle;
    this.spec.sink.obstructed?.(obstacle);
  }

  /** Counts tasks that have ended, for its halt rule. */
  count(succeeded: number, failed: number): void {
    this.#ended.succeeded += succeeded;
    this.#ended.failed += failed;
  }

  /** Why it is to stop early, by its halt rule and what was counted; null where it is not. */
  get haltSentence(): string | null {
    const { halt } = this.spec.options;
    if (!halt || this.phase !== 'running') return null;
    return isHalted(halt, this.#ended, this.spec.source.total) ? haltSentence(halt) : null;
  }

  /** Puts a task back that will be attempted again: at once, or after its wait. `now`: on the pool's clock. */
  tryAgain(task: Requeued, now: number): void {
    const failures = this.attempts.failures(task.index);
    const waitMs = failures === 0 ? 0 : backoffMs(failures, this.spec.options.retryDelayMs ?? 0);
    if (waitMs > 0) this.delayed.add({ task, dueAt: now + waitMs, at: Date.now() + waitMs });
    else this.requeued.push(task);
  }

  /** Takes a task that waits in the pool out of it, delayed or not. */
  withdraw(index: TaskIndex): Requeued | undefined {
    const position = this.requeued.findIndex((task) => task.index === index);
    if (position >= 0) return this.requeued.splice(position, 1)[0];
    return this.delayed.remove(index);
  }

  /** The next tasks to send: those that go again first, alone where they must be. */
  take(max: number): { block: TaskBlock; alone: boolean } | null {
    const [first] = this.requeued;
    if (!first) {
      const block = this.spec.source.take(max);
      for (const { index, attempts, crashes } of block?.past ?? [])
        this.attempts.know(index, attempts, crashes);
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
