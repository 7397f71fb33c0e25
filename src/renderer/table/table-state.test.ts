import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TaskPage, TaskRow } from '../../shared/views.ts';
import {
  ask,
  clearMarks,
  closePanel,
  markAll,
  markBy,
  markedTasks,
  markTo,
  moveSelection,
  openPanel,
  plainQuery,
  pointAt,
  pointAway,
  rowHeight,
  scrollTo,
  select,
  setViewport,
  showBatch,
  sortBy,
  takeDetail,
  takeRows,
  toggleMarked,
  useTable,
  watchOf,
} from './table-state.ts';

const state = () => useTable.getState();
const page = (from: number, indices: number[], total: number, batch = 1): TaskPage => ({
  batch,
  from,
  rows: indices.map((index) => ({ index, input: String(index), state: 'pending' }) as TaskRow),
  total,
});
const run = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
const shown = (position: number) => state().rows.byPosition.get(position)?.index;

beforeEach(() => {
  vi.useFakeTimers();
  pointAway();
  showBatch(99);
  showBatch(1);
  setViewport(10 * rowHeight);
});
afterEach(() => void vi.useRealTimers());

describe('what the host is asked', () => {
  test('begins with the first rows, before anything is known of the batch', () => {
    expect(watchOf(state())).toMatchObject({ batch: 1, from: 0, detail: null });
    expect(watchOf(state())!.count).toBeGreaterThanOrEqual(10);
  });

  test('follows the scrolling, to the last row', () => {
    takeRows(page(0, run(0, 32), 1_000_000));
    scrollTo(Number.POSITIVE_INFINITY);
    const { from, count } = watchOf(state())!;
    expect(from).toBeLessThanOrEqual(999_990);
    expect(from + count).toBeGreaterThanOrEqual(1_000_000);
  });

  test('holds the open task', () => {
    takeRows(page(0, run(0, 32), 100));
    select({ position: 3, index: 3 });
    expect(watchOf(state())!.detail).toBeNull();
    openPanel();
    expect(watchOf(state())!.detail).toBe(3);
    closePanel();
    expect(watchOf(state())!.detail).toBeNull();
  });

  test('is nothing for a table that is not seen', () => {
    setViewport(0);
    expect(watchOf(state())).toBeNull();
  });
});

describe('a new query', () => {
  test('keeps the rows that are shown until its answer comes, then starts at the top', () => {
    takeRows(page(0, run(0, 100), 1000));
    scrollTo(50 * rowHeight);
    ask({ filter: 'failed' });
    expect(state().asking).toBe(true);
    expect(shown(50)).toBe(50);
    expect(watchOf(state())).toMatchObject({ from: 0, query: { filter: 'failed' } });
    takeRows(page(0, [7, 9], 2));
    expect(state()).toMatchObject({ asking: false, top: 0 });
    expect([shown(0), shown(1), shown(2)]).toEqual([7, 9, undefined]);
  });

  test('keeps the selected task, and finds it where it is now', () => {
    takeRows(page(0, run(0, 32), 1000));
    select({ position: 9, index: 9 });
    ask({ filter: 'failed' });
    takeRows(page(0, [7, 9], 2));
    expect(state().selection).toEqual({ index: 9, position: 1 });
  });

  test('by a column: ascending, descending, then as the tasks stand', () => {
    sortBy('ms');
    expect(state().query).toMatchObject({ sort: 'ms', descending: false });
    sortBy('ms');
    expect(state().query).toMatchObject({ sort: 'ms', descending: true });
    sortBy('ms');
    expect(state().query).toEqual(plainQuery);
  });

  test('that is the old one asks nothing', () => {
    takeRows(page(0, run(0, 32), 100));
    ask({ search: '' });
    expect(state().asking).toBe(false);
  });
});

