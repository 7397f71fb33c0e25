/**
 * The words for a task and its attempts. Arrays rather than enums: their order is the code that stands for
 * each word in packed columns and in the store, so new words go at the end.
 */
export const taskStates = ['pending', 'running', 'succeeded', 'failed', 'canceled', 'skipped'] as const;
export type TaskState = (typeof taskStates)[number];

export const attemptOutcomes = ['ok', 'error', 'timeout', 'crash', 'canceled'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** Position of a task in its batch, from 0. */
export type TaskIndex = number;

/** A batch's id: a small number, as a person types it after `poolboard show`. */
export type BatchId = number;

/** The code of a task state in a packed column (`Uint8Array`) and in the store. */
export const stateCode = (state: TaskState): number => taskStates.indexOf(state);

/** The code of an attempt's outcome in a packed column (`Uint8Array`) and in the store. */
export const outcomeCode = (outcome: AttemptOutcome): number => attemptOutcomes.indexOf(outcome);

export const outputStreams = ['stdout', 'stderr', 'log'] as const;
export type OutputStream = (typeof outputStreams)[number];

/** One piece of what a task printed. `text` may hold several lines or a part of one. */
export interface OutputPiece {
  index: TaskIndex;
  stream: OutputStream;
  text: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** What a task reported of its own progress; `fraction` is 0 to 1. */
export interface TaskProgress {
  fraction: number;
  message?: string;
}
