import type { Params } from '../shared/definition.ts';
import type { LoadedDescription, LoadMessage } from '../shared/wire.ts';

/** What a task can use while it runs: the second argument of a function file. */
export interface TaskContext {
  /** Position of the task in its batch, from 0. */
  readonly index: number;
  /** Aborted when the task is canceled or has taken too long. */
  readonly signal: AbortSignal;
  readonly params: Readonly<Record<string, unknown>>;
  /** Reports progress, 0 to 1, with an optional short message. */
  progress(fraction: number, message?: string): void;
  /** Writes a line to the task's output. */
  log(...values: unknown[]): void;
}

/** Runs one input after another (or several at once) of one definition. */
export interface Runner {
  run(input: unknown, context: TaskContext): unknown;
  /** After the last task of the batch in this worker. */
  teardown?(): unknown;
  readonly description: LoadedDescription;
  /** The parameters as its schema reads them; those given where absent. */
  readonly params?: Params;
  /** Files that were loaded, so that a change to one of them is noticed. */
  readonly files?: () => readonly string[];
}

/** Loads a definition. Throws what the window shows as the reason why the batch did not start. */
export type LoadRunner = (load: LoadMessage) => Promise<Runner>;
