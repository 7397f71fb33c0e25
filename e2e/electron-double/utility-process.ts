import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { app, theApp } from './app.ts';
import { notDoubled, strict } from './strict.ts';

interface ForkOptions {
  env?: Record<string, string>;
  execArgv?: string[];
  cwd?: string;
  stdio?: string | string[];
  serviceName?: string;
}

const parentPort = fileURLToPath(new URL('./parent-port.mjs', import.meta.url));

export const utilityProcess = strict('utilityProcess', {
  fork: (modulePath: string, args: string[] = [], options: ForkOptions = {}) =>
    strict('UtilityProcess', new UtilityProcess(modulePath, args, options)),
});

/**
 * A real process with a real channel. What it shares with Electron's: no pid and no kill before `spawn`, an
 * `exit` that tells no signal, no message and no output after it, and a `child-process-gone` that follows
 * where the end was not the process's own.
 */
class UtilityProcess extends EventEmitter {
  readonly stdout: PassThrough | null = null;
  readonly stderr: PassThrough | null = null;
  readonly #child: ChildProcess;
  #state: 'starting' | 'running' | 'gone' = 'starting';
  #killed = false;
  #ranOutOfMemory = false;

  constructor(modulePath: string, args: string[], options: ForkOptions) {
    super();
    if (!theApp.isReady()) throw new TypeError('utilityProcess cannot be created before app is ready.');
    const { stdio = 'inherit', serviceName = 'Node Utility Process', env } = options;
    if (stdio !== 'pipe' && stdio !== 'inherit' && stdio !== 'ignore') {
      throw notDoubled(`utilityProcess.fork with stdio ${JSON.stringify(stdio)}`);
    }
    for (const [name, value] of Object.entries(env ?? {})) {
      if (typeof value !== 'string') throw new TypeError(`Invalid value for env: ${name} is not a string.`);
    }
    this.#child = fork(modulePath, args, {
      serialization: 'advanced',
      cwd: options.cwd,
      env: { ...(env ?? process.env) },
      // Node inside Electron does not strip types; a worker must not rely on it.
      execArgv: ['--no-strip-types', '--import', parentPort, ...jsFlags(options.execArgv ?? [])],
      stdio: ['ignore', stdio, 'pipe', 'ipc'],
    });
    if (stdio === 'pipe') {
      this.stdout = new PassThrough();
      this.stderr = new PassThrough();
      this.#child.stdout!.pipe(this.stdout);
      this.#child.stderr!.pipe(this.stderr);
    } else if (stdio === 'inherit') this.#child.stderr!.pipe(process.stderr);
    this.#child.stderr!.on('data', (chunk: Buffer) => {
      if (chunk.includes('JavaScript heap out of memory')) this.#ranOutOfMemory = true;
    });
    this.#child.on('spawn', () => {
      this.#state = 'running';
      this.emit('spawn');
    });
    this.#child.on('message', (message) => {
      if (this.#state !== 'gone') this.emit('message', message);
    });
    this.#child.on('error', () => this.#launchFailed(serviceName));
    this.#child.on('exit', (code, signal) => this.#end(serviceName, code, signal));
  }

  get pid(): number | undefined {
    return this.#state === 'running' ? this.#child.pid : undefined;
  }

  postMessage(message: unknown, transfer: unknown[] = []): void {
    if (transfer.length > 0) throw notDoubled('UtilityProcess.postMessage with ports');
    if (this.#state !== 'gone' && this.#child.connected) {
      this.#child.send(message as object, undefined, undefined, () => {});
    }
  }

  kill(): boolean {
    if (this.#state !== 'running') return false;
    this.#killed = this.#child.kill('SIGTERM');
    // base::EnsureProcessTerminated gives it two seconds.
    setTimeout(() => this.#child.kill('SIGKILL'), 2000).unref();
    return this.#killed;
  }

  #end(serviceName: string, code: number | null, signal: NodeJS.Signals | null): void {
    this.#state = 'gone';
    const number = signal ? constants.signals[signal] : 0;
    const wasAsked = this.#killed && (signal === 'SIGTERM' || signal === 'SIGKILL');
    try {
      this.emit('exit', wasAsked ? 0 : (code ?? number));
    } finally {
      this.stdout?.removeAllListeners();
      this.stderr?.removeAllListeners();
    }
    if (code === 0) return;
    const status = signal ? number : code! << 8;
    setImmediate(() => this.#tellGone(serviceName, this.#reason(signal), status));
  }

  #reason(signal: NodeJS.Signals | null): string {
    if (signal === null) return 'abnormal-exit';
    if (this.#ranOutOfMemory) return 'oom';
    return signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGINT' ? 'killed' : 'crashed';
  }

  #launchFailed(serviceName: string): void {
    if (this.#state !== 'starting') return;
    this.#state = 'gone';
    this.#tellGone(serviceName, 'launch-failed', 1002);
  }

  #tellGone(name: string, reason: string, exitCode: number): void {
    const details = { type: 'Utility', reason, exitCode, name, serviceName: 'node.mojom.NodeService' };
    app.emit('child-process-gone', {}, details);
  }
}

// Electron hands other words of `execArgv` to Chromium, where they mean nothing to Node.
function jsFlags(execArgv: string[]): string[] {
  return execArgv.flatMap((word) => (word.startsWith('--js-flags=') ? word.slice(11).split(' ') : []));
}
