import { availableParallelism } from 'node:os';
import { describe, expect, test } from 'vitest';
import { batchOptionsSchema } from '../shared/batch.ts';
import { parse } from './program.ts';
import type { Request, RunRequest } from './requests.ts';

const surroundings = { version: '1.2.3', cwd: '/home/me', dataDir: '/data/poolboard' };
const ask = (...argv: string[]): Request => parse(argv, surroundings);
const run = (...argv: string[]): RunRequest => {
  const request = ask('run', ...argv);
  if (request.command !== 'run') throw new Error(`This asks for ${request.command}.`);
  return request;
};
const text = (...argv: string[]): string => {
  const request = ask(...argv);
  if (request.command !== 'print') throw new Error(`This asks for ${request.command}.`);
  return request.text;
};

describe('run', () => {
  test('takes inputs and a built-in task, and leaves the rest to the defaults', () => {
    expect(ask('run', 'a b', '*.txt', '--builtin', 'hash')).toEqual({
      command: 'run',
      definition: { kind: 'builtin', name: 'hash' },
      inputs: { kind: 'files', paths: ['a b', '*.txt'] },
      params: [],
      options: {},
      exportTo: null,
      ordered: false,
      nice: 10,
      dryRun: false,
      progress: 'auto',
      dataDir: '/data/poolboard',
    });
  });

  test('the extension of a task file says its kind', () => {
    for (const file of ['a.js', 'a.mjs', 'a.cjs', 'a.ts', 'a.mts', 'a.cts', 'a.TS']) {
      expect(run('x', '--task', file).definition).toEqual({ kind: 'module', file: `/home/me/${file}` });
    }
    expect(run('x', '--task', '/abs/a.py', '--function', 'square').definition).toEqual({
      kind: 'python',
      file: '/abs/a.py',
      function: 'square',
    });
  });

  test('takes a command template as it is', () => {
    expect(run('x', '--command', 'gzip -k {}').definition).toEqual({
      kind: 'command',
      template: 'gzip -k {}',
    });
  });

  test.each([
    ['0..10', { from: 0, to: 10, step: 1 }],
    ['10..0:-2', { from: 10, to: 0, step: -2 }],
    ['-5..-1', { from: -5, to: -1, step: 1 }],
    ['0..1_000_000:5', { from: 0, to: 1_000_000, step: 5 }],
  ])('takes the range %s', (range, expected) => {
    expect(run('--range', range, '--task', 'a.js').inputs).toEqual({ kind: 'range', ...expected });
    expect(run(`--range=${range}`, '--task', 'a.js').inputs).toEqual({ kind: 'range', ...expected });
  });

  test('takes rows of a file and of standard input', () => {
    expect(run('--rows', 'urls.txt', '--builtin', 'b').inputs).toEqual({ kind: 'rows', file: 'urls.txt' });
    expect(run('--rows', '-', '--builtin', 'b').inputs).toEqual({ kind: 'rows', file: '-' });
  });

  test('takes inputs that begin with a dash after --', () => {
    expect(run('--builtin', 'hash', '--', '-rf').inputs).toEqual({ kind: 'files', paths: ['-rf'] });
  });

  test('takes every option', () => {
    const request = run(
      ...['x', '--builtin', 'hash', '--hidden', '--ordered', '--dry-run', '--data-dir', 'mine'],
      ...['--param', 'a=1', '--param', 'b=c=d', '--param', 'e=', '--progress', 'json'],
      ...['--workers', '4', '--concurrency', '8', '--chunk-size', '100', '--timeout', '1.5'],
      ...['--retries', '2', '--max-tasks-per-worker', '50', '--export', 'out/a b.CSV'],
    );
    expect(request).toMatchObject({
      inputs: { hidden: true },
      params: [
        ['a', '1'],
        ['b', 'c=d'],
        ['e', ''],
      ],
      options: {
        workers: 4,
        concurrency: 8,
        chunkSize: 100,
        timeoutMs: 1500,
        retries: 2,
        maxTasksPerWorker: 50,
      },
      exportTo: { path: '/home/me/out/a b.CSV', format: 'csv' },
      ordered: true,
      dryRun: true,
      progress: 'json',
      dataDir: '/home/me/mine',
    });
    expect(run('x', '--builtin', 'hash', '--chunk-size', 'auto').options).toEqual({ chunkSize: 'auto' });
  });

  const hash = ['x', '--builtin', 'hash'];
  const lines = ['--rows', 'a.txt', '--builtin', 'hash'];
  const book = ['--rows', 'a.xlsx', '--builtin', 'hash'];
  test('takes every option about failures and the machine', () => {
    const request = run(
      ...hash,
      ...['--max-memory-per-worker', '1.5G', '--heap-limit', '512M', '--hang-timeout', '0'],
      ...['--timeout', '30', '--timeout', '250%', '--retries', '2', '--retry-on', 'crash,error'],
      ...['--retry-delay', '0.5', '--halt', 'soon,fail=10%', '--memfree', '200M', '--nice', '0'],
      ...['--load', '1.5', '--battery-workers', '1'],
    );
    expect(request.nice).toBe(0);
    expect(request.options).toEqual({
      maxWorkerMemoryBytes: 1_500_000_000,
      heapMb: 512,
      hangMs: 0,
      timeoutMs: 30_000,
      timeoutPercent: 250,
      retries: 2,
      retryOn: ['error', 'crash'],
      retryDelayMs: 500,
      halt: { when: 'soon', on: 'fail', limit: { unit: 'percent', percent: 10 } },
      minFreeMemoryBytes: 200_000_000,
      maxLoad: 1.5,
      batteryWorkers: 1,
    });
    expect(batchOptionsSchema.parse(request.options)).toMatchObject(request.options);
    const half = run(...hash, '--load', '50%').options.maxLoad;
    expect(half).toBeCloseTo(availableParallelism() / 2);
    expect(run(...hash, '--halt', 'never').options).toEqual({});
  });

  test.each([
    ['no inputs', ['--builtin', 'hash'], 'What are the inputs?'],
    ['an empty input', ['', '--builtin', 'hash'], 'An INPUT is empty'],
    ['two kinds of input', [...hash, '--range', '0..3'], 'not INPUT and --range together'],
    ['rows and a range', ['--rows', '-', '--range', '0..3', '--builtin', 'b'], '--rows and --range together'],
    ['--hidden without files', ['--range', '0..3', '--hidden', '--builtin', 'b'], '--hidden goes with files'],
    ['a delimiter without rows', [...hash, '--delimiter', ';'], '--delimiter goes with --rows.'],
    ['an encoding without rows', [...hash, '--encoding', 'latin1'], '--encoding goes with --rows.'],
    [
      'a sheet without rows',
      ['--range', '0..3', '--sheet', 'A', '--builtin', 'b'],
      '--sheet goes with --rows.',
    ],
    ['--no-header without rows', [...hash, '--no-header'], '--no-header goes with --rows.'],
    [
      'a delimiter of lines',
      [...lines, '--delimiter', ';'],
      '--delimiter goes with a table of text (.csv, .tsv).',
    ],
    ['a sheet of no workbook', [...lines, '--sheet', 'A'], '--sheet goes with a workbook (.xlsx).'],
    ['an encoding of a workbook', [...book, '--encoding', 'latin1'], '--encoding goes with a file of text.'],
    ['no task', ['x'], 'What should be done to each input?'],
    ['two tasks', [...hash, '--task', 'a.js'], 'Give one of --task and --builtin'],
    ['a function of a built-in', [...hash, '--function', 'f'], '--function names a function of a task file'],
    [
      'an interpreter of a built-in',
      [...hash, '--interpreter', 'python3'],
      '--interpreter goes with --task FILE.py.',
    ],
    ['an empty template', ['x', '--command', ' '], '--command takes a template'],
    ['an unknown kind of task file', ['x', '--task', 'a.rb'], 'a.rb is not a task file'],
    ['a range of words', ['--range', 'a..b', '--task', 'a.js'], '--range takes A..B'],
    ['a range of fractions', ['--range', '0..1.5', '--task', 'a.js'], '--range takes A..B'],
    ['a range without an end', ['--range', '5..', '--task', 'a.js'], '--range takes A..B'],
    ['a step of 0', ['--range', '0..5:0', '--task', 'a.js'], 'the step cannot be 0'],
    ['a range of nothing', ['--range', '5..5', '--task', 'a.js'], 'starts at 5 and ends before 5'],
    [
      'a range that should count down',
      ['--range', '5..0', '--task', 'a.js'],
      'a negative step such as 5..0:-1',
    ],
    ['a range that should count up', ['--range', '0..5:-2', '--task', 'a.js'], 'a step of -2 counts down'],
    ['a range beyond exact numbers', ['--range', '0..99999999999999999', '--task', 'a.js'], 'are not exact'],
    ['no workers', [...hash, '--workers', '0'], '--workers takes a whole number from 1 to 256, not "0"'],
    ['too many workers', [...hash, '--workers', '257'], 'from 1 to 256'],
    ['half a worker', [...hash, '--workers', '1.5'], 'from 1 to 256, not "1.5"'],
    ['no concurrency', [...hash, '--concurrency', '0'], 'from 1 to 1,024'],
    ['a chunk size in words', [...hash, '--chunk-size', 'big'], 'a whole number or auto'],
    ['a chunk size of 0', [...hash, '--chunk-size', '0'], 'from 1 to 100,000'],
    ['a timeout of 0', [...hash, '--timeout', '0'], 'seconds, more than 0'],
    ['a timeout in words', [...hash, '--timeout', '5m'], 'such as 300%, not "5m"'],
    ['a timeout of 0%', [...hash, '--timeout', '0%'], 'a percentage more than 0 such as 300%, not "0%"'],
    ['a negative hang timeout', [...hash, '--hang-timeout=-1'], '--hang-timeout takes seconds, 0 or more'],
    ['a retry delay of days', [...hash, '--retries', '1', '--retry-delay', '86400'], 'and up to 3,600'],
    [
      'an outcome that is none',
      [...hash, '--retries', '1', '--retry-on', 'error,oom'],
      'any of error, timeout',
    ],
    ['outcomes without retries', [...hash, '--retry-on', 'error'], '--retry-on goes with --retries N'],
    ['a delay without retries', [...hash, '--retry-delay', '3'], '--retry-delay goes with --retries N'],
    ['a halt of nothing', [...hash, '--halt', 'now'], '--halt takes never or WHEN,WHY=N'],
    ['a heap that is too small', [...hash, '--heap-limit', '1M'], '--heap-limit takes 16M to 1T'],
    ['a tiny worker', [...hash, '--max-memory-per-worker', '5K'], '--max-memory-per-worker takes 1M or more'],
    ['a load of 0', [...hash, '--load', '0%'], '--load takes a load average such as 1.5'],
    ['a size in words', [...hash, '--memfree', 'lots'], '--memfree takes a size in bytes'],
    ['a negative niceness', [...hash, '--nice=-5'], '--nice takes a whole number from 0 to 19'],
    ['no workers on battery', [...hash, '--battery-workers', '0'], 'from 1 to 256'],
    ['retries below 0', [...hash, '--retries=-1'], 'from 0 to 100, not "-1"'],
    ['no tasks per worker', [...hash, '--max-tasks-per-worker', '0'], '1 or more'],
    ['a parameter without a value', [...hash, '--param', 'a'], '--param takes KEY=VALUE, not "a"'],
    ['a parameter without a key', [...hash, '--param', '=a'], '--param takes KEY=VALUE'],
    ['an unknown progress', [...hash, '--progress', 'bar'], 'auto, plain, json or none, not "bar"'],
    [
      'an unknown export',
      [...hash, '--export', 'a.txt'],
      'has to end in .csv, .json, .jsonl, .parquet, .xlsx or .html',
    ],
    ['an empty data folder', [...hash, '--data-dir', ''], '--data-dir takes a folder'],
    ['an unknown option', [...hash, '--worker', '2'], "Unknown option '--worker'. Did you mean --workers?"],
    ['an option without its value', [...hash, '--workers'], "'--workers <N>' argument missing"],
  ])('refuses %s', (_what, argv, sentence) => {
    expect(() => run(...argv)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => run(...argv)).toThrow(sentence);
  });

  test.each(['csv', 'json', 'jsonl', 'parquet', 'xlsx', 'html'])('exports to .%s', (format) => {
    expect(run(...hash, '--export', `a.${format}`)).toMatchObject({ exportTo: { format } });
  });
});

