import { type ErrorInfo, PoolboardError } from '../../shared/errors.ts';

/**
 * A task's error, back in the program that started the task: with the name, message, stack, code, cause and own
 * fields that it had in the worker.
 */
export class TaskError extends Error {
  readonly info: ErrorInfo;
  readonly code?: string;

  constructor(info: ErrorInfo) {
    super(info.message, info.cause ? { cause: new TaskError(info.cause) } : undefined);
    this.name = info.name;
    this.info = info;
    if (info.stack) this.stack = info.stack;
    Object.assign(this, info.fields);
    if (info.code !== undefined) this.code = info.code;
  }
}

export const terminatedError = () =>
  new PoolboardError('TERMINATED', 'The pool was terminated before this task had ended.');
