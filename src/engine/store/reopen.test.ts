import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type TaskQuery, taskQuerySchema } from '../../shared/views.ts';
import { Again } from './again.ts';
import { Database } from './database.ts';
import { databaseName } from './open.ts';
import { reopen } from './reopen.ts';
import { anError, commitOf, type Ended, inspect, newBatch, newFolder, newStore } from './test-store.ts';

const crash = { name: 'CrashError', message: 'The worker died.', fields: { how: 'SIGSEGV' } };

/** Ten tasks: ends of all kinds, one that waits for its second attempt, two that have not begun. */
const ends: Ended[] = [
  { index: 0, value: 'zero' },
  { index: 1, value: 'one', attempt: 2, ms: 7 },
  { index: 2, state: 'failed', outcome: 'error', value: anError },
  { index: 3, state: 'failed', outcome: 'crash', value: crash, attempt: 3 },
  { index: 4, state: 'canceled', outcome: 'canceled', value: null },
  { index: 5, state: 'canceled', outcome: 'canceled', value: null, attempt: 0 },
  { index: 6, state: 'skipped', outcome: 'canceled', value: null, attempt: 0 },
];
const earlier: Ended[] = [
  { index: 1, state: 'pending', outcome: 'timeout', value: anError },
  { index: 3, state: 'pending', outcome: 'crash', value: crash },
  { index: 3, state: 'pending', outcome: 'error', value: anError, attempt: 2 },
  { index: 6, state: 'pending', outcome: 'error', value: anError },
  { index: 7, state: 'pending', outcome: 'crash', value: crash },
];

async function storeWithEnds(folder = newFolder()) {
  const store = await newStore(folder);
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 0, 1, 10);
  await store.commit([commitOf(id, earlier)]);
  await store.commit([commitOf(id, ends)]);
  return { store, id, folder };
}

const query = (more: Partial<TaskQuery>) => ({ query: taskQuerySchema.parse(more) });

test('what did not succeed is pending again, and what it did is kept as attempts', async () => {
  const { store, id, folder } = await storeWithEnds();
  expect(await store.reopen(id, 'unsuccessful')).toBe(5);
  expect(await store.getBatch(id)).toMatchObject({
    generation: 1,
    counts: { pending: 8, succeeded: 2, failed: 0, canceled: 0, skipped: 0 },
  });
  expect(await store.readWaiting(id, 0, 100)).toEqual({
    indices: [2, 3, 4, 5, 6, 7, 8, 9],
    inputs: '2\n3\n4\n5\n6\n7\n8\n9',
    past: [
      { index: 2, attempts: 1, crashes: 0 },
      { index: 3, attempts: 3, crashes: 2 },
      { index: 4, attempts: 1, crashes: 0 },
      // 5 was canceled before it started.
      { index: 6, attempts: 1, crashes: 0 },
      { index: 7, attempts: 1, crashes: 1 },
    ],
  });
  expect((await store.task(id, 3))?.attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
    [1, 'crash'],
    [2, 'error'],
    [3, 'crash'],
  ]);
  expect((await store.task(id, 5))?.attempts).toEqual([]);
  expect(inspect(folder)).toMatchObject({ integrity: 'ok', results: 2, ended: 2 });
});

test('the next attempts are counted on from those before', async () => {
  const { store, id } = await storeWithEnds();
  await store.reopen(id, 'unsuccessful');
  await store.commit([
    commitOf(id, [
      { index: 3, value: 'at last', attempt: 4 },
      { index: 4, state: 'canceled', outcome: 'canceled', attempt: 0 },
    ]),
  ]);
  expect(await store.task(id, 3)).toMatchObject({
    state: 'succeeded',
    value: '"at last"',
    attempts: [{ attempt: 1 }, { attempt: 2 }, { attempt: 3 }, { attempt: 4, outcome: 'ok' }],
  });
  const { rows } = await store.page(id, taskQuerySchema.parse({}), 3, 2);
  expect(rows).toMatchObject([
    { attempts: 4, outcome: 'ok', result: 'at last' },
    { attempts: 1, outcome: null, state: 'canceled' },
  ]);
  expect(await store.reopen(id, { indices: [3] })).toBe(1);
  expect((await store.readWaiting(id, 3, 1)).past).toEqual([{ index: 3, attempts: 4, crashes: 2 }]);
});