describe('marks', () => {
  beforeEach(() => takeRows(page(0, run(0, 32), 1000)));
  const marked = () => [...state().marks.indices].sort((a, b) => a - b);

  test('are drawn from the selected row, one row at a time or to any place', () => {
    select({ position: 3, index: 3 });
    markBy(1);
    expect(marked()).toEqual([3, 4]);
    markBy(-3);
    expect(marked()).toEqual([1, 2, 3]);
    expect(markTo(500)).toBe(0);
    expect(markedTasks(state())).toEqual({ indices: run(3, 498) });
    expect(state().selection).toEqual({ position: 500, index: 500 });
  });

  test('of rows that are filtered hold those that are known, and say how many are not', () => {
    ask({ filter: 'failed' });
    takeRows(
      page(
        0,
        run(0, 32).map((index) => index * 3),
        1000,
      ),
    );
    select({ position: 1, index: 3 });
    expect(markTo(40)).toBe(9);
    expect(marked()).toHaveLength(31);
  });

  test('are taken and left one by one, and all at once', () => {
    toggleMarked({ position: 2, index: 2 });
    toggleMarked({ position: 9, index: 9 });
    toggleMarked({ position: 2, index: 2 });
    expect(marked()).toEqual([9]);
    markAll();
    expect(markedTasks(state())).toEqual({ query: plainQuery });
    clearMarks();
    expect(markedTasks(state())).toBeNull();
  });

  test('do not outlive their query; all that match may be meant before its answer', () => {
    toggleMarked({ position: 2, index: 2 });
    ask({ filter: 'failed' });
    expect(markedTasks(state())).toBeNull();
    markAll();
    takeRows(page(0, [7, 9], 2));
    expect(markedTasks(state())).toEqual({ query: { ...plainQuery, filter: 'failed' } });
    takeRows(page(0, [], 0));
    expect(markedTasks(state())).toBeNull();
  });
});

describe('rows under the pointer', () => {
  beforeEach(() => {
    takeRows(page(0, run(0, 10), 10));
    ask({ filter: 'failed' });
    takeRows(page(0, [5, 8], 2));
  });

  test('stay where they are for a while, and then follow', async () => {
    pointAt();
    takeRows(page(0, [2, 5, 8], 3));
    expect([shown(0), shown(1), shown(2)]).toEqual([5, 8, 8]);
    await vi.advanceTimersByTimeAsync(1900);
    pointAt();
    await vi.advanceTimersByTimeAsync(1900);
    expect(shown(0)).toBe(5);
    await vi.advanceTimersByTimeAsync(200);
    expect([shown(0), shown(1), shown(2)]).toEqual([2, 5, 8]);
  });

  test('that were kept back are no answer to another query', async () => {
    pointAt();
    takeRows(page(0, [2, 5, 8], 3));
    ask({ filter: 'running' });
    await vi.advanceTimersByTimeAsync(3000);
    expect(state().asking).toBe(true);
    expect(shown(0)).toBe(5);
  });

  test('follow at once when it leaves', () => {
    pointAt();
    takeRows(page(0, [2, 5, 8], 3));
    pointAway();
    expect(shown(0)).toBe(2);
  });
});

describe('walking', () => {
  test('brings the row into view, and selects one that is not loaded once it is', () => {
    takeRows(page(0, run(0, 32), 1000));
    moveSelection(Number.POSITIVE_INFINITY);
    expect(state().selection).toEqual({ position: 999, index: null });
    expect(state().top).toBe(990 * rowHeight);
    takeRows(page(980, run(980, 20), 1000));
    expect(state().selection).toEqual({ position: 999, index: 999 });
  });

  test('opens the first row that is seen where none was chosen', () => {
    takeRows(page(0, run(0, 32), 1000));
    openPanel();
    expect(state()).toMatchObject({ open: true, selection: { index: 0 } });
  });

  test('a batch without tasks opens nothing', () => {
    takeRows(page(0, [], 0));
    openPanel();
    expect(state().open).toBe(false);
  });
});

test('answers about another batch are not taken', () => {
  takeRows(page(0, [1, 2], 2, 7));
  expect(state().rows.total).toBeNull();
  takeRows(page(0, [0, 1], 2));
  select({ position: 0, index: 0 });
  takeDetail({ batch: 7, index: 0 } as Parameters<typeof takeDetail>[0]);
  expect(state().detail).toBeNull();
});
