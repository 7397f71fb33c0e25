import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from './main.ts';
import { TestCli, testTerminal } from './test-cli.ts';

let cli: TestCli;
let square: string;
let picky: string;
beforeAll(async () => {
  cli = new TestCli();
  square = await cli.file('square.ts', 'export default (x: number): number => x * x;\n');
  picky = await cli.file(
    'picky.mjs',
    `export default (x, { params }) => {
       console.log('looking at', x);
       if (x < Number(params.least ?? 0)) throw new RangeError(x + ' is too small');
       return { x };
     };
     export const meta = { params: { type: 'object', properties: { least: { type: 'integer' } } } };`,
  );
});
afterAll(() => cli.remove());

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('results', () => {
  test('are a JSON line each on standard output, and nothing else is', async () => {
    const { status, stdout, rows, stderr } = await cli.run(['run', '--range', '0..20', '--task', picky]);
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(20);
    expect(rows.map(({ index }) => index).sort((a, b) => a - b)).toEqual(upTo(20));
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['index', 'input', 'status', 'value', 'attempts', 'ms']);
      expect(row).toMatchObject({
        input: row.index,
        status: 'succeeded',
        value: { x: row.index },
        attempts: 1,
      });
    }
    expect(stderr).toContain('20 tasks succeeded in');
    expect(stderr).not.toContain('looking at');
  });

  test('come in the order of the inputs where asked, all of them', async () => {
    const { rows, status } = await cli.run([
      'run',
      '--range',
      '10..-30000:-1',
      '--task',
      square,
      '--ordered',
    ]);
    expect(status).toBe(0);
    expect(rows.map(({ index }) => index)).toEqual(upTo(30_010));
    expect(rows.every(({ index, input, value }) => input === 10 - index && value === (10 - index) ** 2)).toBe(
      true,
    );
  });

  test('go to a file where asked, in the order of the inputs', async () => {
    const file = join(cli.folder, 'out put.jsonl');
    const { stdout, stderr, status } = await cli.run([
      'run',
      '--range',
      '0..50',
      '--task',
      square,
      '--export',
      'out put.jsonl',
    ]);
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
    expect(stderr).toContain(`50 results are in ${file}.`);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { value: number }).value)).toEqual(
      upTo(50).map((x) => x * x),
    );
  });

  test.each(['parquet', 'xlsx', 'html'])('go to a .%s file too', async (format) => {
    const file = `squares.${format}`;
    const { stdout, stderr, status } = await cli.run([
      ...['run', '--range', '0..50', '--task', square, '--export', file],
    ]);
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
    expect(stderr).toContain(`${join(cli.folder, file)}.`);
    const written = readFileSync(join(cli.folder, file));
    const start = { parquet: 'PAR1', xlsx: 'PK', html: '<!doctype html>' }[format]!;
    expect(written.subarray(0, start.length).toString('latin1')).toBe(start);
  });

  test.skipIf(process.platform === 'win32')(
    'of hash equal sha256sum, whatever files are called',
    async () => {
      const names = [
        'plain',
        'a b',
        "it's",
        '"q"',
        '$(touch pwned)',
        '-rf',
        'line\nbreak',
        '🎉',
        'sub/deep/x',
        '%',
        '*',
      ];
      const paths = await Promise.all(
        names.map((name, at) => cli.file(`tree/${name}`, Buffer.alloc(at * 70_001, at))),
      );
      const { rows, status } = await cli.run(['run', 'tree', '--builtin', 'hash']);
      expect(status).toBe(0);
      const sums = execFileSync('sha256sum', ['-z', '--', ...paths], { encoding: 'utf8' })
        .split('\0')
        .filter(Boolean);
      const truth = new Map(sums.map((line) => [line.slice(66), line.slice(0, 64)]));
      const found = new Map(rows.map(({ input, value }) => [input, (value as { digest: string }).digest]));
      expect(found).toEqual(truth);
      expect(readdirSync(cli.folder)).not.toContain('pwned');
    },
  );
});

