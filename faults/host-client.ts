import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ErrorInfo } from '../src/shared/errors.ts';
import type { Command, HostEvent, ToldRow } from './host-protocol.ts';

const program = fileURLToPath(new URL('host.ts', import.meta.url));

/** The error that the host answered a command with. */
export class HostError extends Error {
  readonly code: string | undefined;
  constructor(command: string, info: ErrorInfo) {
    super(`${command}: ${info.message}`);
    this.code = info.code;
    this.stack = info.stack ?? this.stack;
  }
}

export interface HostOptions {
  dataDir: string;
  poolSize: number;
  /** Its working folder. */
  cwd: string;
  env: NodeJS.ProcessEnv;
  onResults: (rows: ToldRow[]) => void;
}

/** A host program that runs, seen from the test. */
export class HostClient {
  readonly opened: Promise<void>;
  /** Resolves when the process has ended, however it did. */
  readonly ended: Promise<string>;
  stderr = '';
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Extract<HostEvent, { event: 'answer' }>) => void>();
  #asked = 0;
  #isOver = false;

  constructor({ dataDir, poolSize, cwd, env, onResults }: HostOptions) {
    this.#child = spawn(process.execPath, [program, dataDir, String(poolSize)], {
      cwd,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const { stdin, stdout, stderr } = this.#child;
    stdin!.on('error', () => {});
    stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-10_000);
    });
    const opened = Promise.withResolvers<void>();
    this.opened = opened.promise;
    this.opened.catch(() => {});
    createInterface({ input: stdout! }).on('line', (line) => {
      const event = parse(line);
      if (event?.event === 'open') opened.resolve();
      else if (event?.event === 'results') onResults(event.rows);
      else if (event) this.#waiting.get(event.id)?.(event);
    });
    this.ended = once(this.#child, 'close').then(([code, signal]) => {
      this.#isOver = true;
      const how = signal ? String(signal) : `exit status ${code}`;
      opened.reject(new Error(`The host ended with ${how}: ${this.stderr}`));
      for (const answer of this.#waiting.values()) {
        answer({
          event: 'answer',
          id: 0,
          error: { name: 'HostGone', message: `${how}: ${this.stderr}`, code: 'HOST_GONE' },
        });
      }
      return how;
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Throws a {@link HostError}: what the engine threw, or `HOST_GONE`. */
  async ask<Result>(command: Command): Promise<Result> {
    const id = ++this.#asked;
    const answer = await new Promise<Extract<HostEvent, { event: 'answer' }>>((resolve) => {
      const gone: ErrorInfo = { name: 'HostGone', message: 'The host has ended.', code: 'HOST_GONE' };
      if (this.#isOver) resolve({ event: 'answer', id, error: gone });
      this.#waiting.set(id, resolve);
      this.#child.stdin!.write(`${JSON.stringify({ id, command })}\n`);
    });
    this.#waiting.delete(id);
    if (answer.error) throw new HostError(command.do, answer.error);
    return answer.result as Result;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Closes the engine; the program then ends by itself. */
  async close(): Promise<void> {
    await this.ask({ do: 'close' });
    this.#child.stdin!.end();
  }
}

/** Undefined for the half line of a host that was killed. */
function parse(line: string): HostEvent | undefined {
  try {
    return JSON.parse(line) as HostEvent;
  } catch {
    return undefined;
  }
}
