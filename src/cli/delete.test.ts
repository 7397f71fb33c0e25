import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestCli } from './test-cli.ts';

let cli: TestCli;
beforeAll(async () => {
  cli = new TestCli();
  const run = ['run', '--range', '0..3', '--builtin', 'primes'];
  for (let at = 0; at < 3; at += 1) await cli.run(run);
});
afterAll(() => cli.remove());

const batches = async () =>
  (await cli.call('list', '--json')).rows.map((row) => (row as unknown as { id: number }).id);

test('batches are deleted, and nothing where one of them is not there or runs', async () => {
  expect(await cli.call('delete', '1', '99')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: 'poolboard: There is no batch 99.\n',
  });
  const sleeping = cli.start('run', '--range', '1000..1001', '--builtin', 'sleep', '--progress', 'json');
  await sleeping.tells(/"event":"start"/);
  const refused = await cli.call('delete', '1', '4');
  expect(refused).toMatchObject({ status: 2, stdout: '' });
  expect(refused.stderr).toMatch(
    /^poolboard: Batch 4 \(.*\) is (running|queued), so nothing was deleted: .*\n$/,
  );
  expect(await batches()).toEqual([4, 3, 2, 1]);
  sleeping.child.kill('SIGKILL');
  await sleeping.ended;

  const { status, stdout, stderr } = await cli.call('delete', '1', '3', '1');
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toMatch(/^Deleted 2 batches \(.+B\)\.\n$/);
  expect(await batches()).toEqual([4, 2]);
  expect((await cli.call('show', '3')).status).toBe(2);
});
