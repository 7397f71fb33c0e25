import { expect, test } from 'vitest';
import { type BatchSummary, noCounts } from '../../shared/batch.ts';
import { mergeBatches } from '../state/batch-groups.ts';
import { dropTarget, queueOf, stepTarget } from './queue-order.ts';

const batch = (id: number, place: number | null, state = 'queued'): BatchSummary =>
  ({ id, place, state, counts: noCounts() }) as unknown as BatchSummary;
const queue = [{ id: 5 }, { id: 3 }, { id: 9 }];

test('the queue is in the order of its places, whatever the age of its batches', () => {
  const all = mergeBatches(new Map(), [batch(3, 2), batch(5, 1), batch(9, 3), batch(7, null, 'running')]);
  expect(queueOf(all).map(({ id }) => id)).toEqual([5, 3, 9]);
});

test('a step up or down passes one batch, and ends at the ends', () => {
  expect(stepTarget(queue, 9, 'up')).toBe(3);
  expect(stepTarget(queue, 5, 'down')).toBe(9);
  expect(stepTarget(queue, 3, 'down')).toBeNull();
  expect(stepTarget(queue, 9, 'first')).toBe(5);
  expect(stepTarget(queue, 5, 'up')).toBeUndefined();
  expect(stepTarget(queue, 5, 'first')).toBeUndefined();
  expect(stepTarget(queue, 9, 'down')).toBeUndefined();
  expect(stepTarget(queue, 1, 'up')).toBeUndefined();
});

test('what is dropped on the upper half of a batch stands before it', () => {
  const rows = queue.map(({ id }, at) => ({ id, top: at * 28, height: 28 }));
  expect(dropTarget(rows, -5)).toBe(5);
  expect(dropTarget(rows, 27)).toBe(3);
  expect(dropTarget(rows, 30)).toBe(3);
  expect(dropTarget(rows, 83)).toBeNull();
});
