import { expect, test } from 'vitest';
import { taskQuerySchema } from '../../shared/views.ts';
import { commitOf, newBatch, newStore } from './test-store.ts';

test('a selection is counted by the states of its tasks, and shown by its first ones', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 100, 1, 10);
  const failed = (index: number) =>
    ({ index, state: 'failed', outcome: 'error', value: { message: 'no' } }) as const;
  await store.commit([commitOf(id, [{ index: 0 }, failed(1), { index: 2 }, failed(3)])]);

  expect(await store.touched(id, { indices: [3, 0, 9] })).toMatchObject({
    counts: { failed: 1, succeeded: 1, pending: 1 },
    first: [
      { index: 3, input: '103', state: 'failed' },
      { index: 0, input: '100', state: 'succeeded' },
      { index: 9, input: '109', state: 'pending' },
    ],
  });
  const query = (more: object) => ({ query: taskQuerySchema.parse(more) });
  const allFailed = await store.touched(id, query({ filter: 'failed' }));
  expect(allFailed.counts).toMatchObject({ failed: 2, succeeded: 0, pending: 0 });
  expect(allFailed.first.map(({ index }) => index)).toEqual([1, 3]);
  expect((await store.touched(id, query({ search: '10' }))).counts).toMatchObject({ pending: 6 });
  expect((await store.touched(id, query({ search: '103' }))).counts).toMatchObject({ failed: 1, pending: 0 });
  const unsuccessful = await store.touched(id, 'unsuccessful');
  expect(unsuccessful.counts).toMatchObject({ failed: 2, pending: 6, succeeded: 0 });
  expect(unsuccessful.first.map(({ index }) => index)).toEqual([1, 3, 4, 5, 6]);
});
