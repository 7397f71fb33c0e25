import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Row, TestCli } from './test-cli.ts';

// Windows knows no signals that another program could hear.
const onUnix = test.skipIf(process.platform === 'win32');
const count = 60;

let cli: TestCli;
let gated: string;
let gate: string;
beforeEach(async () => {
  cli = new TestCli();
  gate = join(cli.folder, 'gate');
  // Tasks from 20 on wait for the gate, a file; task 3 fails.
  gated = await cli.file(
    'gated.mjs',
    `import { existsSync, watch } from 'node:fs';
     import { dirname } from 'node:path';
     const gate = ${JSON.stringify(gate)};
     const opened = () => new Promise((resolve) => {
       if (existsSync(gate)) return resolve();
       const watcher = watch(dirname(gate), () => { if (existsSync(gate)) { watcher.close(); resolve(); } });
       if (existsSync(gate)) { watcher.close(); resolve(); }
     });
     export default async (x) => {
       if (x === 3) throw new RangeError('3 is too small');
       if (x >= 20) await opened();
       return { square: x * x };
     };`,
  );
});
afterEach(() => cli.remove());

const run = ['run', '--range', `0..${count}`, '--workers', '2', '--task'];
const open = () => writeFile(gate, '');
const upTo = (end: number, from = 0) => Array.from({ length: end - from }, (_, at) => from + at);
const indices = (rows: Row[]) => rows.map(({ index }) => index);
const sorted = (rows: Row[]) => indices(rows).sort((a, b) => a - b);
const facts = (rows: Row[]) =>
  rows.map(({ index, input, status, value }) => ({ index, input, status, value }));

/** Runs the batch until the tasks before the gate have ended, then ends the program. */
async function interrupt(signal: NodeJS.Signals) {
  const running = cli.start(...run, gated);
  await running.says(/(?:\{.*\n){20}/);
  running.child.kill(signal);
  return running.ended;
}

describe('a batch whose program was killed', () => {
  test('is finished by resume, and its ordered results are those of a run without interruption', async () => {
    const before = await interrupt('SIGKILL');
    expect(sorted(before.rows)).toEqual(upTo(20));
    await open();
    const resumed = await cli.call('resume', '--ordered');
    const undisturbed = await cli.call(...run, gated, '--ordered');
    expect(indices(resumed.rows)).toEqual(upTo(count));
    expect(facts(resumed.rows)).toEqual(facts(undisturbed.rows));
    expect({ status: resumed.status, undisturbed: undisturbed.status }).toEqual({
      status: 1,
      undisturbed: 1,
    });
    expect(resumed.stderr).toContain('60 tasks: 59 succeeded, 1 failed');
  });

  test('prints what ends now, and tells its progress from what was there', async () => {
    await interrupt('SIGKILL');
    await open();
    const { rows, stderr, status } = await cli.call('resume', '1', '--progress', 'json');
    expect(sorted(rows)).toEqual(upTo(count, 20));
    const events = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events[0]).toMatchObject({ event: 'start', batch: 1, succeeded: 19, failed: 1 });
    expect(events.at(-1)).toMatchObject({
      event: 'end',
      state: 'completed',
      succeeded: 59,
      failed: 1,
      exitStatus: 1,
    });
    expect(status).toBe(1);
  });

  test('is exported whole', async () => {
    await interrupt('SIGKILL');
    await open();
    const { stdout } = await cli.call('resume', '--export', 'all.jsonl');
    expect(stdout).toBe('');
    const lines = readFileSync(join(cli.folder, 'all.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as Row).index)).toEqual(upTo(count));
  });

  test('is shown as interrupted, with how to finish it', async () => {
    await interrupt('SIGKILL');
    const { stdout } = await cli.call('show');
    expect(stdout).toMatch(/^ +state +interrupted$/m);
    expect(stdout).toContain('Finish it with: poolboard resume 1\n');
    expect((await cli.call('list', '--search', 'INTERRUPTED')).stdout).toMatch(/^ +1 +interrupted/m);
  });
});

onUnix('SIGTERM says how to go on, and resume can be interrupted too', async () => {
  const { stderr, status } = await interrupt('SIGTERM');
  expect(status).toBe(143);
  expect(stderr).toContain('Finish it with: poolboard resume 1\n');
  const again = cli.start('resume', '--progress', 'json');
  await again.tells(/"event":"start"/);
  again.child.kill('SIGTERM');
  expect((await again.ended).status).toBe(143);
  await open();
  const { rows } = await cli.call('resume', '--ordered');
  expect(indices(rows)).toEqual(upTo(count));
});

onUnix('a batch that was canceled is finished by its number', async () => {
  const canceled = await interrupt('SIGINT');
  expect(canceled.status).toBe(130);
  expect(canceled.stderr).toContain('Finish it with: poolboard resume 1\n');
  expect((await cli.call('resume')).stderr).toMatch(/^poolboard: No batch was interrupted.*poolboard list/);
  await open();
  const { status } = await cli.call('resume', '1');
  expect(status).toBe(1);
  const { rows } = await cli.call('export', '1');
  const ended = (state: string) => rows.filter((row) => row.status === state).length;
  // What was running when it was canceled has ended by that.
  expect(ended('succeeded') + ended('canceled')).toBe(59);
  expect(ended('canceled')).toBeLessThanOrEqual(2);
});

test.each([
  [['resume'], /^poolboard: No batch was interrupted.*\n$/],
  [['resume', '1'], /^poolboard: .+\n$/],
  [['resume', '99'], 'poolboard: There is no batch 99.\n'],
])('%j is refused in one sentence where there is nothing to resume', async (args, sentence) => {
  await open();
  await cli.call(...run, gated);
  const { status, stdout, stderr } = await cli.call(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(sentence);
});
