import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { ChunkMessage, Encoding, FromWorker, JobId, ToWorker } from '../../shared/wire.ts';
import { pythonWorkerEntry } from '../entries.ts';
import type { Launcher, LaunchOptions, WorkerExit, WorkerProcess } from '../launcher.ts';
import { killTree } from './kill-tree.ts';
import { FrameCutter, fromFrame, toFrame } from './python-frames.ts';
import { asJson } from './python-inputs.ts';
import { pythonWorkerVariables } from './worker-variables.ts';

/** After the exit, a silence after which the end of what the process sent is not waited for: a child may hold its pipe open. */
const drainMs = 500;

/**
 * How messages reach the interpreter. `pipes`: descriptors 3 and 4, and 5 as the lifeline, by which the kernel
 * ends the worker when this process dies. `stdio`: standard input and output, for Windows, where a process is
 * given no others in a way that Python knows; what native code prints then all comes as standard error.
 */
export type PythonTransport = 'pipes' | 'stdio';

/**
 * Launches Python workers. The interpreter itself speaks the worker protocol: there is no Node process between.
 * @param interpreter path or name of the program; see `findInterpreter`.
 */
export function pythonLauncher(
  interpreter: string,
  transport: PythonTransport = process.platform === 'win32' ? 'stdio' : 'pipes',
): Launcher {
  return { launch: (options) => new PythonWorker(interpreter, transport, options) };
}

class PythonWorker implements WorkerProcess {
  readonly #process: ChildProcess;
  readonly #input: Writable | null;
  readonly #output: Readable | null;
  readonly #cloned = new Set<JobId>();
  #onMessage: (message: FromWorker) => void = () => {};
  #onOutput: (stream: 'stdout' | 'stderr', text: string) => void = () => {};
  #onExit: (exit: WorkerExit) => void = () => {};
  #hasExited = false;
  /** Results that did not come from the worker: their acknowledgements are not for it. */
  #refusals = 0;

  constructor(interpreter: string, transport: PythonTransport, options: LaunchOptions) {
    const byPipes = transport === 'pipes';
    const descriptors = byPipes ? ['3', '4', '5'] : ['0', '1'];
    this.#process = spawn(
      interpreter,
      ['-u', '-X', 'utf8', pythonWorkerEntry, options.name, ...descriptors],
      {
        stdio: byPipes ? ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe'],
        // A process group of its own, so that Ctrl+C in a terminal reaches the host alone and the group ends whole.
        detached: process.platform !== 'win32',
        windowsHide: true,
        env: { ...process.env, ...pythonWorkerVariables(options) },
      },
    );
    if (options.nice && process.platform === 'win32') setPriorityOf(this.#process.pid, options.nice);
    this.#input = (byPipes ? this.#pipes[3] : this.#process.stdin) as Writable | null;
    this.#output = (byPipes ? this.#pipes[4] : this.#process.stdout) as Readable | null;
    this.#listenForMessages();
    if (byPipes) this.#listenForOutput('stdout', this.#process.stdout);
    this.#listenForOutput('stderr', this.#process.stderr);
    // A process that dies takes its pipes along; the exit tells why.
    for (const stream of this.#pipes) stream?.on('error', () => {});
    this.#process.once('error', (error) => {
      if (this.#process.pid === undefined) this.#exited({ code: null, signal: null, reason: error.message });
    });
    this.#process.once('exit', (code, signal) => this.#drain({ code, signal }));
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** None where there were too few descriptors for another process: Node leaves `stdio` undefined then. */
  get #pipes(): (Readable | Writable | null | undefined)[] {
    return (this.#process.stdio as ChildProcess['stdio'] | undefined) ?? [];
  }

  post(message: ToWorker): void {
    if (this.#hasExited || !this.#input?.writable) return;
    if (message.type === 'load' && message.encoding === 'clone') this.#cloned.add(message.job);
    if (message.type === 'unload') this.#cloned.delete(message.job);
    if (message.type === 'ack' && this.#refusals > 0) {
      this.#refusals -= 1;
      return;
    }
    this.#input.write(toFrame(message.type === 'chunk' ? this.#sendable(message) : message));
  }

  onMessage(listener: (message: FromWorker) => void): void {
    this.#onMessage = listener;
  }

  onOutput(listener: (stream: 'stdout' | 'stderr', text: string) => void): void {
    this.#onOutput = listener;
  }

  onExit(listener: (exit: WorkerExit) => void): void {
    this.#onExit = listener;
  }

  kill(force: boolean): void {
    const { pid } = this;
    if (pid === undefined || this.#hasExited) return;
    const signal = force ? 'SIGKILL' : 'SIGTERM';
    try {
      killTree(pid, signal);
    } catch {
      // Its processes cannot be listed: the group is left.
    }
    this.#killGroup(signal);
  }

  #listenForMessages(): void {
    const cutter = new FrameCutter();
    const encodingOf = (job: JobId): Encoding => (this.#cloned.has(job) ? 'clone' : 'json');
    this.#output?.on('data', (bytes: Buffer) => {
      for (const frame of cutter.push(bytes)) {
        const message = this.#hasExited ? null : this.#read(frame, encodingOf);
        if (message) this.#onMessage(message);
      }
    });
  }

  /** Null for what is no message: something else in that process writes to its pipe, and nothing more can be read. */
  #read(frame: Buffer, encodingOf: (job: JobId) => Encoding): FromWorker | null {
    try {
      return fromFrame(frame, encodingOf);
    } catch {
      this.kill(true);
      return null;
    }
  }