describe('the other commands', () => {
  test('list, show and export take a batch, or mean all or the latest', () => {
    expect(ask('list')).toEqual({
      command: 'list',
      batch: null,
      search: '',
      json: false,
      dataDir: '/data/poolboard',
    });
    expect(ask('list', '3', '--json')).toMatchObject({ batch: 3, json: true });
    expect(ask('show', '12', '--task', '0')).toMatchObject({ command: 'show', batch: 12, task: 0 });
    expect(ask('show')).toMatchObject({ batch: null, task: null });
    expect(ask('export')).toMatchObject({ command: 'export', batch: null, to: null, filter: 'all' });
  });

  test.each(['-o', '--export'])('export writes the file of %s', (flag) => {
    expect(ask('export', '3', flag, 'a.jsonl', '--filter', 'failed')).toMatchObject({
      to: { path: '/home/me/a.jsonl', format: 'jsonl' },
      filter: 'failed',
    });
  });

  test('tasks describes a file', () => {
    expect(ask('tasks')).toEqual({ command: 'tasks', definition: null, json: false });
    expect(ask('tasks', 'a.ts', '--function', 'f')).toMatchObject({
      definition: { kind: 'module', file: '/home/me/a.ts', function: 'f' },
    });
  });

  test('serve takes a port and opens the browser unless told not to', () => {
    expect(ask('serve')).toMatchObject({ command: 'serve', port: 0, open: true });
    expect(ask('serve', '--port', '8080', '--no-open')).toMatchObject({ port: 8080, open: false });
  });

  test.each([
    [['show', 'twelve'], 'BATCH is the number of a batch, not "twelve"'],
    [['show', '0'], 'BATCH is the number of a batch'],
    [['show', '1', '2'], 'Too many arguments'],
    [['show', '--task', 'first'], '--task takes a whole number, 0 or more'],
    [['export', '--filter', 'broken'], '--filter takes all, pending'],
    [['resume', '1', '--workers', '3'], "Unknown option '--workers'"],
    [['retry', '--failed', '--error', '1'], 'Give --failed or --error, not both'],
    [['retry', '--error', ''], '--error takes the number of a group of failures'],
    [['delete'], "Missing required argument 'BATCH'"],
    [['delete', '3', 'all'], 'BATCH is the number of a batch, not "all"'],
    [['resume', ':::', 'a'], '::: goes with run.'],
    [['tasks', '--function', 'f'], '--function goes with a FILE'],
    [['serve', '--port', '70000'], 'from 0 to 65,535'],
    [['rnu'], "Unknown command 'rnu'. Did you mean run?"],
    [['help', 'nothing'], 'There is no command "nothing"'],
    [[], 'Say what to do'],
  ])('refuses %j', (argv, sentence) => {
    expect(() => ask(...argv)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => ask(...argv)).toThrow(sentence);
  });

  test('resume takes a batch, or means the latest that was interrupted', () => {
    expect(ask('resume')).toEqual({
      command: 'resume',
      batch: null,
      exportTo: null,
      ordered: false,
      nice: 10,
      progress: 'auto',
      dataDir: '/data/poolboard',
    });
    expect(ask('resume', '3', '--ordered', '--progress', 'json', '--nice', '19')).toMatchObject({
      batch: 3,
      ordered: true,
      progress: 'json',
      nice: 19,
    });
  });

  test('retry takes all that did not succeed, what failed, or a group of failures', () => {
    expect(ask('retry', '--export', 'a.csv')).toMatchObject({
      command: 'retry',
      batch: null,
      tasks: 'unsuccessful',
      exportTo: { path: '/home/me/a.csv', format: 'csv' },
    });
    expect(ask('retry', '7', '--failed')).toMatchObject({ batch: 7, tasks: 'failed' });
    expect(ask('retry', '7', '--error', ' ENOENT ')).toMatchObject({ tasks: { group: 'ENOENT' } });
  });

  test('delete takes batches, each once', () => {
    expect(ask('delete', '3', '12', '3')).toEqual({
      command: 'delete',
      batches: [3, 12],
      dataDir: '/data/poolboard',
    });
  });

  test('list takes a text to search for', () => {
    expect(ask('list', '--search', 'Hash')).toMatchObject({ search: 'Hash' });
  });
});

