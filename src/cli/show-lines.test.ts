import { expect, test } from 'vitest';
import type { TaskDetail } from '../shared/views.ts';
import { batchLines, taskLines } from './show-lines.ts';
import { testSummary } from './test-summary.ts';

const started = new Date(2026, 2, 1, 20, 8, 11).getTime();

test('a batch is shown with what it did, and its failures', () => {
  const batch = testSummary(
    { succeeded: 9, failed: 1 },
    { state: 'completed', startedAt: started, endedAt: started + 2400, warnings: ['a is a loop of links.'] },
  );
  const error = { name: 'Error', message: 'torn' };
  const failures = { groups: [{ count: 1, error, index: 7, input: '"/a.jpg"' }], complete: true };
  expect(batchLines(batch, failures, 100)).toEqual([
    'Batch 12: hash photos',
    '  state    completed',
    '  task     hash',
    '  inputs   0..3',
    '  started  2026-03-01 20:08:11',
    '  warning  a is a loop of links.',
    '',
    '10 tasks: 9 succeeded, 1 failed in 2.4 s.',
    '  task 7 ("/a.jpg"): Error: torn',
    '',
    'See it with: poolboard show 12 --task 7',
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
      cause: { name: 'RangeError', message: 'too far', place: { file: '/lib.mjs', line: 4 } },
    },
    attempts: [{ attempt: 1, worker: 2, startedAt: started, ms: 12, outcome: 'error', error: null }],
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
    'Caused by RangeError: too far',
    '    at /lib.mjs:4',
    '',
    'Output:',
    'one',
    'two',
  ]);
});
