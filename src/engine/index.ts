/** The engine as a library: the pool, and the engine that keeps batches in a store. */
export type { TaskContext } from '../shared/task-context.ts';
export type { Engine } from './api.ts';
export { createEngine, type EngineOptions } from './create-engine.ts';
export { forkLauncher } from './launchers/fork.ts';
export { AsyncResult, type ResultCallbacks } from './multiprocessing/async-result.ts';
export { type MapOptions, Pool, type PoolOptions, type ResultOptions } from './multiprocessing/pool.ts';
export { TaskError } from './multiprocessing/task-error.ts';
export type { Callable, TaskFile } from './multiprocessing/task-function.ts';
