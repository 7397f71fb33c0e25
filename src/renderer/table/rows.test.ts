import { describe, expect, test } from 'vitest';
import type { TaskPage, TaskQuery, TaskRow } from '../../shared/views.ts';
import { follow, markedPosition, noRows, rangeToWatch, step, takePage } from './rows.ts';

const row = (index: number, more: Partial<TaskRow> = {}): TaskRow => ({
  index,
  input: String(index),
  state: 'pending',
  startedAt: null,
  ms: null,
  worker: null,
  attempts: 0,
  outcome: null,
  how: null,
  retry: null,
  result: null,
  progress: null,
  ...more,
});
const page = (from: number, indices: number[], total: number): TaskPage => ({
  batch: 1,
  from,
  rows: indices.map((index) => row(index)),
  total,
});
const seen = { first: 0, count: 10 };
const natural: TaskQuery = { filter: 'all', search: '', sort: 'index', descending: false };
const failed: TaskQuery = { ...natural, filter: 'failed' };
const indices = (rows: typeof noRows) => [...rows.byPosition.values()].map(({ index }) => index);

describe('taking an answer in', () => {
  test('puts rows at their positions and knows the total', () => {
    const rows = takePage(noRows, page(4, [40, 41], 900), seen, false);
    expect(rows.total).toBe(900);
    expect(rows.byPosition.get(5)?.index).toBe(41);
  });

  test('keeps what was loaded before, near what is seen, and drops the rest', () => {
    let rows = takePage(noRows, page(0, [0, 1], 100_000), seen, false);
    rows = takePage(rows, page(200, [200], 100_000), { first: 200, count: 10 }, false);
    expect(indices(rows)).toEqual([0, 1, 200]);
    rows = takePage(rows, page(5000, [5000], 100_000), { first: 5000, count: 10 }, false);
    expect(indices(rows)).toEqual([5000]);
  });

  test('drops rows past a total that became smaller', () => {
    let rows = takePage(noRows, page(0, [3, 5, 7], 3), seen, false);
    rows = takePage(rows, page(0, [5], 1), seen, false);
    expect(indices(rows)).toEqual([5]);
  });

  test('replaces rows that came to another place', () => {
    let rows = takePage(noRows, page(0, [3, 5, 7], 3), seen, false);
    rows = takePage(rows, page(0, [2, 3, 5, 7], 4), seen, false);
    expect(indices(rows)).toEqual([2, 3, 5, 7]);
    expect(rows.keptBack).toBe(false);
  });

  test('keeps a row that is as it was as the same object, so that it is not drawn again', () => {
    const before = takePage(noRows, page(0, [3, 5], 2), seen, false);
    const answer = page(0, [3, 5], 2);
    answer.rows[1] = row(5, { state: 'running' });
    const after = takePage(before, answer, seen, false);
    expect(after.byPosition.get(0)).toBe(before.byPosition.get(0));
    expect(after.byPosition.get(1)).toBe(answer.rows[1]);
  });

  test('moves no row that someone points at, but shows what became of it', () => {
    let rows = takePage(noRows, page(0, [3, 5, 7], 3), seen, true);
    const answer = page(0, [2, 3, 5, 7], 4);
    answer.rows[1] = row(3, { state: 'succeeded' });
    rows = takePage(rows, answer, seen, true);
    expect(indices(rows)).toEqual([3, 5, 7, 7]);
    expect(rows.byPosition.get(0)?.state).toBe('succeeded');
    expect(rows.keptBack).toBe(true);
    expect(indices(takePage(rows, answer, seen, false))).toEqual([2, 3, 5, 7]);
  });
});

describe('the selected task', () => {
  const rows = takePage(noRows, page(0, [3, 5, 7], 3), seen, false);

  test('is found again where it moved to', () => {
    const moved = takePage(rows, page(0, [2, 3, 5, 7], 4), seen, false);
    expect(follow({ index: 5, position: 1 }, moved, failed)).toEqual({ index: 5, position: 2 });
  });

  test('stays selected where it no longer matches', () => {
    expect(follow({ index: 99, position: 1 }, rows, failed)).toEqual({ index: 99, position: 1 });
  });

  test('is not marked where another task stands by now', () => {
    expect(markedPosition({ index: 5, position: 1 }, rows)).toBe(1);
    expect(markedPosition({ index: 99, position: 1 }, rows)).toBeNull();
    expect(markedPosition({ index: null, position: 80 }, rows)).toBe(80);
    expect(markedPosition({ index: 5, position: null }, rows)).toBeNull();
  });

  test('is known by its position until its row is loaded', () => {
    expect(follow({ index: null, position: 80 }, rows, failed)).toEqual({ index: null, position: 80 });
    expect(follow({ index: null, position: 2 }, rows, failed)).toEqual({ index: 7, position: 2 });
  });

  test('has its index as its position where nothing is filtered or sorted', () => {
    expect(follow({ index: 7, position: null }, rows, natural)).toEqual({ index: 7, position: 7 });
  });

  test('moves by steps and stops at both ends', () => {
    expect(step({ index: 5, position: 1 }, 1, rows, 0)).toEqual({ index: 7, position: 2 });
    expect(step({ index: 7, position: 2 }, 1, rows, 0)).toEqual({ index: 7, position: 2 });
    expect(step({ index: 3, position: 0 }, -10, rows, 0)).toEqual({ index: 3, position: 0 });
  });

  test('begins with the first row that is seen', () => {
    expect(step(null, 1, rows, 1)).toEqual({ index: 5, position: 1 });
    expect(step(null, 1, noRows, 0)).toBeNull();
  });
});

test('the range to watch holds what is seen and changes only every few rows', () => {
  for (let first = 0; first < 200; first++) {
    const range = rangeToWatch({ first, count: 25 });
    expect(range.from).toBeLessThanOrEqual(first);
    expect(range.from + range.count).toBeGreaterThanOrEqual(first + 25);
  }
  const ranges = Array.from({ length: 160 }, (_, first) => rangeToWatch({ first, count: 25 }));
  expect(new Set(ranges.map((range) => JSON.stringify(range))).size).toBeLessThanOrEqual(21);
  expect(rangeToWatch({ first: 0, count: 5000 }).count).toBe(1000);
});
