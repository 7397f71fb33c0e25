import { expect, test } from 'vitest';
import type { TaskRow } from '../../shared/views.ts';
import { stateWords } from './state-words.ts';

const say = (row: Partial<TaskRow>, now = 0) => {
  const { word, more, mark } = stateWords(
    { state: 'pending', outcome: null, how: null, worker: null, retry: null, ...row },
    now,
  );
  return [mark, more ? `${word} ${more}` : word];
};

test('a task that waits for its next attempt says which, of how many, and when', () => {
  const retry = { attempt: 2, of: 3, at: 10_000 };
  expect(say({ retry }, 6_000)).toEqual(['retrying', 'attempt 2 of 3, in 4 s']);
  expect(say({ retry }, 9_999)).toEqual(['retrying', 'attempt 2 of 3, in 1 s']);
  expect(say({ retry }, 10_001)).toEqual(['retrying', 'attempt 2 of 3, waits']);
  expect(say({ retry: { ...retry, at: 200_000 } })).toEqual(['retrying', 'attempt 2 of 3, in 4 min']);
});

test('a failed task says how its last attempt ended', () => {
  expect(say({ state: 'failed', outcome: 'error' })).toEqual(['failed', 'failed']);
  expect(say({ state: 'failed', outcome: 'timeout', worker: 2 })).toEqual(['failed', 'timed out']);
  expect(say({ state: 'failed', outcome: 'crash', how: 'SIGSEGV', worker: 3 })).toEqual([
    'failed',
    'crashed (SIGSEGV, worker 3)',
  ]);
  expect(say({ state: 'failed', outcome: 'crash' })).toEqual(['failed', 'crashed']);
  expect(say({ state: 'failed' })).toEqual(['failed', 'failed']);
});

test('other states are their words, whatever their attempts did', () => {
  expect(say({ state: 'succeeded', outcome: 'ok' })).toEqual(['succeeded', 'succeeded']);
  expect(say({ state: 'running', outcome: 'crash', how: 'SIGKILL' })).toEqual(['running', 'running']);
  expect(say({ state: 'canceled', outcome: 'canceled' })).toEqual(['canceled', 'canceled']);
  expect(say({ state: 'skipped' })).toEqual(['skipped', 'skipped']);
});
