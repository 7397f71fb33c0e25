import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { killTree } from '../launchers/kill-tree.ts';
import { cpuFromPs, readPsTime, treeCpuMs } from './process-cpu.ts';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) if (child.pid !== undefined) killTree(child.pid, 'SIGKILL');
});

/** Starts a program of Node, and answers once it has written a line. */
async function start(program: string) {
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  return child;
}

const burn = (ms: number) => `
  const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
  while (used() < ${ms});`;

test.skipIf(process.platform === 'win32')('counts what a process used itself', async () => {
  const child = await start(`${burn(400)} console.log('done'); setInterval(() => {}, 1000);`);
  // The kernel gives a tick to whoever runs when it comes, so that a few may be missing.
  expect(treeCpuMs(child.pid!)).toBeGreaterThan(330);
});

test.skipIf(process.platform === 'win32')('counts what a grandchild uses, while it runs', async () => {
  const grandchild = `${burn(600)} console.log('done'); setInterval(() => {}, 1000);`;
  const child = await start(`
    require('node:child_process').spawn('sh', ['-c', '"$0" -e "$1" & wait', process.execPath, ${JSON.stringify(grandchild)}],
      { stdio: ['ignore', 'inherit', 'inherit'] });
    setInterval(() => {}, 1000);`);
  expect(treeCpuMs(child.pid!)).toBeGreaterThan(500);
});

test.skipIf(process.platform !== 'linux')('keeps what children used that have ended', async () => {
  const child = await start(`
    require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(burn(600))}]);
    console.log('done'); setInterval(() => {}, 1000);`);
  expect(treeCpuMs(child.pid!)).toBeGreaterThan(500);
});

test('answers null for a process that is gone', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  expect(treeCpuMs(child.pid!)).toBeNull();
});

test('reads the times that ps writes', () => {
  expect(readPsTime('  0:00.07')).toBe(70);
  expect(readPsTime('123:45.67')).toBe((123 * 60 + 45) * 1000 + 670);
  expect(readPsTime('01:02:03')).toBe(3_723_000);
  expect(readPsTime('2-03:04:05')).toBe((51 * 3600 + 4 * 60 + 5) * 1000);
});

test.skipIf(process.platform === 'win32')('sums what ps says of several processes', async () => {
  const [first, second] = await Promise.all([
    start(`${burn(1100)} console.log('done'); setInterval(() => {}, 1000);`),
    start(`${burn(1100)} console.log('done'); setInterval(() => {}, 1000);`),
  ]);
  const sum = cpuFromPs([first.pid!, second.pid!]);
  expect(sum).toBeGreaterThanOrEqual(2000);
  expect(cpuFromPs([first.pid!])).toBeLessThan(sum!);
});
