import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { WorkerExit, WorkerProcess } from '../engine/launcher.ts';
import { isRunning } from '../engine/launchers/test-processes.ts';
import type { FromWorker, ToWorker } from '../shared/wire.ts';
import { utilityLauncher } from './utility-launcher.ts';

// Electron's double without its browser: `utilityProcess` really forks, `app` is told to be ready.
vi.mock('electron', async () => {
  const { app } = await import('../../e2e/electron-double/app.ts');
  const { utilityProcess } = await import('../../e2e/electron-double/utility-process.ts');
  return { app, utilityProcess };
});
vi.mock('../../e2e/electron-double/browser.ts', () => ({ startBrowser: async () => ({ endpoint: '' }) }));

const entry = fileURLToPath(new URL('./fixtures/scripted-worker.mjs', import.meta.url));
const launcher = utilityLauncher(entry);
const launched: WorkerProcess[] = [];
let names = 0;

beforeAll(async () => {
  const { app } = await import('electron');
  await app.whenReady();
});
afterEach(() => {
  for (const worker of launched.splice(0)) worker.kill(true);
});

type Told = { type: string } & Record<string, unknown>;

function launch(options: { heapMb?: number; nice?: number } = {}) {
  const worker = launcher.launch({ name: `poolboard-test-${++names}`, ...options });
  launched.push(worker);
  const told: Told[] = [];
  const waiting: (() => void)[] = [];
  worker.onMessage((message: FromWorker) => {
    told.push(message as unknown as Told);
    for (const wake of waiting.splice(0)) wake();
  });
  const output = { stdout: '', stderr: '' };
  worker.onOutput((stream, text) => {
    output[stream] += text;
    for (const wake of waiting.splice(0)) wake();
  });
  const exits: WorkerExit[] = [];
  const exit = new Promise<WorkerExit>((resolve) => {
    worker.onExit((how) => {
      exits.push(how);
      resolve(how);
    });
  });
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise<void>((wake) => waiting.push(wake));
  };
  const next = async (type: string): Promise<Told> => {
    const find = () => told.find((message) => message.type === type);
    await until(() => find() !== undefined);
    return find()!;
  };
  const say = (message: Told) => worker.post(message as unknown as ToWorker);
  return { worker, say, next, until, output, exit, exits, told };
}

test('messages go both ways as values, typed arrays and all', async () => {
  const { say, next } = launch();
  say({ type: 'echo', value: { column: Float64Array.of(1, Number.NaN), map: new Map([[1, undefined]]) } });
  const { value } = await next('echo');
  expect(value).toEqual({ column: Float64Array.of(1, Number.NaN), map: new Map([[1, undefined]]) });
});

test('the pid is known once the process has started', async () => {
  const { worker, say, next } = launch();
  expect(worker.pid).toBeUndefined();
  say({ type: 'hello' });
  expect((await next('hello')).pid).toBe(worker.pid);
});

test('the worker’s environment is the app’s, less what Electron and Node read', async () => {
  vi.stubEnv('ELECTRON_RUN_AS_NODE', '1');
  vi.stubEnv('POOLBOARD_TEST_MARK', 'here');
  const { say, next } = launch();
  vi.unstubAllEnvs();
  say({ type: 'hello' });
  const env = (await next('hello')).env as Record<string, string>;
  expect(env.POOLBOARD_TEST_MARK).toBe('here');
  expect(env.ELECTRON_RUN_AS_NODE).toBeUndefined();
});

test('the limits that it is told by variables are among them', async () => {
  const { say, next } = launch({ nice: 7, heapMb: 64 });
  say({ type: 'hello' });
  const { env, execArgv } = (await next('hello')) as unknown as {
    env: NodeJS.ProcessEnv;
    execArgv: string[];
  };
  expect(env.POOLBOARD_NICE).toBe('7');
  expect(execArgv.join(' ')).toContain('--max-old-space-size=64');
});

test('what the process prints arrives as text, also where a chunk ends inside a character', async () => {
  const { say, until, output } = launch();
  say({ type: 'print', text: 'Grüße 🐈' });
  say({ type: 'complain', text: 'oh' });
  await until(() => output.stdout === 'Grüße 🐈' && output.stderr === 'oh');
});

describe('the end of a worker is told once', () => {
  test('by itself, when it was asked to', async () => {
    const { say, next, exit, exits } = launch();
    await next('ready');
    say({ type: 'exit' });
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(exits).toHaveLength(1);
  });

  test('by itself, with an exit code', async () => {
    const { say, exit } = launch();
    say({ type: 'leave', code: 3 });
    expect(await exit).toEqual({ code: 3, signal: null, reason: 'abnormal-exit' });
  });

  test('with code 0 although nobody asked for it', async () => {
    const { say, exit } = launch();
    say({ type: 'leave', code: 0 });
    expect(await exit).toEqual({ code: 0, signal: null });
  });

  test('by a crash', async () => {
    const { say, exit } = launch();
    say({ type: 'abort' });
    expect(await exit).toEqual({ code: null, signal: 'SIGABRT', reason: 'crashed' });
  });

  test('by a signal of somebody else', async () => {
    const { say, exit } = launch();
    say({ type: 'die', signal: 'SIGKILL' });
    expect(await exit).toEqual({ code: null, signal: 'SIGKILL', reason: 'killed' });
  });

  test('by lack of memory, at the limit that was set', async () => {
    const { say, exit } = launch({ heapMb: 32 });
    say({ type: 'hoard' });
    expect(await exit).toMatchObject({ signal: 'SIGABRT', reason: 'oom' });
  });
});

describe('killing', () => {
  test('before the process has started ends it as soon as it has', async () => {
    const { worker, exit } = launch();
    worker.kill(false);
    expect(await exit).toEqual({ code: null, signal: 'SIGTERM' });
  });

  test('by force ends one that ignores SIGTERM', async () => {
    const { worker, say, next, exit } = launch();
    say({ type: 'deaf' });
    await next('deaf');
    worker.kill(false);
    worker.kill(true);
    expect(await exit).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test.skipIf(process.platform !== 'linux')(
    'ends what the worker has started, in whatever group',
    async () => {
      const { worker, say, next, exit } = launch();
      say({ type: 'children' });
      const pid = (await next('children')).pid as number;
      worker.kill(true);
      await exit;
      await vi.waitFor(() => expect(isRunning(pid)).toBe(false));
    },
  );

  test('and posting after the end do nothing', async () => {
    const { worker, say, exit, exits } = launch();
    say({ type: 'exit' });
    await exit;
    say({ type: 'hello' });
    worker.kill(false);
    worker.kill(true);
    expect(exits).toHaveLength(1);
  });
});

test('a worker of one name does not hear of the end of another', async () => {
  const first = launch();
  const second = launch();
  await second.next('ready');
  first.say({ type: 'abort' });
  await first.exit;
  second.say({ type: 'echo', value: 1 });
  await second.next('echo');
  expect(second.exits).toEqual([]);
});
