import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { WorkerExit } from '../launcher.ts';
import { pythonLauncher } from './python.ts';
import { toFrame } from './python-frames.ts';

const spawned = vi.hoisted(() => ({ process: null as unknown as EventEmitter }));
vi.mock('node:child_process', async (original) => ({
  ...(await original<object>()),
  spawn: () => spawned.process,
}));

/** What Node makes of a process for which there are no file descriptors left has no pipes at all. */
test('too few file descriptors for an interpreter are told as its end', async () => {
  spawned.process = new EventEmitter();
  const worker = pythonLauncher('python3').launch({ name: 'spawned' });
  const exit = new Promise<WorkerExit>((resolve) => worker.onExit(resolve));
  worker.post({ type: 'exit' });
  spawned.process.emit('error', new Error('spawn python3 EMFILE'));
  expect(await exit).toEqual({ code: null, signal: null, reason: 'spawn python3 EMFILE' });
});

test('what a process sent before its end is heard, however late this process comes to read it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const pipes = Array.from({ length: 6 }, () => new PassThrough());
  // No process has this number.
  const pid = 2 ** 30;
  spawned.process = Object.assign(new EventEmitter(), {
    pid,
    stdio: pipes,
    stdout: pipes[1],
    stderr: pipes[2],
  });
  const worker = pythonLauncher('python3').launch({ name: 'late' });
  const heard: string[] = [];
  worker.onMessage(({ type }) => heard.push(type));
  const exit = new Promise<void>((resolve) => worker.onExit(() => resolve())).then(() => heard.push('exit'));
  const frame = toFrame({ type: 'ready', pid } as never);
  spawned.process.emit('exit', 0, null);
  for (let i = 0; i < 2; i++) {
    vi.advanceTimersByTime(600);
    pipes[4]!.write(frame);
    await new Promise(setImmediate);
  }
  vi.advanceTimersByTime(600);
  await exit;
  expect(heard).toEqual(['ready', 'ready', 'exit']);
});
