import { expect, test } from 'vitest';
import { batchOptionsSchema } from '../shared/batch.ts';
import type { Attempt, TaskDetail } from '../shared/views.ts';
import { commandsFor } from './end-lines.ts';
import { printable } from './printable.ts';
import { batchLines, taskLines } from './show-lines.ts';
import { testGroups } from './test-groups.ts';
import { testSummary } from './test-summary.ts';

const commands = commandsFor('/data', '/data');
const none = testGroups();
const crash = { name: 'WorkerCrash', message: 'The worker died.', fields: { how: 'SIGSEGV' } };
const started = new Date(2026, 2, 1, 20, 8, 11).getTime();

test('a batch is shown with what it did, and its failures', () => {
  const batch = testSummary(
    { succeeded: 9, failed: 1 },
    {
      state: 'completed',
      startedAt: started,
      endedAt: started + 2400,
      warnings: ['a is a loop of links.'],
      bytes: 20_480,
    },
  );
  const error = { name: 'Error', message: 'torn' };
  const failures = testGroups({ ...error, code: null, index: 7, input: '/a.jpg' });
  expect(batchLines(batch, failures, 100, commands)).toEqual([
    'Batch 12: hash photos',
    '  state    completed',
    '  task     hash',
    '  inputs   0..3',
    '  started  2026-03-01 20:08:11',
    '  size     20.5 kB',
    '  warning  a is a loop of links.',
    '',
    '10 tasks: 9 succeeded, 1 failed in 2.4 s.',
    '  1. task 7 (/a.jpg): Error: torn',
    '',
    'See it with: poolboard show 12 --task 7',
    'Run what failed again with: poolboard retry 12 --failed',
  ]);
});

test('a task is shown with its error, the causes of that, and its output', () => {
  const detail: TaskDetail = {
    batch: 12,
    index: 7,
    input: '"/a.jpg"',
    state: 'failed',
    value: null,
    error: {
      name: 'Error',
      message: 'torn',
      stack: 'Error: torn\n    at task (/t.mjs:3:9)',
      code: 'E_TORN',
      fields: { page: 3, parts: ['left', 'right'], how: 'not told twice' },
      cause: { name: 'RangeError', message: 'too far', place: { file: '/lib.mjs', line: 4 } },
    },
    attempts: [{ attempt: 1, worker: 2, startedAt: started, ms: 12, outcome: 'error', error: null }],
    retry: null,
    progress: null,
    output: [
      { index: 7, stream: 'stdout', text: 'one\ntw', at: 1 },
      { index: 7, stream: 'stdout', text: 'o\x1b[2J\n', at: 2 },
    ],
    outputCut: false,
  };
  expect(taskLines(detail, { id: 12, name: 'hash photos' })).toEqual([
    'Task 7 of batch 12: hash photos',
    '  input    "/a.jpg"',
    '  state    failed',
    '  attempt  1: error, worker 2, 2026-03-01 20:08:11, 12 ms',
    '',
    'Error: torn',
    '    at task (/t.mjs:3:9)',
    '    code: E_TORN',
    '    page: 3',
    '    parts: ["left","right"]',
    'Caused by RangeError: too far',
    '    at /lib.mjs:4',
    '',
    'Output:',
    'one',
    'two',
  ]);
});

test('options are shown as they are typed, without those at their defaults', () => {
  const { spec } = testSummary();
  const options = batchOptionsSchema.parse({
    queued: true,
    workers: 3,
    timeoutMs: 1500,
    retries: 2,
    retryOn: ['error', 'timeout', 'crash'],
    halt: { when: 'soon', on: 'fail', limit: { unit: 'percent', percent: 5 } },
    maxWorkerMemoryBytes: 500_000_000,
  });
  const lines = batchLines(testSummary({}, { spec: { ...spec, options } }), none, 100, commands);
  expect(lines.filter((line) => line.includes('option'))).toEqual([
    '  option   workers=3',
    '  option   max-memory-per-worker=500M',
    '  option   timeout=1.5',
    '  option   retries=2',
    '  option   halt=soon,fail=5%',
  ]);
  const some = batchOptionsSchema.parse({ retryOn: ['crash'] });
  expect(batchLines(testSummary({}, { spec: { ...spec, options: some } }), none, 100, commands)).toContain(
    '  option   retry-on=crash',
  );
});

test('a batch that waits says for what, and one that was interrupted how to finish it', () => {
  const notice = { name: 'PoolboardError', code: 'DISK_FULL', message: 'The disk is full: free some space.' };
  expect(batchLines(testSummary({ pending: 3 }, { notice }), none, 100, commands)).toContain(
    '  notice   The disk is full: free some space.',
  );
  const interrupted = testSummary({ pending: 3, succeeded: 1 }, { state: 'interrupted', endedAt: null });
  const lines = batchLines(interrupted, none, 100, commands);
  expect(lines.at(-1)).toBe('Finish it with: poolboard resume 12');
  expect(lines.at(-3)).toBe('Interrupted. 4 tasks: 1 succeeded, 3 not run.');
});

test('each attempt says why it ended, and the next when it comes', () => {
  const at = { worker: 3, startedAt: started, ms: 2400 };
  const attempts: Attempt[] = [
    { ...at, attempt: 1, outcome: 'crash', error: crash },
    { ...at, attempt: 2, outcome: 'timeout', error: { name: 'TimeoutError', message: 'It took over 2 s.' } },
    { ...at, attempt: 3, outcome: 'error', error: { name: 'Error', message: 'torn\nhere' } },
  ];
  const detail: TaskDetail = {
    ...{ batch: 12, index: 7, input: '1', state: 'pending', value: null, error: null, attempts },
    ...{ retry: { attempt: 4, of: 5, at: started + 4000 }, progress: null, output: [], outputCut: false },
  };
  expect(taskLines(detail, { id: 12, name: 'n' }, started).slice(3)).toEqual([
    '  attempt  1: crash (SIGSEGV), worker 3, 2026-03-01 20:08:11, 2.4 s',
    '  attempt  2: timeout (It took over 2 s.), worker 3, 2026-03-01 20:08:11, 2.4 s',
    '  attempt  3: error (Error: torn here), worker 3, 2026-03-01 20:08:11, 2.4 s',
    '  next     attempt 4 of 5, in 4.0 s',
  ]);
});

test('a task that crashed is shown with what its worker said last', () => {
  const error = {
    name: 'WorkerCrash',
    message: 'The worker died.',
    fields: { how: 'SIGABRT', lastOutput: 'fatal: \u001b[31mno memory\n  at x' },
  };
  const detail: TaskDetail = {
    batch: 12,
    index: 7,
    input: '7',
    state: 'failed',
    value: null,
    error,
    attempts: [],
    retry: null,
    progress: null,
    output: [],
    outputCut: false,
  };
  expect(taskLines(detail, { id: 12, name: 'n' }).slice(3)).toEqual([
    '',
    'WorkerCrash: The worker died.',
    '',
    'Its worker said last:',
    printable('fatal: \u001b[31mno memory'),
    '  at x',
  ]);
});
