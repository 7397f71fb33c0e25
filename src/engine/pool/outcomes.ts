import { type ErrorInfo, PoolboardError, toErrorInfo } from '../../shared/errors.ts';
import { formatDuration } from '../../shared/format.ts';
import {
  type AttemptOutcome,
  attemptOutcomes,
  outcomeCode,
  stateCode,
  type TaskIndex,
  type TaskState,
} from '../../shared/task.ts';
import type { WorkerExit } from '../launcher.ts';
import { mostCrashes } from './attempts.ts';
import type { EndedAttempts } from './job.ts';

const finalStates: Record<AttemptOutcome, TaskState> = {
  ok: 'succeeded',
  error: 'failed',
  timeout: 'failed',
  crash: 'failed',
  canceled: 'canceled',
};
const codes = Uint8Array.from(attemptOutcomes, (outcome) => stateCode(finalStates[outcome]));

/** The states that attempts of these outcomes leave their tasks in, where nothing is tried again. */
export function statesOf(outcomes: Uint8Array): Uint8Array {
  const states = new Uint8Array(outcomes.length);
  for (let i = 0; i < outcomes.length; i++) states[i] = codes[outcomes[i]!]!;
  return states;
}

/** One attempt that the pool ended, as a batch of results of one. */
export function oneEnded(
  worker: number,
  index: TaskIndex,
  outcome: AttemptOutcome,
  error: ErrorInfo,
  more: { encoding: 'json' | 'clone'; startedAt: number; input: unknown; attempt: number },
): EndedAttempts {
  const outcomes = Uint8Array.of(outcomeCode(outcome));
  return {
    worker,
    indices: [index],
    outcomes,
    states: statesOf(outcomes),
    values: more.encoding === 'json' ? JSON.stringify(error) : [error],
    startedAt: Float64Array.of(more.startedAt),
    ms: Float64Array.of(more.startedAt === 0 ? 0 : Math.max(0, Date.now() - more.startedAt)),
    attempts: more.attempt === 1 ? undefined : [more.attempt],
    output: [],
    inputs: () => [more.input],
  };
}

/**
 * Why an attempt ended when its worker died. `how`, among the error's fields, says it in a word or three.
 * @param ranOutOfMemory the worker, or the machine, had no memory left.
 */
export function crashError(exit: WorkerExit, lastOutput: string, ranOutOfMemory = false): ErrorInfo {
  const how = ranOutOfMemory ? 'out of memory' : exitSentence(exit);
  const error: ErrorInfo = {
    name: ranOutOfMemory ? 'OutOfMemory' : 'WorkerCrash',
    message: ranOutOfMemory
      ? `The worker process ran out of memory while it ran this task (${exitSentence(exit)}).`
      : `The worker process ended while it ran this task: ${how}.`,
    code: ranOutOfMemory ? 'OUT_OF_MEMORY' : 'WORKER_CRASH',
    fields: { how, exitCode: exit.code, signal: exit.signal, reason: exit.reason ?? null },
  };
  if (lastOutput) error.fields!.lastOutput = lastOutput;
  return error;
}

/** Why an attempt ended whose worker gave no sign of life. */
export function hungError(hangMs: number): ErrorInfo {
  const time = formatDuration(hangMs, 'en');
  return {
    name: 'WorkerHung',
    message: `The worker process gave no sign of life and used no processor for ${time} while it ran this task.`,
    code: 'WORKER_HUNG',
    fields: { how: 'no sign of life' },
  };
}

export function exitSentence({ code, signal, reason }: WorkerExit): string {
  if (reason) return signal ? `${reason} (${signal})` : reason;
  if (signal) return signal;
  return `exit status ${code ?? 'unknown'}`;
}

export function exitCalledError(code: number): ErrorInfo {
  return {
    name: 'ProcessExit',
    message: `The task ended its process with exit status ${code}.`,
    code: 'PROCESS_EXIT',
    fields: { how: `exit status ${code}`, exitCode: code },
  };
}

/** @param percent where the limit follows from the other tasks: of their median. */
export function timeoutError(timeoutMs: number, percent?: number): ErrorInfo {
  const why = percent === undefined ? '' : `, ${percent}% of the median task`;
  const message = `The task took longer than ${formatDuration(timeoutMs, 'en')}${why}.`;
  return { name: 'Timeout', message, code: 'TIMEOUT' };
}

/** The error of a task that has ended so many workers that it is not tried again. */
export function deadlyError(error: ErrorInfo): ErrorInfo {
  const message = `${error.message} It has ended ${mostCrashes} workers, so it is not tried again.`;
  return { ...error, message };
}

export const canceledError: ErrorInfo = {
  name: 'Canceled',
  message: 'The task was canceled.',
  code: 'CANCELED',
};

/** Why a job's workers cannot start. */
export function startError(exit: WorkerExit, lastOutput: string): ErrorInfo {
  const detail = lastOutput ? ` Its last output: ${lastOutput.slice(-500)}` : '';
  return toErrorInfo(
    new PoolboardError('WORKER_START', `A worker could not start: ${exitSentence(exit)}.${detail}`),
  );
}