describe('inputs', () => {
  const words = ['run', '--task'];
  test('are lines of standard input', async () => {
    const echo = await cli.file('echo.cjs', 'module.exports = (line) => line;');
    const { rows, status } = await cli.run(
      [...words, echo, '--rows', '-', '--ordered'],
      'one\n two \n\nfour',
    );
    expect(status).toBe(0);
    expect(rows.map(({ value }) => value)).toEqual(['one', ' two ', '', 'four']);
  });

  test('of standard input are worked on as they come', async () => {
    const echo = await cli.file('echo.cjs', 'module.exports = (line) => line;');
    const running = cli.start(...words, echo, '--rows', '-');
    running.child.stdin?.write('first\n');
    await running.says(/"value":"first"/);
    running.child.stdin?.end('second\n');
    expect((await running.ended).rows).toHaveLength(2);
  });

  test('are globs that the shell did not expand', async () => {
    await cli.file('globs/a.txt', 'a');
    await cli.file('globs/sub/b.txt', 'b');
    await cli.file('globs/c.log', 'c');
    const { rows } = await cli.run(['run', 'globs/**/*.txt', '--builtin', 'text-stats', '--ordered']);
    expect(rows.map(({ input }) => input)).toEqual(
      ['globs/a.txt', 'globs/sub/b.txt'].map((name) => join(cli.folder, name)),
    );
  });
});

describe('the exit status', () => {
  const run = (...more: string[]) => cli.run(['run', '--task', picky, ...more]);

  test('is the number of failed tasks, at most 101', async () => {
    const three = await run('--range', '0..10', '--param', 'least=3');
    expect(three.status).toBe(3);
    expect(three.rows.filter(({ status }) => status === 'failed')).toHaveLength(3);
    expect(three.rows.find(({ index }) => index === 0)?.error).toMatchObject({
      name: 'RangeError',
      message: '0 is too small',
    });
    expect(three.stderr).toContain('10 tasks: 7 succeeded, 3 failed');
    expect(three.stderr).toContain('3 tasks, first task 0 (0): RangeError: 0 is too small');
    expect((await run('--range', '0..150', '--param', 'least=150')).status).toBe(101);
  });

  test.each([
    [
      'an unknown option',
      ['run', '--range', '0..3', '--builtin', 'primes', '--worker', '2'],
      /Did you mean --workers/,
    ],
    ['an unknown command', ['rum'], /Did you mean run/],
    ['a rule that is none', ['run', '--range', '0..3', '--builtin', 'primes', '--halt', 'now'], /WHEN,WHY=N/],
    [
      'an export that is none',
      ['run', '--range', '0..3', '--builtin', 'primes', '--export', 'a.doc'],
      /\.parquet, \.xlsx or \.html/,
    ],
    ['a file that is not there', ['run', 'nowhere', '--builtin', 'hash'], /nowhere/],
    ['a glob of nothing', ['run', '*.nothing', '--builtin', 'hash'], /\*\.nothing/],
    ['rows that are not there', ['run', '--rows', 'nowhere.txt', '--builtin', 'hash'], /nowhere\.txt/],
    ['a task that is not there', ['run', '--range', '0..3', '--task', 'nowhere.js'], /nowhere\.js/],
    ['an unknown built-in', ['run', '--range', '0..3', '--builtin', 'hahs'], /hash, text-stats/],
    [
      'a wrong parameter',
      ['run', '.', '--builtin', 'hash', '--param', 'algorithm=rot13'],
      /algorithm.*sha256/,
    ],
    ['an unknown parameter', ['run', '.', '--builtin', 'hash', '--param', 'size=3'], /no parameter size/],
    [
      'an export to nowhere',
      ['run', '--range', '0..3', '--builtin', 'primes', '--export', 'nowhere/a.csv'],
      /nowhere does not exist/,
    ],
  ])('is 2 for %s, in one sentence', async (_what, args, sentence) => {
    const { terminal, stdout, stderr } = testTerminal(cli.dataDir);
    const status = await main([...args], terminal, '1.2.3');
    expect({ status, stdout: stdout() }).toEqual({ status: 2, stdout: '' });
    expect(stderr()).toMatch(/^poolboard: .+\n$/);
    expect(stderr()).toMatch(sentence);
  });

  test('is 2 for a task file that cannot run, with file, line and message', async () => {
    const broken = await cli.file(
      'broken.ts',
      'const a: number = 1;\n\nexport default (x) => {\n  x +;\n};\n',
    );
    const { status, stderr } = await cli.run(['run', '--range', '0..3', '--task', broken]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/broken\.ts.* line 4/);
    const empty = await cli.file('empty.mjs', 'export const one = 1;\n');
    expect((await cli.run(['run', '--range', '0..3', '--task', empty])).stderr).toContain('empty.mjs');
  });

  test('is 2 for a folder of nothing', async () => {
    await cli.file('nothing/.hidden', '');
    const { status, stderr } = await cli.run(['run', 'nothing', '--builtin', 'hash']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^poolboard: .*nothing/);
    expect((await cli.run(['run', 'nothing', '--hidden', '--builtin', 'hash'])).rows).toHaveLength(1);
  });

  test.skipIf(process.platform === 'win32')('is 2 for a data folder that cannot be', async () => {
    const file = await cli.file('a-file', '');
    const { status, stderr } = await cli.run([
      'run',
      '--range',
      '0..3',
      '--task',
      square,
      '--data-dir',
      file,
    ]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^poolboard: .*a-file/);
  });
});

