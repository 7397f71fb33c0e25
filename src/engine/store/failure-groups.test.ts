import { expect, test } from 'vitest';
import { taskQuerySchema } from '../../shared/views.ts';
import { createErrors } from '../errors/error-groups.ts';
import { commitOf, type Ended, newBatch, newStore } from './test-store.ts';

const failed = (index: number, message: string, more: Partial<Ended> = {}): Ended => ({
  index,
  state: 'failed',
  outcome: 'error',
  value: { name: 'Error', message },
  startedAt: 1000 * index,
  ms: 10,
  ...more,
});

async function storeWith(total: number, ...ended: Ended[][]) {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 0, 1, total);
  for (const each of ended) await store.commit([commitOf(id, each)]);
  const errors = createErrors(store);
  const counts = async () => (await errors.groups(id)).groups.map(({ count, index }) => [count, index]);
  return { store, id, errors, counts };
}

test('failures that differ in names and numbers only are one group, largest first, crashes apart', async () => {
  const { id, errors } = await storeWith(10, [
    failed(5, 'page 5 is blank'),
    failed(3, 'page 3 is blank'),
    failed(4, 'torn'),
    failed(6, 'torn', { outcome: 'crash' }),
    { index: 0 },
  ]);
  const { groups, failed: total } = await errors.groups(id);
  expect(total).toBe(4);
  expect(groups).toMatchObject([
    {
      count: 2,
      index: 3,
      input: '3',
      message: 'page 3 is blank',
      shape: 'page 0 is blank',
      firstAt: 3010,
      lastAt: 5010,
    },
    { count: 1, index: 4, outcome: 'error' },
    { count: 1, index: 6, outcome: 'crash' },
  ]);
  expect(await errors.example(id, groups[0]!.key)).toMatchObject({
    index: 3,
    input: '3',
    error: { name: 'Error' },
  });
});

test('what fails later is added, whatever its place, and a retry begins anew', async () => {
  const { store, id, counts } = await storeWith(10, [failed(5, 'torn')]);
  expect(await counts()).toEqual([[1, 5]]);
  await store.commit([commitOf(id, [failed(2, 'torn'), failed(7, 'wet')])]);
  expect(await counts()).toEqual([
    [2, 2],
    [1, 7],
  ]);
  await store.reopen(id, { indices: [2] });
  expect(await counts()).toEqual([
    [1, 5],
    [1, 7],
  ]);
});

test('a batch that fails as fast as it is grouped is told of while it does', async () => {
  const { store, id } = await storeWith(
    20_000,
    Array.from({ length: 1000 }, (_, index) => failed(index, 'torn')),
  );
  let next = 1000;
  const errors = createErrors({
    ...store,
    async failureGroups(batch, _, enough) {
      const more = Array.from({ length: Math.min(1000, 20_000 - next) }, (_, at) =>
        failed(next + at, 'torn'),
      );
      next += more.length;
      await store.commit([commitOf(id, more)]);
      return store.failureGroups(batch, 0, enough);
    },
  });
  const told = await errors.groups(id);
  expect(told.failed).toBeGreaterThanOrEqual(2000);
  expect(told.failed).toBeLessThan(20_000);
  expect(told.groups[0]?.count).toBe(told.failed);
});

test('the example of a group is the task that the list has named, whatever failed since', async () => {
  const { store, id, errors } = await storeWith(10, [failed(5, 'torn')]);
  const { groups } = await errors.groups(id);
  await store.commit([commitOf(id, [failed(2, 'torn')])]);
  expect(await errors.example(id, groups[0]!.key)).toMatchObject({ index: groups[0]!.index });
});

test('the tasks of a group can be queried, sorted, searched and opened again', async () => {
  const { store, id, errors } = await storeWith(10, [
    failed(1, 'torn', { ms: 30 }),
    failed(2, 'wet'),
    failed(3, 'torn', { ms: 20 }),
    failed(4, 'torn', { ms: 40 }),
  ]);
  const group = (await errors.groups(id)).groups[0]!.key;
  const query = (more: object) => taskQuerySchema.parse({ filter: 'failed', group, ...more });
  const select = async (more: object) => [...(await store.select(id, query(more)))];
  expect(await select({})).toEqual([1, 3, 4]);
  expect(await select({ descending: true })).toEqual([4, 3, 1]);
  expect(await select({ sort: 'ms' })).toEqual([3, 1, 4]);
  expect(await select({ search: '4' })).toEqual([4]);
  expect(await select({ filter: 'succeeded' })).toEqual([]);
  expect(await store.page(id, query({}), 1, 1)).toMatchObject({ total: 3, rows: [{ index: 3 }] });
  expect(await store.reopen(id, { query: query({}) })).toBe(3);
  expect(await select({})).toEqual([]);
});

test('what became of attempts that ended so and were tried again is told', async () => {
  const pending = { state: 'pending' as const };
  const { id, errors } = await storeWith(
    10,
    [failed(1, 'torn', pending), failed(2, 'torn', pending), failed(3, 'torn', pending)],
    [{ index: 1, attempt: 2 }, failed(2, 'torn', { attempt: 2 }), failed(3, 'wet', { attempt: 2 })],
  );
  expect((await errors.groups(id)).groups).toMatchObject([
    { message: 'torn', count: 1, retried: 3, recovered: 1 },
    { message: 'wet', count: 1, retried: 0, recovered: 0 },
  ]);
});

test('of very many different errors the rest is counted', async () => {
  const word = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  const { id, errors } = await storeWith(
    3000,
    Array.from({ length: 3000 }, (_, n) => failed(n, word(n))),
  );
  const { groups, failed: total, moreGroups, moreTasks } = await errors.groups(id);
  expect([groups.length, total, moreGroups, moreTasks]).toEqual([200, 3000, 1800, 2800]);
});
