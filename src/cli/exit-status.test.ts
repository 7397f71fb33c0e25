import { expect, test } from 'vitest';
import { exitStatusOf } from './exit-status.ts';
import { testSummary } from './test-summary.ts';

const ended = (failed: number, more = {}) =>
  exitStatusOf(testSummary({ succeeded: 5, failed }, { state: 'completed', ...more }));

test.each([
  [0, 0],
  [1, 1],
  [100, 100],
  [101, 101],
  [5000, 101],
])('%i failed tasks are exit status %i', (failed, status) => {
  expect(ended(failed)).toBe(status);
});

test('a batch that was canceled, or left, is 130, whatever failed before', () => {
  expect(ended(3, { state: 'canceled' })).toBe(130);
  expect(ended(0, { state: 'interrupted' })).toBe(130);
});

test('a batch that could not go on is 2', () => {
  expect(ended(0, { state: 'canceled', error: { name: 'Error', message: 'The disk is full.' } })).toBe(2);
});
