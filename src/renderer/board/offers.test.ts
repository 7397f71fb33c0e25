import { expect, test } from 'vitest';
import { type BatchState, type BatchSummary, noCounts, type TaskCounts } from '../../shared/batch.ts';
import { offersOf } from './offers.ts';

function offers(state: BatchState, more: Partial<TaskCounts>, enumerated = true) {
  const counts = { ...noCounts(), ...more };
  const total = Object.values(counts).reduce((sum, each) => sum + each, 0);
  return offersOf({ state, counts, total, enumerated } as BatchSummary);
}

test('a batch that runs can be paused, canceled, and closed while there may be more inputs', () => {
  expect(offers('running', { pending: 5, failed: 2 })).toEqual({
    pause: true,
    startNow: false,
    goOn: false,
    cancel: true,
    close: false,
    finish: null,
    retryFailed: 0,
    retryUnsuccessful: 0,
    remove: false,
  });
  expect(offers('running', { pending: 5 }, false).close).toBe(true);
  expect(offers('paused', { pending: 5 }, false)).toMatchObject({ goOn: true, pause: false, close: true });
  expect(offers('closing', { pending: 5 }, false)).toMatchObject({ close: false, cancel: true });
});

test('a queued batch can be started before its turn, and canceled', () => {
  expect(offers('queued', { pending: 5 })).toMatchObject({ startNow: true, pause: false, cancel: true });
});

test('an interrupted batch can be finished: what has ended is not counted', () => {
  const { finish, retryFailed, remove } = offers('interrupted', {
    pending: 7,
    running: 2,
    succeeded: 4,
    failed: 1,
  });
  expect(finish).toEqual({ count: 9 });
  expect([retryFailed, remove]).toEqual([0, true]);
  expect(offers('interrupted', { succeeded: 4 }, false).finish).toEqual({ count: 0 });
  expect(offers('interrupted', { succeeded: 4 }).finish).toBeNull();
});

test('a canceled batch can be finished too, and its failed tasks retried', () => {
  expect(offers('canceled', { succeeded: 3, failed: 2, canceled: 5 })).toMatchObject({
    finish: { count: 5 },
    retryFailed: 2,
    retryUnsuccessful: 7,
  });
});

test('a completed batch offers its failed tasks, and all that did not succeed where those are more', () => {
  expect(offers('completed', { succeeded: 3, failed: 2 })).toMatchObject({
    finish: null,
    retryFailed: 2,
    retryUnsuccessful: 0,
  });
  expect(offers('completed', { succeeded: 3, failed: 2, skipped: 4 }).retryUnsuccessful).toBe(6);
  expect(offers('completed', { succeeded: 3 })).toMatchObject({ retryFailed: 0, retryUnsuccessful: 0 });
});
