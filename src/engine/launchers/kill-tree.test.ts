import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { descendantsOf, killTree } from './kill-tree.ts';
import { isRunning } from './test-processes.ts';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) if (child.pid !== undefined) killTree(child.pid, 'SIGKILL');
});

/** Starts a program and reads numbers from its standard output, a line each: the pids it tells of. */
function start(program: string) {
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid!,
    exited: once(child, 'exit'),
    number: async () => Number((await lines.next()).value),
  };
}

/** Node starts a shell, the shell a sleep in the background; prints the pids of the shell and of the sleep. */
const threeLevels = `
  const shell = require('node:child_process').spawn('sh', ['-c', 'echo $$; sleep 600 & echo $!; wait'], {
    stdio: ['ignore', 'inherit', 'inherit'], detached: DETACHED });
  setInterval(() => {}, 1000);`;

async function untilGone(...pids: number[]): Promise<void> {
  while (pids.some(isRunning)) await delay(5);
}

describe.skipIf(process.platform === 'win32')('killTree', () => {
  for (const detached of [false, true]) {
    const where = detached ? 'in a process group of their own' : 'in the same process group';
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      test(`${signal} ends a process, its child and its grandchild, ${where}`, async () => {
        const root = start(threeLevels.replace('DETACHED', String(detached)));
        const shell = await root.number();
        const sleep = await root.number();
        expect(descendantsOf(root.pid)).toEqual([shell, sleep]);
        killTree(root.pid, signal);
        expect(await root.exited).toEqual([null, signal]);
        await untilGone(shell, sleep);
      });
    }
  }

  test('SIGKILL ends one that ignores SIGTERM', async () => {
    const root = start(
      "process.on('SIGTERM', () => {}); console.log(process.pid); setInterval(() => {}, 1000)",
    );
    await root.number();
    killTree(root.pid, 'SIGTERM');
    killTree(root.pid, 'SIGKILL');
    expect(await root.exited).toEqual([null, 'SIGKILL']);
  });

  test('no child gets away from a process that never stops starting children', async () => {
    const root = start(`
      const { spawn } = require('node:child_process');
      const breed = () => {
        const child = spawn('sleep', ['600'], { stdio: 'ignore', detached: true });
        process.stdout.write(child.pid + '\\n');
        setImmediate(breed);
      };
      breed();`);
    const pids = [await root.number(), await root.number(), await root.number()];
    killTree(root.pid, 'SIGKILL');
    for (let pid = await root.number(); !Number.isNaN(pid); pid = await root.number()) pids.push(pid);
    await untilGone(...pids);
  });

  test('a process that is gone is passed over', async () => {
    const root = start('');
    await root.exited;
    killTree(root.pid, 'SIGTERM');
    killTree(root.pid, 'SIGKILL');
  });

  test('other processes are left alone', async () => {
    const root = start(threeLevels.replace('DETACHED', 'false'));
    const other = start('console.log(1); setInterval(() => {}, 1000)');
    await root.number();
    await root.number();
    await other.number();
    killTree(root.pid, 'SIGKILL');
    await root.exited;
    expect(isRunning(other.pid)).toBe(true);
  });
});