  #listenForOutput(name: 'stdout' | 'stderr', stream: Readable | null): void {
    const decoder = new StringDecoder('utf8');
    stream?.on('data', (bytes: Buffer) => this.#onOutput(name, decoder.write(bytes)));
  }

  /** Waits for what the process sent before its end, then tells of the end. */
  #drain(exit: WorkerExit): void {
    // What the worker's tasks started must not outlive it.
    this.#killGroup('SIGKILL');
    const open = [this.#output, this.#process.stderr].filter((stream) => stream && !stream.closed);
    let left = open.length;
    let timer: NodeJS.Timeout | undefined;
    let hasSent = false;
    this.#output?.on('data', () => {
      hasSent = true;
    });
    const wait = () => {
      hasSent = false;
      // Judged after the next look at the pipe: where this process had no time, nothing was read meanwhile.
      timer = setTimeout(
        () => setImmediate(() => (hasSent && !this.#hasExited ? wait() : this.#exited(exit))),
        drainMs,
      );
    };
    wait();
    const closed = () => {
      left -= 1;
      if (left > 0) return;
      clearTimeout(timer);
      this.#exited(exit);
    };
    if (left === 0) closed();
    for (const stream of open) stream!.once('close', closed);
  }

  #exited(exit: WorkerExit): void {
    if (this.#hasExited) return;
    this.#hasExited = true;
    for (const stream of this.#pipes) stream?.destroy();
    this.#onExit(exit);
  }

  #killGroup(signal: NodeJS.Signals): void {
    if (process.platform === 'win32' || this.pid === undefined) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // All of them are gone.
    }
  }

  /** The chunk without the inputs that have no JSON text: their tasks fail here, as they would there. */
  #sendable(chunk: ChunkMessage): ChunkMessage {
    if (typeof chunk.inputs === 'string') return chunk;
    const { sendable, refusal } = asJson(chunk, chunk.inputs);
    if (refusal) {
      this.#refusals += 1;
      queueMicrotask(() => this.#onMessage(refusal));
    }
    return sendable;
  }
}

/** For Windows, where Python cannot do it itself, and a priority is the process's. */
function setPriorityOf(pid: number | undefined, nice: number): void {
  try {
    if (pid !== undefined) setPriority(pid, nice);
  } catch {
    // Not permitted: it works all the same.
  }
}