test('a dry run says what would run, and runs nothing', async () => {
  const trap = await cli.file('trap.mjs', `export default () => { throw new Error('it ran'); };`);
  const before = (await cli.run(['list', '--json'])).stdout;
  const { status, stdout } = await cli.run([
    'run',
    '--range',
    '5..105',
    '--task',
    trap,
    '--dry-run',
    '--workers',
    '3',
    '--halt',
    'now,fail=2',
  ]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^option +halt=now,fail=2$/m);
  expect(stdout).toMatch(/^task +trap\.mjs$/m);
  expect(stdout).toMatch(/^option +workers=3$/m);
  expect(stdout).toMatch(/^inputs +100\n +5\n +6\n/m);
  expect((await cli.run(['list', '--json'])).stdout).toBe(before);
  expect((await cli.run(['run', 'nowhere', '--task', trap, '--dry-run'])).status).toBe(2);
  const wrong = await cli.run([
    'run',
    '--range',
    '0..3',
    '--builtin',
    'primes',
    '--param',
    'a=1',
    '--dry-run',
  ]);
  expect(wrong).toMatchObject({
    status: 2,
    stderr: 'poolboard: There is no parameter a: this task has no parameters.\n',
  });
});

test('a dry run of a command shows the first commands, as one would type them', async () => {
  const people = await cli.file('people.csv', 'name,age\nAda L,36\n$(x),41\n');
  const dry = (template: string) => cli.run(['run', '--rows', people, '--command', template, '--dry-run']);
  const { status, stdout } = await dry('echo {#} {name}');
  expect(status).toBe(0);
  expect(stdout.split('\n').filter((line) => line.startsWith('command'))).toEqual([
    "command  echo 1 'Ada L'",
    "command  echo 2 '$(x)'",
  ]);
  expect(await dry('echo {colour}')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('colour'),
  });
});

test('progress for programs is JSON lines, from start to end', async () => {
  const { stderr } = await cli.run([
    'run',
    '--range',
    '0..9',
    '--task',
    picky,
    '--param',
    'least=2',
    '--progress',
    'json',
  ]);
  const events = stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events[0]).toMatchObject({ event: 'start', state: 'running' });
  expect(events.at(-1)).toMatchObject({
    event: 'end',
    state: 'completed',
    total: 9,
    succeeded: 7,
    failed: 2,
    exitStatus: 2,
  });
  const error = await cli.run(['run', 'nowhere', '--builtin', 'hash', '--progress', 'json']);
  expect(JSON.parse(error.stderr)).toMatchObject({
    event: 'error',
    message: expect.stringContaining('nowhere'),
  });
});
