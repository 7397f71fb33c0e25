import { expect, test } from 'vitest';
import { type BatchState, type BatchSummary, noCounts } from '../../shared/batch.ts';
import {
  endedTasks,
  groupBatches,
  mergeBatches,
  neighbourOf,
  shareDone,
  withoutBatches,
} from './batch-groups.ts';

const batch = (id: number, state: BatchState, endedAt: number | null = null): BatchSummary =>
  ({ id, state, endedAt, createdAt: 0, counts: noCounts(), total: 0 }) as unknown as BatchSummary;
const ids = (batches: BatchSummary[]) => batches.map(({ id }) => id);

test('a changed batch replaces what was known of it, and the others stay', () => {
  const before = mergeBatches(new Map(), [batch(1, 'running'), batch(2, 'queued')]);
  const after = mergeBatches(before, [batch(2, 'running')]);
  expect(after.get(1)).toBe(before.get(1));
  expect(after.get(2)?.state).toBe('running');
  expect(before.get(2)?.state).toBe('queued');
});

test('batches stand in their groups, the newest first, those that wait in the order of their turn', () => {
  const now = new Date(2026, 10, 22, 9).getTime();
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
  const all = [
    batch(1, 'completed', at(20, 23)),
    batch(2, 'canceled', at(21, 0)),
    batch(3, 'interrupted', at(21, 23)),
    batch(4, 'completed', at(22, 0)),
    batch(5, 'paused'),
    batch(6, 'running'),
    batch(7, 'queued'),
    batch(8, 'queued'),
    batch(9, 'closing'),
  ];
  const groups = groupBatches(mergeBatches(new Map(), all), now);
  expect(ids(groups.running)).toEqual([9, 6, 5]);
  expect(ids(groups.queued)).toEqual([7, 8]);
  expect(ids(groups.today)).toEqual([4]);
  expect(ids(groups.yesterday)).toEqual([3, 2]);
  expect(ids(groups.earlier)).toEqual([1]);
});

test('the share that is done counts every final state, and is none of nothing', () => {
  const counts = { ...noCounts(), succeeded: 2, failed: 1, canceled: 1, skipped: 1, running: 3, pending: 2 };
  expect(endedTasks(counts)).toBe(5);
  expect(shareDone({ counts, total: 10 })).toBe(0.5);
  expect(shareDone({ counts: noCounts(), total: 0 })).toBe(0);
});

test('where a batch is gone, the next older one is shown, else the next newer one', () => {
  const all = mergeBatches(new Map(), [batch(1, 'completed'), batch(4, 'completed'), batch(7, 'running')]);
  expect([...withoutBatches(all, [4, 99]).keys()]).toEqual([1, 7]);
  expect(neighbourOf(all, [4], 4)).toBe(1);
  expect(neighbourOf(all, [1], 1)).toBe(4);
  expect(neighbourOf(all, [1, 4, 7], 4)).toBeNull();
});
