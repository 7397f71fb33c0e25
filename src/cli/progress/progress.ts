import type { BatchSummary } from '../../shared/batch.ts';
import type { ErrorInfo } from '../../shared/errors.ts';
import type { ProgressKind } from '../requests.ts';
import { createBar } from './bar.ts';
import { createJsonLines } from './json-lines.ts';
import { createPlain } from './plain.ts';

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

/** The progress of `--progress KIND` on a stream; `auto` is a bar on a terminal that can draw one. */
export function createProgress(kind: ProgressKind, options: ProgressOptions): Progress {
  const canDraw = options.out.isTTY === true && options.env.TERM !== 'dumb';
  if (kind === 'json') return createJsonLines(options);
  if (kind === 'none') return createPlain(options, { quiet: true });
  return kind === 'auto' && canDraw ? createBar(options) : createPlain(options, { quiet: false });
}
