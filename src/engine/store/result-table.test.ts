import { expect, test } from 'vitest';
import { resultQuerySchema } from '../../shared/contract/results.ts';
import { toColumn } from '../../shared/json-column.ts';
import { columnId } from '../results/column-id.ts';
import { commitOf, newBatch, newStore } from './test-store.ts';

/** A store with one batch, whose tasks succeeded with these values (undefined: failed). */
async function storeWith(values: unknown[], inputs: unknown[] = values.map((_, index) => index)) {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addInputs(id, 0, toColumn(inputs), inputs.length);
  await store.commit([
    commitOf(
      id,
      values.map((value, index) =>
        value === undefined
          ? { index, state: 'failed', outcome: 'error', value: { name: 'Error', message: 'no' } }
          : { index, value },
      ),
    ),
  ]);
  await store.updateBatch(id, { state: 'completed', endedAt: 1 });
  return { store, id };
}
const of = (...keys: string[]) => columnId({ of: 'value', keys });
const query = (more: object) => resultQuerySchema.parse(more);
const rowsOf = async ({ store, id }: Awaited<ReturnType<typeof storeWith>>, more: object) =>
  (await store.resultPage(id, query(more), [], 0, 100)).rows.map(({ index }) => index);

test('objects are spread into columns by their keys, and their values tell the types', async () => {
  const { store, id } = await storeWith([
    {
      size: { width: 1, height: 2 },
      ok: true,
      at: '2026-01-02T03:04:05Z',
      url: 'https://a.test/x',
      tags: [1],
    },
    {
      size: { width: 3 },
      ok: false,
      image: '/tmp/a.PNG',
      file: 'C:\\b\\c.txt',
      'a.b"c': 'text',
      nothing: null,
    },
    undefined,
  ]);
  const { columns, complete, more } = await store.resultColumns(id);
  expect([complete, more]).toEqual([true, 0]);
  expect(columns.map(({ title, type }) => `${title}: ${type}`)).toEqual([
    'index: number',
    'input: number',
    'size.width: number',
    'size.height: number',
    'ok: boolean',
    'at: time',
    'url: link',
    'tags: json',
    'image: image',
    'file: file',
    'a.b"c: text',
    'nothing: text',
    'ms: number',
  ]);
  const ids = columns.map((column) => column.id);
  const page = await store.resultPage(id, query({}), ids, 0, 10);
  expect(page.total).toBe(2);
  expect(page.rows[1]).toEqual({
    index: 1,
    cells: [1, 1, 3, null, false, null, null, null, '/tmp/a.PNG', 'C:\\b\\c.txt', 'text', null, 1.5],
  });
});

test('rows of a table are spread too, under the name of the input', async () => {
  const { store, id } = await storeWith([10, 20], [{ city: 'Oslo' }, { city: 'Rome' }]);
  const { columns } = await store.resultColumns(id);
  expect(columns.map(({ title }) => title)).toEqual(['index', 'input.city', 'value', 'ms']);
  expect(
    await rowsOf({ store, id }, { filters: [{ column: columns[1]!.id, operator: 'equals', value: 'rome' }] }),
  ).toEqual([1]);
});

test('objects with keys of their own each do not make a column each', async () => {
  const { store, id } = await storeWith(
    Array.from({ length: 4000 }, (_, index) => ({ shared: 1, [`key ${index}`]: 1 })),
  );
  const { columns, more } = await store.resultColumns(id);
  expect(columns.length).toBeLessThanOrEqual(300);
  expect(more).toBeGreaterThan(2000);
  expect(columns.map(({ title }) => title)).toContain('shared');
});

test.each([
  ['greater', '5', [2, 3]],
  ['greater', '1,000', [3]],
  ['less', '5', [0, 1]],
  ['equals', '7', [2]],
  ['equals', '7.0', [2]],
  ['contains', '0', [3]],
  ['empty', '', [4, 5]],
  ['filled', '', [0, 1, 2, 3]],
])('numbers: %s %s', async (operator, value, expected) => {
  const batch = await storeWith([{ n: 1 }, { n: -2.5 }, { n: 7 }, { n: 1e5 }, { n: null }, {}]);
  expect(await rowsOf(batch, { filters: [{ column: of('n'), operator, value }] })).toEqual(expected);
});

