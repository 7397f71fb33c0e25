import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ResultColumn, ResultPage } from '../../shared/contract/results.ts';

// The module reads it when it is first used.
const stored = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
});

const state = await import('./results-state.ts');
const { useResults, moveActive, showResults, sortByColumn, takeResults, toggleColumn, shownColumns } = state;

const column = (title: string, of: ResultColumn['of'] = 'value'): ResultColumn => ({
  ...{ id: `${of}["${title}"]`, title, type: 'number', whole: true, of },
});
const columns = [column('index', 'task'), column('a'), column('b'), column('ms', 'task')];
const page = (from: number, count: number, total: number): ResultPage => ({
  ...{ batch: 1, from, total },
  rows: Array.from({ length: count }, (_, offset) => ({ index: from + offset, cells: [from + offset] })),
});
const get = () => useResults.getState();

beforeEach(() => {
  stored.clear();
  showResults(2);
  showResults(1);
  useResults.setState({ columns: { batch: 1, columns, more: 0, complete: true }, viewport: 280 });
  takeResults(page(0, 40, 1000), ['a']);
});

test('the standard choice is the index and what inputs and results hold', () => {
  expect(shownColumns(get()).map(({ title }) => title)).toEqual(['index', 'a', 'b']);
});

test('a choice is kept with its batch, and never leaves no column', () => {
  toggleColumn(columns[1]!.id);
  toggleColumn(columns[3]!.id);
  showResults(2);
  showResults(1);
  useResults.setState({ columns: { batch: 1, columns, more: 0, complete: true } });
  expect(shownColumns(get()).map(({ title }) => title)).toEqual(['index', 'b', 'ms']);
  for (const { id } of shownColumns(get())) toggleColumn(id);
  expect(shownColumns(get())).toHaveLength(1);
});

test('rows far from what is seen are dropped, and those of an earlier question too', () => {
  state.scrollTo(28 * 900);
  takeResults(page(880, 40, 1000), ['a']);
  expect(get().rows.has(0)).toBe(false);
  expect(get().rows.has(900)).toBe(true);
  sortByColumn('value["a"]');
  expect(get().rows.has(900)).toBe(true);
  takeResults(page(0, 40, 1000), ['a']);
  expect([...get().rows.keys()].every((position) => position < 40)).toBe(true);
  expect(get().top).toBe(0);
});

test('the active cell stays in the table; the head is one step above the first row', () => {
  moveActive(1, 0);
  expect(get().active).toEqual({ row: 0, column: 0 });
  moveActive(-1, 0);
  expect(get().active).toEqual({ row: -1, column: 0 });
  moveActive(Number.POSITIVE_INFINITY, 5);
  expect(get().active).toEqual({ row: 999, column: 2 });
  expect(get().top).toBe(1000 * 28 - 280);
  moveActive(Number.NEGATIVE_INFINITY, 0);
  expect(get().active).toEqual({ row: 0, column: 2 });
});

test('a column sorts ascending, then descending, then not at all', () => {
  const sorts = [1, 2, 3].map(() => {
    sortByColumn('value["a"]');
    return get().query.sort;
  });
  expect(sorts).toEqual([
    { column: 'value["a"]', descending: false },
    { column: 'value["a"]', descending: true },
    null,
  ]);
});

describe('rows that are pointed at', () => {
  const rowsOf = (indices: number[]): ResultPage => ({
    ...{ batch: 1, from: 0, total: indices.length },
    rows: indices.map((index) => ({ index, cells: [index] })),
  });
  const shown = () => [...get().rows.values()].map(({ index }) => index);

  beforeEach(() => {
    vi.useFakeTimers();
    state.pointAwayFromResults();
    takeResults(rowsOf([5, 8]), ['a']);
  });
  afterEach(() => void vi.useRealTimers());

  test('stay where they are as results come in between, and then follow', async () => {
    state.pointAtResults();
    takeResults(rowsOf([2, 5, 8]), ['a']);
    expect(shown()).toEqual([5, 8, 8]);
    await vi.advanceTimersByTimeAsync(2100);
    expect(shown()).toEqual([2, 5, 8]);
  });

  test('follow at once when the pointer leaves', () => {
    state.pointAtResults();
    takeResults(rowsOf([2, 5, 8]), ['a']);
    state.pointAwayFromResults();
    expect(shown()).toEqual([2, 5, 8]);
  });

  test('that were kept back are no answer to another question', async () => {
    state.pointAtResults();
    takeResults(rowsOf([2, 5, 8]), ['a']);
    sortByColumn('value["a"]');
    await vi.advanceTimersByTimeAsync(3000);
    expect(get().asking).toBe(true);
    expect(shown()).toEqual([5, 8, 8]);
  });

  test('a row that is as it was stays the same object', () => {
    const before = get().rows.get(0);
    takeResults(rowsOf([5, 8, 9]), ['a']);
    expect(get().rows.get(0)).toBe(before);
  });

  test('the active cell is of its task, wherever that comes to stand', () => {
    state.activate({ row: 0, column: 1 });
    takeResults(rowsOf([2, 5, 8]), ['a']);
    expect(get()).toMatchObject({ active: { row: 1, column: 1 }, activeTask: 5 });
    takeResults(rowsOf([1, 2, 3]), ['a']);
    expect(state.markedPlace(get())).toBeNull();
    expect(get().activeTask).toBe(5);
  });
});
