import type { BatchOptions } from '../../shared/batch.ts';
import type { PoolboardError } from '../../shared/errors.ts';
import { type InputRoots, inputsAway } from '../machine/input-roots.ts';
import { readMachine, whatLimits } from '../machine/limits.ts';
import type { JobConditions } from '../pool/job.ts';

/** What stands in the way of a batch: limits of the machine that it asks for, drives of its inputs that are away. */
export class BatchConditions implements JobConditions {
  readonly #options: BatchOptions;
  readonly #roots: InputRoots;
  #goesOnWithout = false;
  /** Until when inputs may have been away: until they were first seen to be back. Milliseconds since the epoch. */
  #awayAt = Number.NEGATIVE_INFINITY;
  #away: PoolboardError | null = null;
  #isAway = false;

  constructor(options: BatchOptions, roots: InputRoots) {
    this.#options = options;
    this.#roots = roots;
  }

  obstacle(): PoolboardError | null {
    return this.#lookForInputs() ?? this.#limit();
  }

  /** A task fails for nothing of its own where the drive of its input was away while it ran. */
  excuse(startedAt: number): PoolboardError | null {
    const away = this.#lookForInputs();
    if (away || this.#goesOnWithout) return away;
    return this.#awayAt >= startedAt ? this.#away : null;
  }

  /** Somebody has seen that inputs are away, and wants the batch to go on: tasks that miss theirs fail. */
  goOnWithoutInputs(): void {
    this.#goesOnWithout = true;
  }

  #lookForInputs(): PoolboardError | null {
    const away = this.#goesOnWithout ? null : this.#roots.away();
    if (away !== null || this.#isAway) this.#awayAt = Date.now();
    this.#isAway = away !== null;
    if (away === null) return null;
    this.#away = inputsAway(away);
    return this.#away;
  }

  #limit(): PoolboardError | null {
    const { maxLoad, minFreeMemoryBytes } = this.#options;
    if (maxLoad === undefined && minFreeMemoryBytes === undefined) return null;
    return whatLimits({ maxLoad, minFreeMemoryBytes }, readMachine());
  }
}
