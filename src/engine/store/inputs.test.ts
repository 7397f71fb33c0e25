import { expect, test } from 'vitest';
import { columnValues, toColumn } from '../../shared/json-column.ts';
import { commitOf, hostileTexts, newBatch, newStore } from './test-store.ts';

test('inputs come back exactly, in order, whatever their texts are', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  const inputs = [...hostileTexts, 1.5, null, true, { a: hostileTexts }, ['x', 2]];
  await store.addInputs(id, 0, toColumn(inputs.slice(0, 4)), 4);
  await store.addInputs(id, 4, toColumn(inputs.slice(4)), inputs.length - 4);
  const waiting = await store.readWaiting(id, 0, 100);
  expect(waiting.indices).toEqual(inputs.map((_, index) => index));
  expect(columnValues(waiting.inputs, inputs.length)).toEqual(inputs);
  expect((await store.getBatch(id))?.total).toBe(inputs.length);
});

test('inputs that are added again are there once', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addInputs(id, 0, '"a"\n"b"', 2);
  await store.addInputs(id, 1, '"other"\n"c"', 2);
  expect(await store.readWaiting(id, 0, 10)).toEqual({
    indices: [0, 1, 2],
    inputs: '"a"\n"b"\n"c"',
    past: [],
  });
  expect((await store.getBatch(id))?.total).toBe(3);
});

test.each([
  { from: 0, step: 1, count: 120_001 },
  { from: 10, step: -3, count: 7 },
  { from: Number.MAX_SAFE_INTEGER - 2, step: 1, count: 3 },
  { from: 5, step: 2, count: 0 },
])('a range from $from by $step has its $count numbers', async ({ from, step, count }) => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addRange(id, from, step, count);
  const { indices, inputs } = await store.readWaiting(id, 0, count + 10);
  expect(columnValues(inputs, count)).toEqual(Array.from({ length: count }, (_, i) => from + i * step));
  expect(indices).toHaveLength(count);
  expect((await store.getBatch(id))?.total).toBe(count);
});

test('a range of which the first part is there is completed', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 100, 10, 3);
  await store.addRange(id, 100, 10, 6);
  expect(await store.readWaiting(id, 2, 10)).toEqual({
    indices: [2, 3, 4, 5],
    inputs: '120\n130\n140\n150',
    past: [],
  });
});

test('while a large range is added others are served', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  const other = await store.createBatch(newBatch());
  let added = false;
  const adding = store.addRange(id, 0, 1, 400_000).then(() => {
    added = true;
  });
  await store.addInputs(other, 0, '1', 1);
  expect((await store.getBatch(id))?.total).toBeLessThan(400_000);
  expect(await store.readWaiting(other, 0, 1)).toEqual({ indices: [0], inputs: '1', past: [] });
  expect(added).toBe(false);
  await adding;
  expect((await store.getBatch(id))?.total).toBe(400_000);
});

test('waiting tasks are those without a result, from an index on, up to a limit', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  const neighbour = await store.createBatch(newBatch());
  await store.addRange(id, 0, 1, 10);
  await store.addRange(neighbour, 0, 1, 10);
  await store.commit([commitOf(id, [{ index: 1 }, { index: 4, state: 'failed', outcome: 'error' }])]);
  await store.commit([commitOf(id, [{ index: 2, state: 'pending', outcome: 'error' }])]);
  const past = [{ index: 2, attempts: 1, crashes: 0 }];
  expect(await store.readWaiting(id, 0, 4)).toMatchObject({ indices: [0, 2, 3, 5], past });
  expect((await store.readWaiting(id, 4, 100)).indices).toEqual([5, 6, 7, 8, 9]);
  expect(await store.readWaiting(id, 10, 100)).toEqual({ indices: [], inputs: '', past: [] });
});

test('large inputs come a few at a time, and all of them come', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  const large = JSON.stringify('x'.repeat(9_000_000));
  for (let index = 0; index < 6; index++) await store.addInputs(id, index, large, 1);
  const first = await store.readWaiting(id, 0, 100);
  expect(first.indices).toEqual([0, 1, 2, 3]);
  expect(first.inputs).toHaveLength(4 * large.length + 3);
  expect((await store.readWaiting(id, 4, 100)).indices).toEqual([4, 5]);
});
