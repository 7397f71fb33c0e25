import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder, where the examples' commands are typed. */
export const project = fileURLToPath(new URL('..', import.meta.url));

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** A program that runs, and what it has printed so far. */
export interface Running {
  /** Resolves when standard output has this text in it; rejects where the program ends without it. */
  printed(text: string): Promise<void>;
  isRunning(): boolean;
  kill(): void;
  readonly ended: Promise<Ran>;
}

/** Starts a program in the project's folder. */
export function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(program, args, {
    cwd: project,
    env: { ...process.env, LC_ALL: 'C.UTF-8', PYTHONUNBUFFERED: '', ...env },
    // No PYTHONUNBUFFERED: it makes two writes of a line, between which another process may print.
    // A group of its own, so that a Python pool can be ended with its workers.
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  let tell = Promise.withResolvers<void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    tell.resolve();
    tell = Promise.withResolvers();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
  return {
    async printed(text) {
      while (!stdout.includes(text)) {
        const end = await Promise.race([tell.promise, ended]);
        if (end && !stdout.includes(text)) throw new Error(`It ended without "${text}": ${stdout}${stderr}`);
      }
    },
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill() {
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
    },
    ended,
  };
}

/** Runs a program to its end. */
export const run = (program: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran> =>
  start(program, args, env).ended;
