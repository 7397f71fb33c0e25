import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkerExit } from '../launcher.ts';
import { forkLauncher } from './fork.ts';
import { isRunning } from './test-processes.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolboard-fork-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const load = {
  type: 'load',
  job: 1,
  params: {},
  encoding: 'json',
  concurrency: 1,
  spread: false,
  describe: false,
} as const;

/** A worker whose task has started `script` in a shell; the file has the process id that it wrote. */
async function workerWith(
  script: string,
): Promise<{ exit: Promise<WorkerExit>; leave: () => void; child: number }> {
  const file = join(dir, 'task.mjs');
  const sign = join(dir, 'pid');
  writeFileSync(
    file,
    `import { spawn } from 'node:child_process';
export default () => { spawn('sh', ['-c', ${JSON.stringify(script)}], { stdio: 'inherit' }).unref(); };`,
  );
  const worker = forkLauncher().launch({ name: 'fork-test' });
  const exit = new Promise<WorkerExit>((resolve) => worker.onExit(resolve));
  worker.onMessage((message) => {
    if (message.type === 'results') worker.post({ type: 'ack' });
  });
  worker.onOutput(() => {});
  worker.post({ ...load, definition: { kind: 'module', file } });
  worker.post({ type: 'chunk', job: 1, chunk: 1, indices: [0], inputs: JSON.stringify(sign) });
  while (!existsSync(sign) || !readFileSync(sign, 'utf8').endsWith('\n')) await new Promise(setImmediate);
  return { exit, leave: () => worker.post({ type: 'exit' }), child: Number(readFileSync(sign, 'utf8')) };
}

describe.skipIf(process.platform === 'win32')('a forked worker', () => {
  it('takes what its tasks have started along when it leaves', async () => {
    const { exit, leave, child } = await workerWith(`sleep 1000 & echo $! > '${join(dir, 'pid')}'`);
    leave();
    expect(await exit).toMatchObject({ code: 0 });
    while (isRunning(child)) await new Promise(setImmediate);
  });

  it('is known to have ended though a process in a session of its own holds its output open', async () => {
    const { exit, leave, child } = await workerWith(`setsid sleep 1000 & echo $! > '${join(dir, 'pid')}'`);
    leave();
    expect(await exit).toMatchObject({ code: 0 });
    process.kill(child, 'SIGKILL');
  });
});

it('does not let its tasks speak by its own channel', async () => {
  const file = join(dir, 'task.mjs');
  writeFileSync(
    file,
    `export default () => {
  process._send?.(null);
  process._send?.({ type: 'results' });
  return typeof process.send;
};`,
  );
  const worker = forkLauncher().launch({ name: 'fork-test' });
  const exit = new Promise<WorkerExit>((resolve) => worker.onExit(resolve));
  const values = new Promise((resolve) => {
    worker.onMessage((message) => {
      if (message.type === 'results') resolve(message.values);
    });
  });
  worker.post({ ...load, definition: { kind: 'module', file } });
  worker.post({ type: 'chunk', job: 1, chunk: 1, indices: [0], inputs: 'null' });
  expect(await values).toBe('"undefined"');
  worker.kill(true);
  await exit;
});
