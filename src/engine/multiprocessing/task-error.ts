import { type ErrorInfo, PoolboardError } from '../../shared/errors.ts';
import type { JobEnd } from '../pool/job.ts';

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

/** Why tasks of a job that has ended have no results; null where all of them were run. */
export function errorOf(end: JobEnd): Error | null {
  if (end.reason === 'completed') return null;
  return end.reason === 'stopped' ? new TaskError(end.error) : terminatedError();
}
