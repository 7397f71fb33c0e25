import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestCli } from './test-cli.ts';

let cli: TestCli;
beforeAll(() => {
  cli = new TestCli();
});
afterAll(() => cli.remove());

test('a halt rule completes the batch: the rest is skipped, and the status counts what failed', async () => {
  const task = await cli.file(
    'third.mjs',
    `export default (x) => { if (x === 3) throw new Error('no'); return x; };`,
  );
  const halted = await cli.call(
    ...['run', '--range', '0..5000', '--task', task, '--workers', '1', '--chunk-size', '1'],
    ...['--halt', 'now,fail=1'],
  );
  expect(halted.status).toBe(1);
  expect(halted.stderr).toMatch(/skipped/);
  const [, id = ''] = /Run all that did not succeed with: poolboard retry (\d+)$/m.exec(halted.stderr) ?? [];
  const [batch] = (await cli.call('list', id, '--json')).rows as unknown as [
    { state: string; counts: Record<string, number>; warnings: string[] },
  ];
  expect(batch).toMatchObject({ state: 'completed', counts: { failed: 1, pending: 0 } });
  expect(batch.counts.skipped).toBeGreaterThan(0);
  expect(batch.counts.succeeded! + batch.counts.skipped!).toBe(4999);
  expect(batch.warnings).toHaveLength(1);
  expect(halted.stderr).toContain(batch.warnings[0]);

  const again = await cli.call('retry', id);
  expect(again.stderr.split('\n').filter((line) => line === batch.warnings[0])).toHaveLength(1);
});

test('a task that fails is attempted again, as often as asked, and each attempt is shown', async () => {
  const task = await cli.file('never.mjs', `export default () => { throw new Error('no'); };`);
  const { rows, status } = await cli.call(
    ...['run', '--range', '0..1', '--task', task, '--retries', '2', '--retry-delay', '0'],
  );
  expect(status).toBe(1);
  expect(rows).toMatchObject([{ status: 'failed', attempts: 3 }]);
  const { stdout } = await cli.call('show', '--task', '0');
  expect(stdout.match(/attempt +\d: error \(Error: no\)/g)).toHaveLength(3);
  expect((await cli.call('show')).stdout).toMatch(/option +retries=2\n +option +retry-delay=0$/m);
});

test('a timeout and a crash are said with what they were', async () => {
  const task = await cli.file(
    'doomed.mjs',
    `export default (x) => x === 0
       ? new Promise(() => setInterval(() => {}, 1000))
       : process.kill(process.pid, 'SIGSEGV') && new Promise(() => setInterval(() => {}, 1000));`,
  );
  const { status, rows } = await cli.call(
    ...['run', '--range', '0..2', '--task', task, '--workers', '2', '--timeout', '2', '--ordered'],
  );
  expect(status).toBe(2);
  expect(rows.map((row) => row.status)).toEqual(['failed', 'failed']);
  expect((await cli.call('show', '--task', '0')).stdout).toMatch(/attempt +1: timeout/);
  if (process.platform === 'win32') return;
  expect((await cli.call('show', '--task', '1')).stdout).toMatch(/attempt +1: crash \(SIGSEGV\), worker \d/);
});
