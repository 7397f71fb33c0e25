import { type ChildProcess, fork } from 'node:child_process';
import { packMessage } from '../../shared/packed-indices.ts';
import type { FromWorker, ToWorker } from '../../shared/wire.ts';
import { workerEntry } from '../entries.ts';
import type { Launcher, LaunchOptions, WorkerExit, WorkerProcess } from '../launcher.ts';
import { readFromWorker } from './from-worker.ts';
import { killTree } from './kill-tree.ts';
import { removeLeftBehind } from './left-behind.ts';
import { endOrphans } from './orphans.ts';
import { nodeWorkerVariables } from './worker-variables.ts';

/** After the exit, how long is waited for the end of what the process printed: a child may hold its output open. */
const drainMs = 500;

/** Launches Node workers with `child_process.fork`; for hosts that are plain Node. */
export function forkLauncher(): Launcher {
  void removeLeftBehind();
  endOrphans();
  return { launch: (options) => new ForkedWorker(options) };
}

class ForkedWorker implements WorkerProcess {
  readonly #child: ChildProcess;
  #failure: string | undefined;

  constructor(options: LaunchOptions) {
    const { name, heapMb } = options;
    this.#child = fork(workerEntry, [], {
      // Packed columns are typed arrays, which JSON does not carry.
      serialization: 'advanced',
      execArgv: [
        `--title=${name}`,
        '--enable-source-maps',
        ...(heapMb ? [`--max-old-space-size=${heapMb}`] : []),
      ],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A process group of its own, so that Ctrl+C in a terminal reaches the host alone and the group ends whole.
      detached: process.platform !== 'win32',
      env: { ...workerEnvironment(), ...nodeWorkerVariables(options) },
    });
    // A send to a process that is gone is an 'error' too; 'exit' has told of that already.
    this.#child.on('error', (error) => {
      this.#failure ??= this.#child.pid === undefined ? error.message : undefined;
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  post(message: ToWorker): void {
    if (this.#child.connected)
      this.#child.send(packMessage(message) as object, undefined, undefined, () => {});
  }

  onMessage(listener: (message: FromWorker) => void): void {
    this.#child.on('message', (packed) => {
      const message = readFromWorker(packed);
      if (message) listener(message);
    });
  }

  onOutput(listener: (stream: 'stdout' | 'stderr', text: string) => void): void {
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => listener('stdout', text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => listener('stderr', text));
  }

  onExit(listener: (exit: WorkerExit) => void): void {
    // What the worker's tasks started must not outlive it, and may hold its output open.
    this.#child.once('exit', () => {
      this.#killGroup('SIGKILL');
      const timer = setTimeout(() => {
        this.#child.stdout?.destroy();
        this.#child.stderr?.destroy();
      }, drainMs);
      this.#child.once('close', () => clearTimeout(timer));
    });
    // 'close', not 'exit': by then the last messages and the last output have been read.
    this.#child.once('close', (code, signal) => {
      const exit = { code, signal, reason: this.#failure };
      void removeLeftBehind(this.#child.pid).then(() => listener(exit));
    });
  }

  kill(force: boolean): void {
    if (this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null) {
      const signal = force ? 'SIGKILL' : 'SIGTERM';
      killTree(this.#child.pid, signal);
      this.#killGroup(signal);
    }
  }

  #killGroup(signal: NodeJS.Signals): void {
    if (process.platform === 'win32' || this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // All of them are gone.
    }
  }
}

/** The host's environment, without what would change how Node runs the worker itself. */
function workerEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, NODE_CHANNEL_FD: __, ...env } = process.env;
  return env;
}