test.each([
  ['contains', 'ÉM', [0]],
  ['contains', '50%_', [1]],
  ['equals', 'TRUE', [2, 3]],
  ['greater', '2026-02', [4]],
  ['empty', '', [5]],
])('texts: %s %s', async (operator, value, expected) => {
  const batch = await storeWith([
    { t: 'émoji' },
    { t: '50%_off' },
    { t: true },
    { t: 'true' },
    { t: '2026-03-01' },
    { t: '' },
  ]);
  const given = { filters: [{ column: of('t'), operator, value }] };
  const found = await rowsOf(batch, given);
  // Letters stand after digits.
  expect(operator === 'greater' ? found.filter((index) => index === 4) : found).toEqual(expected);
});

test('sorts by value over all rows, those without one last, and pages through them', async () => {
  const batch = await storeWith([{ n: 3 }, {}, { n: 20 }, { n: -1 }, undefined]);
  expect(await rowsOf(batch, { sort: { column: of('n'), descending: false } })).toEqual([3, 0, 2, 1]);
  expect(await rowsOf(batch, { sort: { column: of('n'), descending: true } })).toEqual([2, 0, 3, 1]);
  const page = await batch.store.resultPage(
    batch.id,
    query({ sort: { column: of('n'), descending: true } }),
    [of('n')],
    1,
    2,
  );
  expect(page).toMatchObject({ from: 1, total: 4, rows: [{ cells: [3] }, { cells: [-1] }] });
});

test('a whole number that JavaScript would round is kept digit by digit', async () => {
  const { store, id } = await storeWith([]);
  await store.addInputs(id, 0, '1', 1);
  await store.commit([{ ...commitOf(id, [{ index: 0 }]), values: '{"n":12345678901234567890}' }]);
  const page = await store.resultPage(id, query({}), [of('n')], 0, 1);
  expect(page.rows[0]!.cells).toEqual(['12345678901234567890']);
});

test('a summary says what a column holds, over all rows', async () => {
  const { store, id } = await storeWith([
    ...Array.from({ length: 10_000 }, (_, index) => ({ n: index, kind: index % 4 === 0 ? 'four' : 'other' })),
    {},
    undefined,
  ]);
  const numbers = await store.resultSummary(id, of('n'));
  expect(numbers).toMatchObject({
    rows: 10_001,
    filled: 10_000,
    distinct: 10_000,
    distinctIsEstimate: false,
    numbers: { min: 0, max: 9999, mean: 4999.5 },
    frequent: [],
  });
  expect(numbers.bars).toHaveLength(24);
  expect(numbers.bars.reduce((sum, bar) => sum + bar)).toBe(10_000);
  expect(await store.resultSummary(id, of('kind'))).toMatchObject({
    numbers: null,
    distinct: 2,
    frequent: [
      { value: 'other', count: 7500 },
      { value: 'four', count: 2500 },
    ],
  });
  expect((await store.resultSummary(id, columnId({ of: 'task', keys: ['ms'] }))).numbers?.mean).toBe(1.5);
  expect((await store.resultSummary(id, columnId({ of: 'task', keys: ['index'] }))).numbers?.min).toBe(0);
});

test('the columns of many results are known quickly by a part of them, then by all', async () => {
  const { store, id } = await storeWith(
    Array.from({ length: 40_000 }, (_, index) => (index === 30_000 ? { n: 1, rare: true } : { n: index })),
  );
  const quick = await store.resultColumns(id, true);
  expect(quick.complete).toBe(false);
  expect(quick.columns.map(({ title }) => title)).toContain('n');
  const all = await store.resultColumns(id);
  expect(all.complete).toBe(true);
  expect(all.columns.map(({ title }) => title)).toContain('rare');
  expect((await store.resultColumns(id, true)).complete).toBe(true);
});

test('a result that is large is read like every other one', async () => {
  const { store, id } = await storeWith([{ big: 'x'.repeat(100_000), n: 5 }, { n: 7 }]);
  expect((await store.resultColumns(id)).columns.map(({ title }) => title)).toContain('big');
  expect((await store.resultSummary(id, of('n'))).numbers).toEqual({ min: 5, max: 7, mean: 6 });
  const page = await store.resultPage(id, query({}), [of('big')], 0, 1);
  expect(String(page.rows[0]!.cells[0])).toHaveLength(301);
  expect(await store.resultValue(id, 0, of('big'))).toHaveLength(100_000);
});

test('a column that is none is refused', async () => {
  const { store, id } = await storeWith([1]);
  await expect(store.resultPage(id, query({}), ['value; DROP TABLE'], 0, 1)).rejects.toThrow(
    'There is no column',
  );
});