test('listed tasks are opened whatever their end was, each once; those that are waiting are not', async () => {
  const { store, id, folder } = await storeWithEnds();
  expect(await store.reopen(id, { indices: [0, 2, 2, 7, 9, 0, 4711] })).toBe(2);
  expect((await store.getBatch(id))?.counts).toMatchObject({ succeeded: 1, failed: 1, pending: 5 });
  expect((await store.task(id, 0))?.attempts).toMatchObject([{ attempt: 1, outcome: 'ok', error: null }]);
  expect(inspect(folder)).toMatchObject({ results: 5, ended: 5 });
});

test('all that match a query are opened, and a list that was made before is made anew', async () => {
  const { store, id } = await storeWithEnds();
  const failed = query({ filter: 'failed', sort: 'ms' });
  expect([...(await store.select(id, failed.query))]).toEqual([2, 3]);
  expect(await store.reopen(id, failed)).toBe(2);
  expect([...(await store.select(id, failed.query))]).toEqual([]);
  // The same numbers as before, with other tasks.
  await store.commit([
    commitOf(id, [
      { index: 8, state: 'failed', outcome: 'error', value: anError },
      { index: 9, state: 'failed', outcome: 'error', value: anError },
    ]),
  ]);
  expect([...(await store.select(id, failed.query))]).toEqual([8, 9]);
});

test('the first waiting task is found before the ones that were opened later', async () => {
  const { store, id } = await storeWithEnds();
  const pending = taskQuerySchema.parse({ filter: 'pending' });
  expect((await store.page(id, pending, 0, 10)).rows.map(({ index }) => index)).toEqual([7, 8, 9]);
  await store.reopen(id, { indices: [0] });
  await store.commit([commitOf(id, [{ index: 7, attempt: 2 }])]);
  expect((await store.page(id, pending, 0, 10)).rows.map(({ index }) => index)).toEqual([0, 8, 9]);
});

test.each(['canceled', 'skipped'] as const)(
  'where the rest was %s at once, all of it is pending with what else did not succeed',
  async (rest) => {
    const { store, id } = await storeWithEnds();
    await store.updateBatch(id, { rest });
    expect(await store.reopen(id, 'unsuccessful')).toBe(8);
    expect(await store.getBatch(id)).toMatchObject({
      state: 'interrupted',
      rest: 'pending',
      counts: { pending: 8, succeeded: 2 },
    });
    // Without a task that had ended of itself.
    await store.updateBatch(id, { rest, state: 'completed' });
    expect(await store.reopen(id, 'unsuccessful')).toBe(8);
    expect(await store.getBatch(id)).toMatchObject({ state: 'interrupted', counts: { pending: 8 } });
  },
);

test('of a rest that was canceled at once only the listed tasks are opened', async () => {
  const { store, id, folder } = await storeWithEnds();
  await store.updateBatch(id, { rest: 'canceled' });
  expect(await store.reopen(id, { indices: [2, 7] })).toBe(2);
  expect(await store.getBatch(id)).toMatchObject({
    rest: 'pending',
    counts: { pending: 2, succeeded: 2, failed: 1, canceled: 4, skipped: 1 },
  });
  expect(await store.readWaiting(id, 0, 100)).toMatchObject({
    indices: [2, 7],
    past: [
      { index: 2, attempts: 1 },
      { index: 7, attempts: 1 },
    ],
  });
  expect(await store.task(id, 9)).toMatchObject({ state: 'canceled', attempts: [] });
  expect(inspect(folder)).toMatchObject({ results: 8, ended: 8 });
});

test('a task that waits for its next attempt says why, and has no worker', async () => {
  const { store, id } = await storeWithEnds();
  const { rows } = await store.page(id, taskQuerySchema.parse({}), 7, 2);
  expect(rows).toEqual([
    {
      index: 7,
      input: '7',
      state: 'pending',
      startedAt: null,
      ms: null,
      worker: null,
      attempts: 1,
      outcome: 'crash',
      how: 'SIGSEGV',
      retry: null,
      result: 'CrashError: The worker died.',
      progress: null,
    },
    expect.objectContaining({ index: 8, attempts: 0, outcome: null, how: null, result: null }),
  ]);
  const [crashed] = (await store.page(id, taskQuerySchema.parse({}), 3, 1)).rows;
  expect(crashed).toMatchObject({ state: 'failed', outcome: 'crash', how: 'SIGSEGV', worker: 1 });
});

