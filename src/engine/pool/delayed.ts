import type { TaskIndex } from '../../shared/task.ts';
import type { Requeued } from './job-state.ts';

/** A task that waits for the time of its next attempt. */
export interface Delayed {
  task: Requeued;
  /** On the pool's clock. */
  dueAt: number;
  /** The same for people, milliseconds since the epoch. */
  at: number;
}

/** Tasks that wait for the time of their next attempt, the next one first. */
export class DelayedTasks {
  /** By `dueAt`, the latest first, so that taking what is due takes from the end. */
  readonly #tasks: Delayed[] = [];
  readonly #byIndex = new Map<TaskIndex, Delayed>();

  get size(): number {
    return this.#tasks.length;
  }

  add(delayed: Delayed): void {
    let low = 0;
    let high = this.#tasks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#tasks[middle]!.dueAt > delayed.dueAt) low = middle + 1;
      else high = middle;
    }
    this.#tasks.splice(low, 0, delayed);
    this.#byIndex.set(delayed.task.index, delayed);
  }

  /** Takes out those whose time has come. @param now on the pool's clock. */
  takeDue(now: number): Requeued[] {
    const due: Requeued[] = [];
    for (let last = this.#tasks.at(-1); last && last.dueAt <= now; last = this.#tasks.at(-1)) {
      this.#tasks.pop();
      this.#byIndex.delete(last.task.index);
      due.push(last.task);
    }
    return due;
  }

  get(index: TaskIndex): Delayed | undefined {
    return this.#byIndex.get(index);
  }

  /** Takes out one task. */
  remove(index: TaskIndex): Requeued | undefined {
    const delayed = this.#byIndex.get(index);
    if (!delayed) return undefined;
    this.#byIndex.delete(index);
    this.#tasks.splice(this.#tasks.indexOf(delayed), 1);
    return delayed.task;
  }

  clear(): void {
    this.#tasks.length = 0;
    this.#byIndex.clear();
  }
}
