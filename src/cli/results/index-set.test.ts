import { expect, test } from 'vitest';
import { IndexSet } from './index-set.ts';

test('holds what was added and not what was deleted', () => {
  const set = new IndexSet();
  const indices = [0, 7, 8, 8191, 8192, 3_000_000];
  for (const index of indices) set.add(index);
  set.add(7);
  expect(set.size).toBe(indices.length);
  expect(indices.every((index) => set.has(index))).toBe(true);
  expect([1, 9, 8193, 2_999_999, 9_000_000].some((index) => set.has(index))).toBe(false);
  expect(set.delete(8)).toBe(true);
  expect(set.delete(8)).toBe(false);
  expect(set.has(8)).toBe(false);
  expect(set.size).toBe(indices.length - 1);
  expect(set.first()).toBe(0);
  set.delete(0);
  expect(set.first()).toBe(7);
});
