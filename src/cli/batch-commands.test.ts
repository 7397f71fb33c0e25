import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestCli } from './test-cli.ts';

let cli: TestCli;
beforeAll(async () => {
  cli = new TestCli();
  const task = await cli.file(
    'halve.mjs',
    `export const meta = {
       summary: 'Halves even numbers.',
       params: { type: 'object', properties: { by: { type: 'number', default: 2, description: 'What to divide by.' } } },
     };
     export default (x, { params }) => {
       console.log('halving', x);
       if (x % 2) throw new Error(x + ' is odd');
       return x / params.by;
     };`,
  );
  await cli.run(['run', '--range', '0..4', '--task', task]);
  await cli.run(['run', '--range', '0..10', '--task', task]);
});
afterAll(() => cli.remove());

test('list shows the batches, newest first', async () => {
  const { stdout, status } = await cli.run(['list']);
  expect(status).toBe(0);
  const [title, second, first, ...rest] = stdout.trimEnd().split('\n');
  expect(title).toMatch(/^BATCH +STATE +NAME +DONE +FAILED +STARTED +TOOK +SIZE$/);
  expect(second).toMatch(/^ +2 +completed +.*halve\.mjs.* 10 +5 +\d{4}-\d\d-\d\d/);
  expect(first).toMatch(/^ +1 +completed .* 4 +2 /);
  expect(rest).toEqual([]);
  expect((await cli.run(['list', '1', '--json'])).rows).toMatchObject([
    { id: 1, total: 4, state: 'completed' },
  ]);
});

describe('show', () => {
  test('shows the latest batch with its failures grouped', async () => {
    const { stdout } = await cli.run(['show']);
    expect(stdout).toContain('Batch 2: ');
    expect(stdout).toContain('10 tasks: 5 succeeded, 5 failed');
    expect(stdout).toContain('  1. 5 tasks, first task 1 (1): Error: 1 is odd');
    const { stdout: json } = await cli.run(['show', '--json']);
    expect(JSON.parse(json)).toMatchObject({
      id: 2,
      failures: [{ number: 1, count: 5, index: 1, input: 1 }],
    });
  });

  test('shows a task with its error, where that was, and what it printed', async () => {
    const { stdout } = await cli.run(['show', '1', '--task', '3']);
    expect(stdout).toContain('Task 3 of batch 1');
    expect(stdout).toMatch(/Error: 3 is odd\n +at .*halve\.mjs:7/);
    expect(stdout).toContain('Output:\nhalving 3\n');
    const { stdout: json } = await cli.run(['show', '1', '--task', '2', '--json']);
    expect(JSON.parse(json)).toMatchObject({ index: 2, state: 'succeeded', input: 2, value: 1 });
  });

  test.each([
    [['show', '99'], 'poolboard: There is no batch 99.\n'],
    [['show', '1', '--task', '4'], 'poolboard: There is no task 4 in batch 1.\n'],
  ])('%j says what is not there', async (args, stderr) => {
    expect(await cli.run(args)).toMatchObject({ status: 2, stdout: '', stderr });
  });
});

describe('export', () => {
  test('prints JSON lines in the order of the inputs', async () => {
    const { rows } = await cli.run(['export', '1']);
    expect(rows.map(({ index, status }) => [index, status])).toEqual([
      [0, 'succeeded'],
      [1, 'failed'],
      [2, 'succeeded'],
      [3, 'failed'],
    ]);
    const failed = await cli.run(['export', '--filter', 'failed']);
    expect(failed.rows.map(({ index }) => index)).toEqual([1, 3, 5, 7, 9]);
  });

  test('writes a file', async () => {
    const { status, stdout, stderr } = await cli.run([
      'export',
      '2',
      '-o',
      'halves.json',
      '--filter',
      'succeeded',
    ]);
    const file = join(cli.folder, 'halves.json');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(/^5 results of batch 2 .* are in .*halves\.json\.\n$/);
    const rows = JSON.parse(readFileSync(file, 'utf8')) as { value: number }[];
    expect(rows.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4]);
    expect((await cli.run(['export', '2', '-o', 'nowhere/a.csv'])).status).toBe(2);
  });
});

describe('tasks', () => {
  test('lists the built-ins', async () => {
    const { stdout } = await cli.run(['tasks']);
    for (const name of ['hash', 'text-stats', 'http-check'])
      expect(stdout).toMatch(new RegExp(`^${name}: `, 'm'));
    expect(stdout).toMatch(/--param algorithm=….*sha256.*blake2b/);
  });

  test('describes a file', async () => {
    const { stdout } = await cli.run(['tasks', 'halve.mjs']);
    expect(stdout).toBe(
      'halve.mjs: Halves even numbers.\n  --param by=…  a number, default 2; What to divide by.\n',
    );
    const { rows } = await cli.run(['tasks', 'halve.mjs', '--json']);
    expect(rows).toMatchObject([{ name: 'halve.mjs', params: { properties: { by: { default: 2 } } } }]);
    expect(await cli.run(['tasks', 'nowhere.mjs'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('nowhere.mjs'),
    });
  });
});

test('an empty data folder is said to be empty', async () => {
  expect(await cli.run(['list', '--data-dir', 'fresh'])).toMatchObject({
    status: 0,
    stdout: '',
    stderr: 'There are no batches yet.\n',
  });
  expect(await cli.run(['show', '--data-dir', 'fresh'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('There are no batches yet'),
  });
});