test('many tasks are opened a slice at a time, while others are served', async () => {
  const folder = newFolder();
  const store = await newStore(folder);
  const id = await store.createBatch(newBatch());
  const total = 100_000;
  await store.addRange(id, 0, 1, total);
  const failed = Array.from({ length: total }, (_, index) => index);
  await store.commit([
    commitOf(
      id,
      failed.map((index) => ({ index, state: 'failed', outcome: 'error', value: anError })),
    ),
  ]);
  let done = false;
  const opening = store.reopen(id, 'unsuccessful').finally(() => {
    done = true;
  });
  const other = await store.createBatch(newBatch());
  expect((await store.getBatch(other))?.total).toBe(0);
  expect(done).toBe(false);
  expect(await opening).toBe(total);
  expect(await store.getBatch(id)).toMatchObject({ counts: { pending: total, failed: 0 } });
  expect((await store.readWaiting(id, 0, 4096)).past).toHaveLength(4096);
  expect(inspect(folder)).toMatchObject({ integrity: 'ok', results: 0, attempts: total });
});

test.each([
  ['what did not succeed', 'unsuccessful' as const],
  ['listed tasks', Uint32Array.from({ length: 10_001 }, (_, index) => index)],
])('a program that is killed while it opens %s leaves a batch that can be resumed', async (_, tasks) => {
  const folder = newFolder();
  const store = await newStore(folder);
  const id = await store.createBatch(newBatch({ state: 'completed' }));
  await store.addRange(id, 0, 1, 10_001);
  const failed = Array.from({ length: 10_001 }, (_, index) => index);
  await store.commit([
    commitOf(
      id,
      failed.map((index) => ({ index, state: 'failed', outcome: 'error' })),
    ),
  ]);
  const db = new Database(join(folder, databaseName));
  // One slice, as it is committed before the next one begins.
  expect(db.transaction(() => reopen(db, id, tasks))).toBeInstanceOf(Again);
  db.close();
  expect(await store.getBatch(id)).toMatchObject({
    state: 'interrupted',
    counts: { pending: 10_000, failed: 1 },
  });
});

test('a batch of which nothing is opened has ended as it had', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch({ state: 'completed' }));
  await store.addRange(id, 0, 1, 1);
  await store.commit([commitOf(id, [{ index: 0 }])]);
  await store.updateBatch(id, { rest: 'skipped' });
  expect(await store.reopen(id, 'unsuccessful')).toBe(0);
  expect(await store.getBatch(id)).toMatchObject({ state: 'completed' });
});

test('the bytes of a batch grow with what is written', async () => {
  const { store, id } = await storeWithEnds();
  const bytes = async () => (await store.getBatch(id))!.bytes;
  const before = await bytes();
  await store.addInputs(id, 10, JSON.stringify('x'.repeat(10_000)), 1);
  expect((await bytes()) - before).toBeGreaterThan(10_000);
  expect((await bytes()) - before).toBeLessThan(10_100);
  await store.commit([commitOf(id, [{ index: 10, value: 'y'.repeat(20_000) }])]);
  await store.addOutput(id, [{ index: 10, stream: 'stdout', text: 'z'.repeat(5000), at: 1 }]);
  const full = await bytes();
  expect(full - before).toBeGreaterThan(35_000);
  expect(full - before).toBeLessThan(35_500);
  // The value of a task that is opened again goes.
  await store.reopen(id, { indices: [10] });
  expect(full - (await bytes())).toBeGreaterThan(19_500);
});

test('a batch that is not there is said', async () => {
  const store = await newStore();
  const missing = { code: 'NO_SUCH_BATCH' };
  await expect(store.reopen(7, 'unsuccessful')).rejects.toMatchObject(missing);
  await expect(store.reopen(7, query({}))).rejects.toMatchObject(missing);
  await expect(store.select(7, query({}).query)).rejects.toMatchObject(missing);
  await expect(store.claim(7, 'a', 'b')).rejects.toMatchObject(missing);
  await expect(store.wholeSpec(7)).rejects.toMatchObject(missing);
  await expect(store.deleteBatches([7], 1)).rejects.toMatchObject(missing);
  await expect(store.restoreBatches([7])).rejects.toMatchObject(missing);
});
