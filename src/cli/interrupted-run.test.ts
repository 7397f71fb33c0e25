import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from './main.ts';
import { TestCli, testTerminal } from './test-cli.ts';

// Windows knows no signals that another program could hear.
const onUnix = test.skipIf(process.platform === 'win32');

let cli: TestCli;
beforeAll(() => {
  cli = new TestCli();
});
afterAll(() => cli.remove());

const latest = async () =>
  JSON.parse((await cli.run(['list', '--json'])).stdout.split('\n')[0]!) as {
    state: string;
    total: number;
    counts: Record<string, number>;
  };

/** Task 0 ends at once; the others wait until they are asked to stop. */
const patient = () =>
  cli.file(
    'patient.mjs',
    `export default (x, { signal }) => x === 0 ? x : new Promise((_, reject) => {
       process.stderr.write('pid ' + process.pid + '\\n');
       signal.addEventListener('abort', () => reject(signal.reason));
     });`,
  );

onUnix('Ctrl-C cancels: what has ended is kept, the rest is canceled, the status is 130', async () => {
  const running = cli.start('run', '--range', '0..50', '--task', await patient(), '--workers', '2');
  await running.says(/"index":0/);
  running.child.kill('SIGINT');
  const { status, stderr } = await running.ended;
  expect(status).toBe(130);
  expect(stderr).toContain('Canceling: running tasks are asked to stop');
  expect(stderr).toContain('Canceled after');
  expect(await latest()).toMatchObject({ state: 'canceled', counts: { succeeded: 1, canceled: 49 } });
});

onUnix('Ctrl-C again ends a task that does not stop, and its process', async () => {
  const stubborn = await cli.file(
    'stubborn.mjs',
    `import { writeFileSync } from 'node:fs';
     export default (file) => { writeFileSync(file, String(process.pid)); for (;;); };`,
  );
  const pidFile = await cli.file('pid', '');
  const running = cli.start('run', pidFile, '--task', stubborn, '--workers', '1');
  await expect.poll(() => readFile(pidFile, 'utf8'), { timeout: 20_000 }).toMatch(/^\d+$/);
  const pid = Number(await readFile(pidFile, 'utf8'));
  running.child.kill('SIGINT');
  await running.tells(/Press Ctrl-C again/);
  await expect
    .poll(
      () => {
        // Not while it is ending already: nobody would handle the signal any more.
        if (isAlive(pid)) running.child.kill('SIGINT');
        return running.child.exitCode;
      },
      { timeout: 20_000, interval: 300 },
    )
    .toBe(130);
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

onUnix('SIGTERM leaves the batch as interrupted', async () => {
  const running = cli.start('run', '--range', '0..50', '--task', await patient(), '--workers', '2');
  await running.says(/"index":0/);
  running.child.kill('SIGTERM');
  expect((await running.ended).status).toBe(143);
  expect(await latest()).toMatchObject({ state: 'interrupted', counts: { succeeded: 1 } });
});

test('Ctrl-C before the inputs are known ends at once', async () => {
  const { terminal, stderr } = testTerminal(cli.dataDir, {
    onSignal(listener) {
      setImmediate(() => listener('SIGINT'));
      return () => {};
    },
  });
  // Nothing comes from standard input, and it does not end.
  expect(await main(['run', '--rows', '-', '--task', await patient()], terminal, '1.2.3')).toBe(130);
  expect(stderr()).toBe('');
});

onUnix('a reader that has seen enough ends the run quietly, and the batch is canceled', async () => {
  const square = await cli.file('square.mjs', 'export default (x) => x * x;');
  const running = cli.start('run', '--range', '0..3000000', '--task', square, '--progress', 'none');
  await running.says(/\n/);
  running.child.stdout?.destroy();
  const { status, stderr } = await running.ended;
  expect({ status, stderr }).toEqual({ status: 130, stderr: '' });
  const batch = await latest();
  expect(batch.state).toBe('canceled');
  expect(batch.counts.succeeded).toBeLessThan(3_000_000);
});

test('a reader that is slow gets every result, once', async () => {
  const square = await cli.file('square.mjs', 'export default (x) => x * x;');
  const running = cli.start('run', '--range', '0..200000', '--task', square, '--progress', 'json');
  running.child.stdout?.pause();
  await running.tells(/"succeeded":200000/);
  running.child.stdout?.resume();
  const { rows, status } = await running.ended;
  expect(status).toBe(0);
  expect(rows).toHaveLength(200_000);
  expect(new Set(rows.map(({ index }) => index)).size).toBe(200_000);
});
