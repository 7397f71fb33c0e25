import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { PoolboardError } from '../../shared/errors.ts';
import type { CapturedStream } from '../capture.ts';
import { helperSource } from './helper-source.ts';
import { notStarted } from './node-starter.ts';
import {
  type ByteSink,
  type Command,
  type CommandEnd,
  graceMs,
  lingerMs,
  type Starter,
  type StarterOptions,
} from './starter.ts';

/** A helper that does not say that it is ready within this time is not waited for. */
const readyMs = 3000;
const headerBytes = 9;
const streams: Record<number, CapturedStream> = { 1: 'stdout', 2: 'stderr' };
const frameKind = { ended: 0, notStarted: 3, ready: 4 } as const;

interface Running {
  program: string;
  sink: ByteSink;
  resolve: (end: CommandEnd) => void;
  reject: (error: Error) => void;
}

/** Starts programs through a small helper process; see helper-source.ts for what that is good for. */
export class HelperStarter implements Starter {
  readonly #helper: ChildProcess;
  readonly #running = new Map<number, Running>();
  readonly #gone: Promise<unknown>;
  #unread: Buffer = Buffer.alloc(0);
  #onReady: () => void = () => {};
  #lastId = 0;
  #isGone = false;

  /** A starter that is ready; undefined where this machine has no Python for it. */
  static async start(options: StarterOptions): Promise<HelperStarter | undefined> {
    const python = process.platform === 'win32' ? undefined : findPython(options.env);
    if (python === undefined) return undefined;
    const starter = new HelperStarter(python, options);
    const ready = new Promise<boolean>((resolve) => {
      starter.#onReady = () => resolve(true);
      void starter.#gone.then(() => resolve(false));
      setTimeout(() => resolve(false), readyMs).unref();
    });
    if (await ready) return starter;
    starter.#helper.kill('SIGKILL');
    return undefined;
  }

  private constructor(python: string, { cwd, env }: StarterOptions) {
    const args = [
      '-I',
      '-S',
      '-X',
      'utf8',
      '-c',
      helperSource,
      String(graceMs / 1000),
      String(lingerMs / 1000),
    ];
    // In a session of its own: Ctrl-C in a terminal is for the worker to handle.
    this.#helper = spawn(python, args, { cwd, detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
    this.#gone = Promise.race([once(this.#helper, 'close'), once(this.#helper, 'error')]).catch(() => {});
    void this.#gone.then(() => this.#lose());
    this.#helper.on('error', () => {});
    this.#helper.stdin!.on('error', () => {});
    this.#helper.stdout!.on('data', (bytes: Buffer) => this.#read(bytes));
    this.#post(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)));
  }

  run({ program, argv, env, stdin }: Command, sink: ByteSink, signal: AbortSignal): Promise<CommandEnd> {
    const id = ++this.#lastId;
    return new Promise<CommandEnd>((resolve, reject) => {
      if (this.#isGone) throw lost();
      const abort = () => this.#post({ k: id });
      const settled = () => signal.removeEventListener('abort', abort);
      this.#running.set(id, {
        program: argv[0] ?? program,
        sink,
        resolve: (end) => {
          settled();
          resolve(end);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      this.#post({ i: id, p: program, a: argv, e: env, s: stdin });
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
    });
  }

  async close(): Promise<void> {
    this.#helper.stdin!.end();
    await this.#gone;
  }

  #post(request: object): void {
    if (!this.#isGone) this.#helper.stdin!.write(`${JSON.stringify(request)}\n`);
  }

  #read(bytes: Buffer): void {
    const all = this.#unread.length > 0 ? Buffer.concat([this.#unread, bytes]) : bytes;
    let at = 0;
    while (all.length - at >= headerBytes) {
      const length = all.readUInt32LE(at + 5);
      const start = at + headerBytes;
      if (all.length - start < length) break;
      this.#receive(all.readUInt32LE(at), all[at + 4]!, all.subarray(start, start + length));
      at = start + length;
    }
    this.#unread = all.subarray(at);
  }

  #receive(id: number, kind: number, payload: Buffer): void {
    if (kind === frameKind.ready) {
      this.#onReady();
      return;
    }
    const running = this.#running.get(id);
    if (!running) return;
    const stream = streams[kind];
    if (stream) {
      running.sink(stream, payload);
      return;
    }
    this.#running.delete(id);
    if (kind === frameKind.ended) running.resolve(readEnd(payload));
    else running.reject(notStarted(running.program, systemError(payload.toString())));
  }

  #lose(): void {
    this.#isGone = true;
    for (const { reject } of this.#running.values()) reject(lost());
    this.#running.clear();
  }
}

function lost(): PoolboardError {
  return new PoolboardError(
    'COMMAND_LOST',
    'The process that starts commands ended under this one: run it again.',
  );
}

/** As Node would have thrown it. Python refuses NUL characters with an error that has no code. */
function systemError(word: string): Error {
  return Object.assign(new Error(word), {
    code: word.includes('null byte') ? 'ERR_INVALID_ARG_VALUE' : word,
  });
}

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/** The wait status as waitpid(2) gives it: a signal in the lower seven bits, else the exit code above them. */
function readEnd(payload: Buffer): CommandEnd {
  const status = payload.readInt32LE(0);
  const number = status & 0x7f;
  const end: CommandEnd = {
    exitCode: number === 0 ? (status >> 8) & 0xff : null,
    signal: number === 0 ? null : (signalNames.get(number) ?? `signal ${number}`),
    wallMs: round(payload.readDoubleLE(4)),
    cpuMs: round(payload.readDoubleLE(12)),
  };
  const peak = Number(payload.readBigInt64LE(20));
  return peak > 0 ? { ...end, peakMemoryBytes: peak } : end;
}

const round = (ms: number): number => Math.round(ms * 1000) / 1000;

/** A Python 3 for the helper, any version. Not one that would only ask to be installed, as macOS's does. */
function findPython(env: NodeJS.ProcessEnv): string | undefined {
  if (process.platform === 'darwin') {
    return [
      '/Library/Developer/CommandLineTools/usr/bin/python3',
      '/opt/homebrew/bin/python3',
      '/usr/local/bin/python3',
    ].find(existsSync);
  }
  const onPath = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'python3'));
  return ['/usr/bin/python3', '/usr/local/bin/python3', ...onPath].find(existsSync);
}
