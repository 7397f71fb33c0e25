import { beforeEach, expect, test, vi } from 'vitest';
import { type BatchState, type BatchSummary, noCounts } from '../../shared/batch.ts';
import { mergeBatches } from './batch-groups.ts';
import { offerInterrupted, putOffInterrupted, stillInterrupted, useOffered } from './interrupted.ts';

const batch = (id: number, state: BatchState, pending = 5): BatchSummary =>
  ({ id, state, startedAt: id, counts: { ...noCounts(), pending } }) as unknown as BatchSummary;
const map = (...batches: BatchSummary[]) => mergeBatches(new Map(), batches);
const offered = () => useOffered.getState().offered;

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

test('only interrupted batches are offered, the newest first, until they go on', () => {
  const all = map(batch(1, 'interrupted'), batch(2, 'canceled'), batch(3, 'interrupted'));
  offerInterrupted(all);
  expect(offered()).toEqual([3, 1]);
  const later = mergeBatches(all, [batch(3, 'running')]);
  expect(stillInterrupted(offered(), later).map(({ id }) => id)).toEqual([1]);
});

test('what was put off is not offered again after a reload; a later interruption of it is', () => {
  const first = batch(1, 'interrupted');
  offerInterrupted(map(first, batch(2, 'interrupted')));
  putOffInterrupted([first]);
  expect(offered()).toEqual([2]);
  offerInterrupted(map(first, batch(2, 'interrupted')));
  expect(offered()).toEqual([2]);
  offerInterrupted(map(batch(1, 'interrupted', 3)));
  expect(offered()).toEqual([1]);
});
