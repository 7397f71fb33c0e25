import type { CapturedStream } from '../capture.ts';

/** One program to run, to its end. */
export interface Command {
  /** Absolute path of the program. */
  program: string;
  /** The argument vector; the first is the program's name as it was written. */
  argv: string[];
  /** Environment variables beside those of the starter. */
  env?: Record<string, string>;
  /** What the program reads; nothing at all where absent. */
  stdin?: string;
}

/** How a program ended. */
export interface CommandEnd {
  /** Null where a signal ended it. */
  exitCode: number | null;
  signal: string | null;
  wallMs: number;
  /** Processor time of the program and of the children that it waited for; absent where the platform does not tell. */
  cpuMs?: number;
  /** The most memory that it had at once; absent where the platform does not tell. */
  peakMemoryBytes?: number;
}

/** Told what the program writes, as it comes. The bytes are only good during the call. */
export type ByteSink = (stream: CapturedStream, bytes: Buffer) => void;

/** Starts programs, each in a process group of its own, with one environment and working folder for all. */
export interface Starter {
  /**
   * Runs a program. Resolves when it has ended and its output is at its end; what it left running in the background
   * is waited for no longer than {@link lingerMs}. An abort ends its whole process tree: SIGTERM, then SIGKILL.
   * @throws PoolboardError PROGRAM_NOT_STARTED.
   */
  run(command: Command, sink: ByteSink, signal: AbortSignal): Promise<CommandEnd>;
  /** Ends what still runs, and the starter. */
  close(): Promise<void>;
}

export interface StarterOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** From SIGTERM to SIGKILL. Less than the pool's own patience with the worker, which then has time to tell of it. */
export const graceMs = 1500;
/** What a program has left in the background, with its output open, is waited for this long. */
export const lingerMs = 1000;
