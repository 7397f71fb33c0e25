import { StringDecoder } from 'node:string_decoder';
import { app, type Details, type UtilityProcess, utilityProcess } from 'electron';
import { workerEntry } from '../engine/entries.ts';
import type { Launcher, LaunchOptions, WorkerExit, WorkerProcess } from '../engine/launcher.ts';
import { type EndSignal, killTree } from '../engine/launchers/kill-tree.ts';
import { removeLeftBehind } from '../engine/launchers/left-behind.ts';
import { endOrphans } from '../engine/launchers/orphans.ts';
import { nodeWorkerVariables } from '../engine/launchers/worker-variables.ts';
import type { FromWorker } from '../shared/wire.ts';
import { workerEnv } from './worker-env.ts';
import { describeExit, type GoneDetails } from './worker-exit.ts';

/** Launches workers as Electron's utility processes. Only once the app is ready. */
export function utilityLauncher(entry: string = workerEntry): Launcher {
  void removeLeftBehind();
  endOrphans();
  return { launch: (options) => launch(entry, options) };
}

/**
 * `exit` and `child-process-gone` come in no certain order, and the second only for some ends. This is how
 * long the first waits for the second where it could still come.
 */
const goneWaitMs = 300;

function launch(entry: string, options: LaunchOptions): WorkerProcess {
  const { name, heapMb } = options;
  const child = utilityProcess.fork(entry, [], {
    serviceName: name,
    stdio: 'pipe',
    env: { ...workerEnv(), ...nodeWorkerVariables(options) },
    execArgv: heapMb === undefined ? [] : [`--js-flags=--max-old-space-size=${heapMb}`],
  });

  let state: 'starting' | 'running' | 'exiting' | 'exited' = 'starting';
  let pid: number | undefined;
  let killedWith: EndSignal | undefined;
  let askedToExit = false;
  let gone: GoneDetails | undefined;
  let exitCode: number | null = null;
  const exitListeners: ((exit: WorkerExit) => void)[] = [];

  const finish = (): void => {
    if (state === 'exited') return;
    state = 'exited';
    app.removeListener('child-process-gone', hearGone);
    const exit = describeExit(exitCode, gone, killedWith);
    void removeLeftBehind(pid).then(() => {
      for (const listener of exitListeners) listener(exit);
    });
  };

  const hearGone = (_event: unknown, details: Details): void => {
    // `name` holds what we gave as the service's name; `serviceName` is the kind, the same for all of them.
    if (details.type !== 'Utility' || details.name !== name) return;
    gone = details;
    if (state === 'exiting' || details.reason === 'launch-failed') finish();
  };
  app.on('child-process-gone', hearGone);

  child.once('spawn', () => {
    pid = child.pid;
    if (state !== 'starting') return;
    state = 'running';
    // Before it has spawned a process cannot be killed: it is now.
    if (killedWith && pid !== undefined) killTree(pid, killedWith);
  });
  child.once('exit', (code) => {
    if (state === 'exited') return;
    exitCode = code;
    state = 'exiting';
    const isExplained = gone !== undefined || killedWith !== undefined || (askedToExit && code === 0);
    if (isExplained) finish();
    else setTimeout(finish, goneWaitMs);
  });

  return {
    get pid() {
      return pid;
    },
    post(message) {
      if (message.type === 'exit') askedToExit = true;
      if (state === 'starting' || state === 'running') child.postMessage(message);
    },
    onMessage(listener) {
      child.on('message', (message: FromWorker) => {
        if (state !== 'exited') listener(message);
      });
    },
    onOutput(listener) {
      readText(child, 'stdout', listener);
      readText(child, 'stderr', listener);
    },
    onExit(listener) {
      exitListeners.push(listener);
    },
    kill(force) {
      if (state === 'exiting' || state === 'exited') return;
      if (killedWith !== 'SIGKILL') killedWith = force ? 'SIGKILL' : 'SIGTERM';
      if (pid !== undefined) killTree(pid, killedWith);
    },
  };
}

function readText(
  child: UtilityProcess,
  stream: 'stdout' | 'stderr',
  listener: (stream: 'stdout' | 'stderr', text: string) => void,
): void {
  // A chunk may end inside a character.
  const decoder = new StringDecoder('utf8');
  child[stream]?.on('data', (chunk: Buffer) => {
    const text = decoder.write(chunk);
    if (text !== '') listener(stream, text);
  });
}
