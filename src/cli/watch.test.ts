import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestCli } from './test-cli.ts';

// Windows knows no signals that another program could hear.
const onUnix = test.skipIf(process.platform === 'win32');

let cli: TestCli;
beforeAll(() => {
  cli = new TestCli();
});
afterAll(() => cli.remove());

const makeFolder = (name: string): string => {
  const folder = join(cli.folder, name);
  mkdirSync(folder);
  return folder;
};

onUnix('--watch runs on each new file; Ctrl-C finishes, with the status of the tasks', async () => {
  const folder = makeFolder('in');
  writeFileSync(join(folder, 'old.txt'), 'old');
  const running = cli.start(
    'run',
    '--watch',
    'in',
    '--pattern',
    '*.txt',
    '--settle',
    '0.05',
    '--builtin',
    'hash',
  );
  await running.tells(/Watching .*in\. Press Ctrl-C to finish/);
  writeFileSync(join(folder, 'a.txt'), 'a');
  writeFileSync(join(folder, 'a.png'), 'a');
  await running.says(/a\.txt/);
  running.child.kill('SIGINT');
  const { status, rows, stderr } = await running.ended;
  expect(status).toBe(0);
  expect(rows.map(({ input }) => input)).toEqual([join(folder, 'a.txt')]);
  expect(stderr).toContain('Finishing: no more files are taken');
  expect(stderr).toContain('1 task succeeded');
});

onUnix('a second Ctrl-C cancels, and the batch can be resumed', async () => {
  const folder = makeFolder('second');
  const sign = join(cli.folder, 'sign');
  const waits = await cli.file(
    'waits.mjs',
    `import { writeFileSync } from 'node:fs';
     export default () => {
       writeFileSync(${JSON.stringify(sign)}, 'runs');
       return new Promise((resolve) => setTimeout(resolve, 60_000));
     };`,
  );
  const running = cli.start('run', '--watch', 'second', '--settle', '0', '--task', waits, '--workers', '1');
  await running.tells(/Press Ctrl-C to finish/);
  writeFileSync(join(folder, 'a'), 'a');
  await expect.poll(() => existsSync(sign), { timeout: 20_000 }).toBe(true);
  running.child.kill('SIGINT');
  await running.tells(/again to cancel/);
  // What comes too soon after a signal is taken for the same one.
  const end = () => {
    if (running.child.exitCode === null) running.child.kill('SIGINT');
    return running.child.exitCode;
  };
  await expect.poll(end, { timeout: 20_000, interval: 400 }).toBe(130);
});

test('what goes with a watched folder is refused without one', async () => {
  const refused = async (...args: string[]) => (await cli.call('run', '--builtin', 'hash', ...args)).stderr;
  expect(await refused('--existing', '--range', '0..3')).toContain('--existing goes with --watch');
  expect(await refused('--watch', 'in', 'file')).toContain(
    'Give one kind of input, not INPUT and --watch together',
  );
  expect(await refused('--watch', 'nowhere')).toContain('cannot be watched: it is gone');
});

test('a dry run says what would be watched', async () => {
  makeFolder('dry');
  writeFileSync(join(cli.folder, 'dry/one'), '1');
  const { stdout, status } = await cli.call(
    'run',
    '--dry-run',
    '--builtin',
    'hash',
    '--watch',
    join(cli.folder, 'dry'),
  );
  expect(status).toBe(0);
  expect(stdout).toContain(`new files of ${join(cli.folder, 'dry')}; 1 that are there now are not taken`);
});
