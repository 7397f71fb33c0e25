import { expect, test } from 'vitest';
import { comparisonQuerySchema } from '../../shared/contract/compare.ts';
import type { Store } from './store.ts';
import { commitOf, type Ended, newBatch, newStore } from './test-store.ts';

const threshold = { ratio: 1.5, ms: 10 };

/** A batch of these inputs, with these results. */
async function batchOf(store: Store, inputs: string[], ended: Ended[]): Promise<number> {
  const id = await store.createBatch(newBatch());
  await store.addInputs(id, 0, inputs.map((input) => JSON.stringify(input)).join('\n'), inputs.length);
  await store.commit([commitOf(id, ended)]);
  await store.updateBatch(id, { state: 'completed', enumerated: true });
  return id;
}
const failed = (index: number, message: string): Ended => ({
  index,
  state: 'failed',
  outcome: 'error',
  value: { name: 'Error', message, stack: `at ${Math.random()}` },
});
const query = (before: number, after: number, more: object = {}) =>
  comparisonQuerySchema.parse({ before, after, threshold, ...more });

test('each input is told by what became of it then and now', async () => {
  const store = await newStore();
  const inputs = ['same', 'changed', 'fixed', 'broken', 'same error', 'other error', 'not run'];
  const before = await batchOf(store, inputs, [
    { index: 0, value: 1 },
    { index: 1, value: 1 },
    failed(2, 'no'),
    { index: 3, value: 3 },
    failed(4, 'no'),
    failed(5, 'no'),
    { index: 6 },
  ]);
  const after = await batchOf(store, inputs, [
    { index: 0, value: 1 },
    { index: 1, value: 2 },
    { index: 2, value: 2 },
    failed(3, 'bad'),
    failed(4, 'no'),
    failed(5, 'never'),
  ]);
  const { counts, paired } = await store.compare(before, after, threshold);
  expect(paired).toBe(7);
  expect(counts).toMatchObject({
    all: 7,
    different: 5,
    changed: 2,
    fixed: 1,
    broken: 1,
    unfinished: 1,
    gone: 0,
    new: 0,
  });
  const { rows, total } = await store.comparedRows(query(before, after), 0, 10);
  expect(total).toBe(5);
  expect(rows.map(({ input, difference }) => [input, difference])).toEqual([
    ['changed', 'changed'],
    ['fixed', 'fixed'],
    ['broken', 'broken'],
    ['other error', 'changed'],
    ['not run', 'unfinished'],
  ]);
  expect(rows[2]).toMatchObject({
    before: { index: 3, state: 'succeeded', result: '3' },
    after: { index: 3, state: 'failed', result: 'Error: bad' },
  });
});

test('inputs are paired wherever they stand, the first of equal ones with the first', async () => {
  const store = await newStore();
  const before = await batchOf(
    store,
    ['a', 'b', 'b', 'gone'],
    [{ index: 0, value: 'A' }, { index: 1, value: 'B1' }, { index: 2, value: 'B2' }, { index: 3 }],
  );
  const after = await batchOf(
    store,
    ['new', 'b', 'a', 'b', 'b'],
    [
      { index: 0 },
      { index: 1, value: 'B1' },
      { index: 2, value: 'A' },
      { index: 3, value: 'B2' },
      { index: 4 },
    ],
  );
  const { counts, paired } = await store.compare(before, after, threshold);
  expect(paired).toBe(3);
  expect(counts).toMatchObject({ all: 6, gone: 1, new: 2, changed: 0, different: 3 });
  const { rows } = await store.comparedRows(query(before, after, { filter: 'all' }), 0, 10);
  expect(rows.map((row) => [row.input, row.before?.index ?? null, row.after?.index ?? null])).toEqual([
    ['a', 0, 2],
    ['b', 1, 1],
    ['b', 2, 3],
    ['gone', 3, null],
    ['new', null, 0],
    ['b', null, 4],
  ]);
});

test('slower and faster ones are found by ratio and by difference, and sorted by it', async () => {
  const store = await newStore();
  const inputs = ['little', 'slower', 'slowest', 'faster', 'only by ratio'];
  const times = (ms: number[]): Ended[] => ms.map((each, index) => ({ index, ms: each, value: 1 }));
  const before = await batchOf(store, inputs, times([100, 100, 100, 100, 1]));
  const after = await batchOf(store, inputs, times([120, 200, 900, 20, 5]));
  const comparison = await store.compare(before, after, threshold);
  expect(comparison.counts).toMatchObject({ slower: 2, faster: 1, different: 3, changed: 0 });
  expect(comparison.medianMs).toEqual({ before: 100, after: 120 });
  expect(comparison.totalMs).toEqual({ before: 401, after: 1245 });
  const slower = await store.comparedRows(
    query(before, after, { filter: 'different', sort: 'slower' }),
    0,
    9,
  );
  expect(slower.rows.map(({ input, speed }) => [input, speed])).toEqual([
    ['slowest', 'slower'],
    ['slower', 'slower'],
    ['faster', 'faster'],
  ]);
  const finer = { ratio: 1, ms: 0 };
  expect((await store.compare(before, after, finer)).counts).toMatchObject({ slower: 4, faster: 1 });
  const found = await store.comparedRows(query(before, after, { filter: 'slower', search: 'EST' }), 0, 9);
  expect(found.rows.map(({ input }) => input)).toEqual(['slowest']);
});

test('what has changed since is compared anew when it is opened again', async () => {
  const store = await newStore();
  const before = await batchOf(store, ['a'], [{ index: 0, value: 1 }]);
  const after = await batchOf(store, ['a', 'b'], [failed(0, 'no')]);
  expect((await store.compare(before, after, threshold)).counts).toMatchObject({ broken: 1, new: 1 });
  await store.reopen(after, { indices: [0] });
  await store.commit([commitOf(after, [{ index: 0, value: 1, attempt: 2 }])]);
  expect((await store.compare(before, after, threshold)).counts).toMatchObject({
    broken: 0,
    different: 1,
  });
  await expect(store.compare(before, 99, threshold)).rejects.toMatchObject({ code: 'NO_SUCH_BATCH' });
  // Nothing of it is in the database: it still only reads, and writes go on.
  await store.updateBatch(after, { warnings: ['x'] });
});
