import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Row, TestCli } from './test-cli.ts';

let cli: TestCli;
let task: string;
beforeAll(async () => {
  cli = new TestCli();
  task = await cli.file(
    'moody.mjs',
    `import { readFileSync } from 'node:fs';
     export const meta = { params: { type: 'object', properties: { by: { type: 'integer', default: 1 } } } };
     export default (x, { params }) => {
       const { torn, odd } = JSON.parse(readFileSync(${JSON.stringify(`${cli.folder}/mood.json`)}, 'utf8'));
       if (torn && x % 5 === 0) throw new Error('page ' + x + ' is torn');
       if (odd && x % 2 === 1) throw new TypeError(x + ' is odd');
       return x * params.by;
     };`,
  );
});
afterAll(() => cli.remove());

const mood = (torn: boolean, odd: boolean) =>
  writeFile(`${cli.folder}/mood.json`, JSON.stringify({ torn, odd }));
const sorted = (rows: Row[]) => rows.map(({ index }) => index).sort((a, b) => a - b);

/** Twenty tasks, of which 8 fail as odd and 4 as torn. Answers the number of the batch. */
async function fail(): Promise<string> {
  await mood(true, true);
  const { status, stderr } = await cli.call('run', '--range', '0..20', '--task', task, '--param', 'by=7');
  expect(status).toBe(12);
  const [, id = ''] = /Run what failed again with: poolboard retry (\d+) --failed/.exec(stderr) ?? [];
  return id;
}

test('what failed runs again, with the settings that it had', async () => {
  const id = await fail();
  await mood(false, false);
  const { status, rows } = await cli.call('retry', '--failed');
  expect(status).toBe(0);
  expect(sorted(rows)).toEqual([0, 1, 3, 5, 7, 9, 10, 11, 13, 15, 17, 19]);
  expect(rows.every(({ input, value }) => value === Number(input) * 7)).toBe(true);
  const { stdout } = await cli.call('show', id, '--task', '1');
  expect(stdout).toMatch(/^ +attempt +1: error \(TypeError: 1 is odd\),.*\n +attempt +2: ok,/m);
});

test('the exit status counts what fails now, and ordered results are those of the whole batch', async () => {
  const id = await fail();
  await mood(true, false);
  const { status, rows } = await cli.call('retry', id, '--ordered');
  expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(rows.filter((row) => row.status === 'failed').map(({ index }) => index)).toEqual([0, 5, 10, 15]);
  expect(status).toBe(4);
});

describe('one group of failures runs again', () => {
  test.each([['2'], ['IS TORN']])('chosen by %s', async (group) => {
    const id = await fail();
    expect((await cli.call('show', id)).stdout).toMatch(
      /^ {2}1\. 8 tasks, .* odd\n {2}2\. 4 tasks, .* torn$/m,
    );
    await mood(false, false);
    const { status, rows } = await cli.call('retry', '--error', group);
    expect(sorted(rows)).toEqual([0, 5, 10, 15]);
    expect(status).toBe(8);
  });

  test.each([['3'], ['page not found'], ['is']])('and none where %s says no single one', async (group) => {
    await fail();
    const { status, stdout, stderr } = await cli.call('retry', '--error', group);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^poolboard: .*1\. TypeError: 1 is odd \(8 tasks\); 2\. Error: page 0 is torn .*\n$/,
    );
  });
});

test('where nothing failed there is nothing to retry', async () => {
  await mood(false, false);
  await cli.call('run', '--range', '0..3', '--task', task, '--data-dir', 'fresh');
  for (const args of [['retry'], ['retry', '--failed'], ['retry', '1'], ['retry', '1', '--failed']]) {
    const { status, stdout, stderr } = await cli.call(...args, '--data-dir', 'fresh');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^poolboard: .+\n$/);
  }
});
