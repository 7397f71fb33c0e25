import { type ChildProcess, fork } from 'node:child_process';
import { packMessage, unpackMessage } from '../../shared/packed-indices.ts';
import type { FromWorker, ToWorker } from '../../shared/wire.ts';
import { workerEntry } from '../entries.ts';
import type { Launcher, LaunchOptions, WorkerExit, WorkerProcess } from '../launcher.ts';
import { killTree } from './kill-tree.ts';
import { removeLeftBehind } from './left-behind.ts';
import { nodeWorkerVariables } from './worker-variables.ts';

/** Launches Node workers with `child_process.fork`; for hosts that are plain Node. */
export function forkLauncher(): Launcher {
  void removeLeftBehind();
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
    this.#child.on('message', (message) => listener(unpackMessage<FromWorker>(message)));
  }

  onOutput(listener: (stream: 'stdout' | 'stderr', text: string) => void): void {
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => listener('stdout', text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => listener('stderr', text));
  }

  onExit(listener: (exit: WorkerExit) => void): void {
    // 'close', not 'exit': by then the last messages and the last output have been read.
    this.#child.on('close', (code, signal) => {
      const exit = { code, signal, reason: this.#failure };
      void removeLeftBehind(this.#child.pid).then(() => listener(exit));
    });
  }

  kill(force: boolean): void {
    if (this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null) {
      killTree(this.#child.pid, force ? 'SIGKILL' : 'SIGTERM');
    }
  }
}

/** The host's environment, without what would change how Node runs the worker itself. */
function workerEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, NODE_CHANNEL_FD: __, ...env } = process.env;
  return env;
}
