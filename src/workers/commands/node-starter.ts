import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { PoolboardError } from '../../shared/errors.ts';
import {
  type ByteSink,
  type Command,
  type CommandEnd,
  graceMs,
  lingerMs,
  type Starter,
  type StarterOptions,
} from './starter.ts';

/**
 * Starts programs with Node's own means: everywhere, but at some cost, for Node copies all of its memory map for each,
 * and learns neither processor time nor memory.
 */
export class NodeStarter implements Starter {
  readonly #options: SpawnOptions;
  readonly #running = new Set<ChildProcess>();
  readonly #onExit = () => this.#killAll();

  constructor({ cwd, env }: StarterOptions) {
    // A copy: reading process.env asks the system for each variable, each time.
    this.#options = { cwd, env: { ...env }, detached: process.platform !== 'win32', windowsHide: true };
    process.on('exit', this.#onExit);
  }

  run(command: Command, sink: ByteSink, signal: AbortSignal): Promise<CommandEnd> {
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      const child = this.#spawn(command);
      this.#running.add(child);
      const ender = new TreeEnder(child);
      const onAbort = () => ender.end();
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
      const settle = () => {
        this.#running.delete(child);
        signal.removeEventListener('abort', onAbort);
        ender.ended();
      };

      child.stdout?.on('data', (bytes: Buffer) => sink('stdout', bytes));
      child.stderr?.on('data', (bytes: Buffer) => sink('stderr', bytes));
      // A program need not read what it is fed.
      child.stdin?.on('error', () => {});
      child.stdin?.end(command.stdin);
      let wallMs = 0;
      let linger: NodeJS.Timeout | undefined;
      child.once('exit', () => {
        wallMs = performance.now() - startedAt;
        linger = setTimeout(() => {
          child.stdout?.destroy();
          child.stderr?.destroy();
        }, lingerMs);
      });
      child.once('close', (exitCode, signalName) => {
        clearTimeout(linger);
        settle();
        resolve({ exitCode: signalName === null ? exitCode : null, signal: signalName, wallMs });
      });
      child.once('error', (cause) => {
        if (child.pid !== undefined) return;
        settle();
        reject(notStarted(nameOf(command), cause));
      });
    });
  }

  #spawn(command: Command): ChildProcess {
    const { program, argv, env, stdin } = command;
    try {
      return spawn(program, argv.slice(1), {
        ...this.#options,
        argv0: argv[0],
        env: env ? { ...this.#options.env, ...env } : this.#options.env,
        stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
        // A command line for cmd.exe, which comes with variables, is complete as it is.
        windowsVerbatimArguments: process.platform === 'win32' && env !== undefined,
      });
    } catch (error) {
      throw notStarted(nameOf(command), error);
    }
  }

  async close(): Promise<void> {
    this.#killAll();
    process.off('exit', this.#onExit);
  }

  #killAll(): void {
    for (const child of this.#running) killGroup(child, 'SIGKILL');
  }
}

const nameOf = ({ program, argv }: Command): string => argv[0] ?? program;

const reasons: Record<string, string> = {
  E2BIG: 'its arguments are too long for the system',
  ENOENT: 'it is not there any more',
  EACCES: 'it is not executable',
  EAGAIN: 'the system allows no more processes',
  EMFILE: 'too many files are open',
  ENOMEM: 'there is no memory left',
  ERR_INVALID_ARG_VALUE: 'one of its arguments has a NUL character in it',
};

/** Why a program could not be started, from what the system or Node said. */
export function notStarted(program: string, cause: unknown): PoolboardError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const sentence = `${program} could not be started: ${reasons[code] ?? message}.`;
  return new PoolboardError('PROGRAM_NOT_STARTED', sentence, { cause });
}

/** Ends the process group of a program: asks first. */
class TreeEnder {
  readonly #child: ChildProcess;
  #force: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  end(): void {
    killGroup(this.#child, 'SIGTERM');
    this.#force = setTimeout(() => killGroup(this.#child, 'SIGKILL'), graceMs);
  }

  /** The program has ended; what it started may go on, with its output closed, and has had its time to end. */
  ended(): void {
    if (!this.#force) return;
    clearTimeout(this.#force);
    killGroup(this.#child, 'SIGKILL');
  }
}

function killGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') {
      spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    } else {
      process.kill(-child.pid, signal);
    }
  } catch {
    // All of it has ended.
  }
}
