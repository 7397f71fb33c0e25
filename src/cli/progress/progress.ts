import type { BatchSummary } from '../../shared/batch.ts';
import type { ErrorInfo } from '../../shared/errors.ts';
import type { Commands } from '../end-lines.ts';

/** What a person or a program is told on standard error while a batch runs. */
export interface Progress {
  start(summary: BatchSummary): void;
  update(summary: BatchSummary): void;
  /** Something to know, in a sentence; dropped where only a program reads, or nobody. */
  say(sentence: string): void;
  /** Something that the user has to know. */
  warn(sentence: string): void;
  error(error: Pick<ErrorInfo, 'message' | 'code'>): void;
  /** Lets `write` write to the same terminal without cutting through a line. */
  aside<T>(write: () => T): T;
  /** The last word; nothing is written after it. */
  end(summary: BatchSummary, exitStatus: number, lines: readonly string[]): void;
  /** Leaves the terminal clean where the batch did not come to its end. */
  close(): void;
}

export interface ProgressOptions {
  out: ErrorStream;
  env: NodeJS.ProcessEnv;
  /** Command lines for more about the batch. */
  commands: Commands;
  platform?: NodeJS.Platform;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** What is needed of standard error. */
export interface ErrorStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}
