import { expect, test } from 'vitest';
import { haltWords, retryOnWords, summaryOf } from './option-words.ts';

test('the options are summed up in one line: the first three always, the others where they are set', () => {
  expect(summaryOf({}, 4)).toBe('4 workers · no timeout · no retries');
  expect(summaryOf({ workers: 1, chunkSize: 50, timeoutMs: 2500, retries: 1 }, 4)).toBe(
    '1 worker · chunks of 50 · timeout 2.5 s · 1 retry',
  );
  const halt = { on: 'fail', when: 'now', limit: { unit: 'percent', percent: 5 } } as const;
  expect(
    summaryOf(
      { timeoutPercent: 300, retries: 2, retryOn: ['crash'], halt, maxLoad: 4, batteryWorkers: 1 },
      4,
    ),
  ).toBe(
    '4 workers · 1 on battery · timeout 300% of the median · 2 retries · after a crash · stops when 5% of the tasks have failed · up to load 4',
  );
});

test('a rule to stop early is said in words', () => {
  expect(haltWords({ on: 'fail', when: 'soon', limit: { unit: 'tasks', tasks: 1 } })).toBe(
    'when 1 task has failed',
  );
  expect(haltWords({ on: 'done', when: 'soon', limit: { unit: 'tasks', tasks: 1500 } })).toBe(
    'when 1,500 tasks have ended',
  );
});

test('what is tried again is listed in its order', () => {
  expect(retryOnWords(['crash', 'error', 'timeout'])).toBe('an error, a timeout, or a crash');
  expect(retryOnWords(['timeout'])).toBe('a timeout');
});
