import type { Writable } from 'node:stream';
import type { ErrorStream } from './progress/progress.ts';

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** What a command needs of the process that it runs in. */
export interface Terminal {
  stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  stderr: ErrorStream;
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Hears the signals that end programs, in place of the program's end. Returns the function that stops it. */
  onSignal(listener: (signal: Signal) => void): () => void;
}
