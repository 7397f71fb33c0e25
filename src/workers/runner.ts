import type { Params } from '../shared/definition.ts';
import type { TaskContext } from '../shared/task-context.ts';
import type { LoadedDescription, LoadMessage } from '../shared/wire.ts';

export type { TaskContext };

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