describe('help', () => {
  const commands = ['run', 'resume', 'retry', 'list', 'show', 'export', 'delete', 'tasks', 'serve'];
  test('names every command', () => {
    const help = text('--help');
    for (const command of commands) {
      expect(help).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    }
    expect(text('help')).toBe(help);
  });

  test('of run names every option, its default and the exit statuses, in few columns', () => {
    const help = text('run', '--help');
    const options = [
      ...['--rows', '--range', '--hidden', '--task', '--builtin', '--command', '--function', '--param'],
      ...['--workers', '--concurrency', '--chunk-size', '--timeout', '--retries', '--max-tasks-per-worker'],
      ...['--max-memory-per-worker', '--heap-limit', '--hang-timeout', '--retry-on', '--retry-delay'],
      ...['--load', '--memfree', '--nice', '--battery-workers'],
      ...['--halt', '--export', '--ordered', '--dry-run', '--progress', '--data-dir'],
    ];
    for (const option of options) expect(help).toContain(`  ${option}`);
    expect(help).toContain('/data/poolboard');
    expect(help).toContain('Exit status:');
    expect(text('help', 'run')).toBe(help);
  });

  test.each(commands)('of %s fits 80 columns, however wide the terminal is', (command) => {
    const printed = parse([command, '--help'], { ...surroundings, width: 200 });
    const lines = printed.command === 'print' ? printed.text.split('\n') : [];
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((line) => line.length >= 80)).toEqual([]);
  });

  test('the version is printed', () => {
    expect(text('--version')).toBe('1.2.3\n');
  });
});
