import { expect, test } from 'vitest';
import { testBatch } from '../shared/test-batch.ts';
import { allDoneMessage, endMessage, noticeMessage } from './messages.ts';

test('the end of a batch is told with its counts', () => {
  const batch = testBatch({
    name: 'resize photos',
    state: 'completed',
    endedAt: 54_000,
    counts: { succeeded: 9997, failed: 3 },
  });
  expect(endMessage(batch)).toEqual({
    title: 'resize photos',
    body: 'Completed after 54.0 s: 9,997 succeeded, 3 failed',
  });
});

test('what stopped a batch is told', () => {
  const error = { name: 'PoolboardError', message: 'a.ts cannot be read.' };
  expect(endMessage(testBatch({ state: 'canceled', endedAt: 100, error })).body).toBe(
    'Stopped after 100 ms: a.ts cannot be read.',
  );
  expect(endMessage(testBatch({ state: 'canceled', startedAt: null })).body).toBe('Canceled: no tasks');
});

test('what a batch waits for is told in its own words', () => {
  const notice = { name: 'PoolboardError', message: 'The disk is full.', code: 'STORE_FULL' };
  expect(noticeMessage(testBatch({ notice }))).toEqual({ title: 'hash in waits', body: 'The disk is full.' });
});

test('the end of all of them is told with what failed', () => {
  expect(allDoneMessage(3, 0)).toEqual({ title: 'All 3 batches have ended', body: 'No task failed.' });
  expect(allDoneMessage(1, 1)).toEqual({ title: 'The batch has ended', body: '1 task failed.' });
});
