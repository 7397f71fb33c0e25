import type { CommandEnd } from './starter.ts';

/** What a command wrote, and how it ended. */
export interface CommandResult extends CommandEnd {
  stdout: string;
  stderr: string;
}

/** A program that ended with an exit code other than 0, or by a signal. Keeps what it wrote. */
export class CommandError extends Error implements CommandResult {
  readonly code = 'COMMAND_FAILED';
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallMs: number;
  declare readonly cpuMs?: number;
  declare readonly peakMemoryBytes?: number;

  constructor(program: string, result: CommandResult) {
    super(sentence(program, result));
    this.name = 'CommandError';
    // Where Poolboard noticed it is of no interest to anybody.
    this.stack = `${this.name}: ${this.message}`;
    this.exitCode = result.exitCode;
    this.signal = result.signal;
    this.stdout = result.stdout;
    this.stderr = result.stderr;
    this.wallMs = result.wallMs;
    if (result.cpuMs !== undefined) this.cpuMs = result.cpuMs;
    if (result.peakMemoryBytes !== undefined) this.peakMemoryBytes = result.peakMemoryBytes;
  }
}

function sentence(program: string, { exitCode, signal, stderr }: CommandResult): string {
  const how = signal === null ? `ended with exit code ${exitCode}` : `was ended by ${signal}`;
  const last = stderr.trimEnd().split('\n').at(-1)?.trim();
  return last
    ? `${program} ${how}: ${last.length > 300 ? `${last.slice(0, 300)}…` : last}`
    : `${program} ${how}.`;
}
