import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Which task is running where the code stands, so that output finds its task. A task is whatever object the
 * worker uses for one; nothing here looks inside.
 *
 * Two ways, for they differ in cost: where one task runs at a time a variable is enough and costs nothing; where
 * several do, Node carries the task along every callback and promise. Both may be used in one process.
 */
let only: object | undefined;
const several = new AsyncLocalStorage<object | undefined>();

/** Makes `task` the current one until the next call, so that an asynchronous task is covered to its end. */
export function beginTask(task: object): void {
  only = task;
}

/** Runs `task` beside others: it is the current one in all that `run` starts, however late, and nowhere else. */
export function runBesideOthers<Result>(task: object, run: () => Result): Result {
  return several.run(task, run);
}

/** The task that the calling code belongs to; undefined outside of tasks. */
export function currentTask<Task extends object = object>(): Task | undefined {
  return (several.getStore() ?? only) as Task | undefined;
}

/** Both ways, as the worker's loop takes them. */
export const taskScope = { serial: beginTask, concurrent: runBesideOthers };
