import { expect, test } from 'vitest';
import { anError, commitOf, hostileTexts, newBatch, newStore } from './test-store.ts';

async function storeWithTasks(count: number) {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 0, 1, count);
  return { store, id };
}

test('results are stored and counted by state, in one commit of any mixture', async () => {
  const { store, id } = await storeWithTasks(300);
  const ended = Array.from({ length: 200 }, (_, index) => {
    if (index % 7 === 3)
      return { index, state: 'failed' as const, outcome: 'crash' as const, value: anError };
    if (index % 11 === 5) return { index, state: 'canceled' as const, outcome: 'canceled' as const };
    return { index, value: index * index };
  });
  await store.commit([commitOf(id, ended.toReversed())]);
  const count = (state: string) => ended.filter((task) => (task.state ?? 'succeeded') === state).length;
  expect((await store.getBatch(id))?.counts).toEqual({
    pending: 100,
    running: 0,
    succeeded: count('succeeded'),
    failed: count('failed'),
    canceled: count('canceled'),
    skipped: 0,
  });
  expect(await store.task(id, 198)).toEqual({
    index: 198,
    input: '198',
    value: '39204',
    state: 'succeeded',
    error: null,
    attempts: [
      { attempt: 1, worker: 1, startedAt: 1_750_000_000_000.25, ms: 1.5, outcome: 'ok', error: null },
    ],
  });
  expect(await store.task(id, 3)).toMatchObject({
    state: 'failed',
    value: null,
    error: anError,
    attempts: [{ attempt: 1, outcome: 'crash', error: anError }],
  });
  expect(await store.task(id, 250)).toMatchObject({
    state: 'pending',
    value: null,
    error: null,
    attempts: [],
  });
  expect(await store.task(id, 300)).toBeNull();
});

test('a second final result for a task is ignored, in the same commit and in a later one', async () => {
  const { store, id } = await storeWithTasks(100);
  const all = Array.from({ length: 100 }, (_, index) => ({ index, value: 'first' }));
  const twice = commitOf(id, [
    { index: 0, value: 'first' },
    { index: 0, state: 'failed', outcome: 'error' },
  ]);
  await Promise.all([store.commit([twice, commitOf(id, all)]), store.commit([commitOf(id, all)])]);
  await store.commit([commitOf(id, [{ index: 5, state: 'failed', outcome: 'error', value: anError }])]);
  await store.commit([commitOf(id, [{ index: 5, state: 'pending', outcome: 'error', value: anError }])]);
  expect((await store.getBatch(id))?.counts).toMatchObject({ pending: 0, succeeded: 100, failed: 0 });
  const task = await store.task(id, 5);
  expect(task).toMatchObject({ state: 'succeeded', value: '"first"' });
  expect(task?.attempts).toHaveLength(1);
});

test('attempts that were retried are recorded before the last one', async () => {
  const { store, id } = await storeWithTasks(2);
  const timeout = { name: 'TimeoutError', message: 'It took longer than 2 s.' };
  await store.commit([
    commitOf(id, [{ index: 0, state: 'pending', outcome: 'error', value: anError, ms: 3 }]),
  ]);
  expect(await store.task(id, 0)).toMatchObject({ state: 'pending', error: null });
  expect((await store.getBatch(id))?.counts).toMatchObject({ pending: 2 });
  await store.commit([
    commitOf(id, [{ index: 0, state: 'pending', outcome: 'timeout', value: timeout, attempt: 2 }], {
      worker: 2,
    }),
    commitOf(id, [{ index: 0, value: 'done', attempt: 3, ms: 9 }], { worker: 3 }),
  ]);
  expect(await store.task(id, 0)).toMatchObject({
    state: 'succeeded',
    value: '"done"',
    attempts: [
      { attempt: 1, worker: 1, ms: 3, outcome: 'error', error: anError },
      { attempt: 2, worker: 2, outcome: 'timeout', error: timeout },
      { attempt: 3, worker: 3, ms: 9, outcome: 'ok', error: null },
    ],
  });
});

test('a task that ended before it started has no attempt of its own', async () => {
  const { store, id } = await storeWithTasks(2);
  const ended = { state: 'canceled' as const, outcome: 'canceled' as const, attempt: 0 };
  await store.commit([commitOf(id, [{ index: 1, state: 'pending', outcome: 'error', value: anError }])]);
  await store.commit([
    commitOf(id, [
      { index: 0, ...ended },
      { index: 1, ...ended },
    ]),
  ]);
  expect(await store.task(id, 0)).toMatchObject({ state: 'canceled', error: null, attempts: [] });
  expect((await store.task(id, 1))?.attempts).toHaveLength(1);
  const { rows } = await store.page(id, allTasks, 0, 10);
  expect(rows.map(({ attempts, worker, ms }) => ({ attempts, worker, ms }))).toEqual([
    { attempts: 0, worker: null, ms: null },
    { attempts: 1, worker: null, ms: null },
  ]);
});

test('values and errors of hostile texts come back exactly', async () => {
  const { store, id } = await storeWithTasks(2);
  const error = {
    name: 'E',
    message: hostileTexts.join('|'),
    stack: 'a\nb',
    fields: { texts: hostileTexts },
  };
  await store.commit([
    commitOf(id, [
      { index: 0, value: hostileTexts },
      { index: 1, state: 'failed', outcome: 'error', value: error },
    ]),
  ]);
  expect(JSON.parse((await store.task(id, 0))?.value ?? '')).toEqual(hostileTexts);
  expect((await store.task(id, 1))?.error).toEqual(error);
});

test('results of tasks that are not in the store yet count when they come', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.commit([commitOf(id, [{ index: 0 }, { index: 1 }])]);
  expect((await store.getBatch(id))?.counts).toMatchObject({ pending: 0, succeeded: 2 });
  await store.addRange(id, 0, 1, 5);
  expect((await store.getBatch(id))?.counts).toMatchObject({ pending: 3, succeeded: 2 });
  expect((await store.readWaiting(id, 0, 10)).indices).toEqual([2, 3, 4]);
});

test('a commit that is wrong fails alone; those that came with it are stored', async () => {
  const { store, id } = await storeWithTasks(3);
  const outcomes = await Promise.allSettled([
    store.commit([commitOf(id, [{ index: 0 }])]),
    store.commit([commitOf(id, [{ index: 1 }], { values: '1\n2' })]),
    store.commit([commitOf(99, [{ index: 1 }])]),
    store.commit([commitOf(id, [{ index: 2 }])]),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({ reason: { code: 'BAD_COMMIT' } });
  expect(outcomes[2]).toMatchObject({ reason: { code: 'NO_SUCH_BATCH' } });
  expect((await store.getBatch(id))?.counts).toMatchObject({ succeeded: 2, pending: 1 });
});

const allTasks = { filter: 'all', search: '', sort: 'index', descending: false } as const;
