import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { project, run } from './test-process.ts';

/** One line that `poolboard run` prints. */
interface Line {
  index: number;
  input: unknown;
  status: string;
  value?: unknown;
  error?: { name: string; message: string; code?: string; stack: string; cause?: object; fields?: object };
}

const readme = readFileSync(join(project, 'examples/README.md'), 'utf8');
const commands = [...readme.matchAll(/`npx poolboard run ([^`]+)`/g)].map(([, args]) => args!);
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Runs a command of the README as a shell does, in a data folder of its own; results in the order of the inputs. */
async function poolboard(args: string) {
  const dataDir = mkdtempSync(join(tmpdir(), 'poolboard-examples-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const script = `"$NODE" src/cli/index.ts run --progress none --ordered --data-dir "$DATA" ${args}`;
  const { status, stdout, stderr } = await run('sh', ['-c', script], {
    NODE: process.execPath,
    DATA: dataDir,
  });
  if (stdout === '') throw new Error(stderr);
  const lines = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
  return { status, lines, values: lines.map((line) => line.value) };
}

const texts = ['harbour.txt', 'kitchen.txt', 'mountain path.txt'];
const text = (name: string) => readFileSync(join(project, 'examples/inputs/texts', name), 'utf8');
const digest = (algorithm: string, data: string | Buffer) => createHash(algorithm).update(data).digest('hex');
type Ran = Awaited<ReturnType<typeof poolboard>>;

/** What each command of the README has to give, by the beginning of the command. */
const expectations: Record<string, (ran: Ran) => void> = {
  '--range 0..1000 --task examples/tasks/square.js': ({ status, values }) => {
    expect(status).toBe(0);
    expect(values).toEqual(Array.from({ length: 1000 }, (_, x) => x * x));
  },
  '--range 0..8 --task examples/tasks/slow-square.js': ({ values }) => {
    expect(values).toEqual([0, 1, 4, 9, 16, 25, 36, 49]);
  },
  '--rows examples/inputs/names.txt --task examples/tasks/checksum-line.js': ({ values }) => {
    const names = readFileSync(join(project, 'examples/inputs/names.txt'), 'utf8').trim().split('\n');
    expect(values).toEqual(names.map((name) => digest('sha1', name)));
  },
  'examples/inputs/texts --task examples/tasks/word-frequency.ts': ({ values }) => {
    expect(values).toEqual([
      {
        file: 'harbour.txt',
        words: 77,
        top: [
          ['gulls', 2],
          ['harbour', 2],
          ['late', 2],
        ],
      },
      {
        file: 'kitchen.txt',
        words: 66,
        top: [
          ['bread', 3],
          ['door', 2],
          ['opens', 2],
        ],
      },
      {
        file: 'mountain path.txt',
        words: 56,
        top: [
          ['above', 2],
          ['spring', 2],
          ['there', 2],
        ],
      },
    ]);
  },
  '--rows examples/inputs/orders.csv --task examples/tasks/order-total.ts': ({ status, lines, values }) => {
    expect(status).toBe(1);
    expect(values.slice(0, 4).map((value) => (value as { cents: number }).cents)).toEqual([
      1000, 12000, 8700, 20000,
    ]);
    expect(lines[4]).toMatchObject({
      status: 'failed',
      error: { name: 'TypeError', message: 'Order 1005 has the price "three": that is not a number.' },
    });
  },
  '--range 1..15 --task examples/tasks/fail-sometimes.ts': ({ status, lines }) => {
    expect(status).toBe(2);
    const failed = lines.filter((line) => line.status === 'failed');
    expect(failed.map((line) => line.input)).toEqual([7, 14]);
    expect(failed[1]!.error).toMatchObject({
      name: 'UnluckyNumber',
      code: 'E_UNLUCKY',
      fields: { digits: [1, 4] },
      cause: { name: 'RangeError', message: '14 / 7 leaves nothing over.' },
    });
    const source = readFileSync(join(project, 'examples/tasks/fail-sometimes.ts'), 'utf8').split('\n');
    const line = source.findIndex((each) => each.includes('throw new UnluckyNumber')) + 1;
    expect(failed[1]!.error!.stack).toContain(`fail-sometimes.ts:${line}:`);
  },
  '--range 10_000..60_000:10_000 --task examples/count-primes.ts': ({ values }) => {
    const primes = values.map((value) => (value as { primes: number }).primes);
    expect(primes).toEqual([1229, 2262, 3245, 4203, 5133]);
  },
  'examples/inputs/texts --task examples/python/word_count.py': ({ values }) => {
    expect(values.map((value) => (value as { words: number }).words)).toEqual([77, 66, 56]);
  },
  '--rows examples/python/places.csv --task examples/python/distance.py': ({ lines, values }) => {
    const places = readFileSync(join(project, 'examples/python/places.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    expect(lines).toHaveLength(places.length);
    expect(values[0]).toMatchObject({ name: places[0]!.split(',')[0] });
  },
  '--range 1..21 --task examples/python/pool_classic.py': ({ values }) => {
    // Steps of the Collatz sequence: https://oeis.org/A006577
    expect(values).toEqual([0, 1, 7, 2, 5, 8, 16, 3, 19, 6, 14, 9, 9, 17, 17, 4, 12, 20, 20, 7]);
  },
  "examples/inputs/texts --command 'wc -w {}'": ({ values }) => {
    const counts = values.map((value) => Number.parseInt((value as { stdout: string }).stdout, 10));
    expect(counts).toEqual([77, 66, 56]);
  },
  '--rows examples/inputs/orders.csv --command': ({ values }) => {
    expect(values.map((value) => (value as { stdout: string }).stdout)).toEqual([
      '1001 for Baker, Jo\n',
      '1002 for Smith & Sons\n',
      '1003 for The "Blue" Boat\n',
      '1004 for Inn at the Bridge\n',
      '1005 for Harbour Office\n',
    ]);
  },
  'examples/inputs --builtin hash': ({ lines }) => {
    const files = readdirSync(join(project, 'examples/inputs'), { recursive: true, withFileTypes: true });
    expect(lines).toHaveLength(files.filter((file) => file.isFile()).length);
    for (const { input, value } of lines) {
      expect(value).toMatchObject({ digest: digest('sha256', readFileSync(input as string)) });
    }
  },
  'examples/inputs/texts --builtin text-stats': ({ lines, values }) => {
    expect(lines.map(({ input }) => basename(input as string))).toEqual(texts);
    expect(values.map((value) => (value as { bytes: number }).bytes)).toEqual(
      texts.map((name) => text(name).length),
    );
  },
};

describe('the commands of the examples', () => {
  test.for(commands)('poolboard run %s', async (command, { skip }) => {
    skip(command.includes('.py') && !hasPython, 'There is no python3 on this machine.');
    const known = Object.keys(expectations).filter((beginning) => command.startsWith(beginning));
    expect(known).toHaveLength(1);
    expectations[known[0]!]!(await poolboard(command));
  });

  test('are all in the table', () => {
    expect(commands).toHaveLength(Object.keys(expectations).length);
  });

  test('name files that are there, and no file of the folders is left out', () => {
    const linked = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path!);
    for (const path of linked) expect(existsSync(join(project, 'examples', path)), path).toBe(true);
    for (const folder of ['tasks', 'pool', 'python']) {
      const files = readdirSync(join(project, 'examples', folder)).filter((file) =>
        /(?<!\.test)\.(js|ts|py)$/.test(file),
      );
      for (const file of files) expect(linked).toContain(`${folder}/${file}`);
    }
  });
});
