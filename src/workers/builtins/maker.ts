import type { ParamValue } from '../../shared/params.ts';
import type { TaskContext } from '../runner.ts';

/** What a built-in task is once its parameters are known. */
export type BuiltinTask = (input: unknown, context: TaskContext) => unknown;
/** Makes the task; called once in a worker for each batch. The parameters are checked and complete. */
export type BuiltinMaker = (
  params: Readonly<Record<string, ParamValue>>,
) => BuiltinTask | Promise<BuiltinTask>;
