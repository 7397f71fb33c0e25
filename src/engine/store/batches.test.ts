import { expect, test } from 'vitest';
import { anError, hostileTexts, newBatch, newStore } from './test-store.ts';

test('a new batch is as it was given, and has nothing yet', async () => {
  const store = await newStore();
  const batch = newBatch({ name: 'resize "photos" 😀', state: 'queued', warnings: hostileTexts });
  const id = await store.createBatch(batch);
  expect(await store.getBatch(id)).toEqual({
    ...batch,
    id,
    rest: 'pending',
    total: 0,
    enumerated: false,
    counts: { pending: 0, running: 0, succeeded: 0, failed: 0, canceled: 0, skipped: 0 },
    startedAt: null,
    endedAt: null,
    error: null,
    place: null,
    priority: 0,
    busyMs: 0,
    generation: 0,
    bytes: expect.any(Number),
  });
});

test('batches are listed newest first', async () => {
  const store = await newStore();
  const ids = await Promise.all([1, 2, 3].map(() => store.createBatch(newBatch())));
  expect(ids).toEqual([1, 2, 3]);
  expect((await store.listBatches()).map(({ id }) => id)).toEqual([3, 2, 1]);
});

test('a change changes what it names and nothing else', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  const before = await store.getBatch(id);
  await store.updateBatch(id, { state: 'paused', startedAt: 5.25, enumerated: true, warnings: hostileTexts });
  await store.updateBatch(id, {});
  expect(await store.getBatch(id)).toEqual({
    ...before,
    state: 'paused',
    startedAt: 5.25,
    enumerated: true,
    warnings: hostileTexts,
  });
  await store.updateBatch(id, { endedAt: 9, error: anError, busyMs: 7.5, owner: '2' });
  expect(await store.getBatch(id)).toMatchObject({ endedAt: 9, error: anError, busyMs: 7.5, owner: '2' });
  await store.updateBatch(id, { endedAt: null, error: null });
  expect(await store.getBatch(id)).toMatchObject({ state: 'paused', endedAt: null, error: null });
});

test('tasks without a result are in the state that the batch gives to the rest', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 0, 1, 3);
  expect((await store.getBatch(id))?.counts).toMatchObject({ pending: 3, canceled: 0 });
  await store.updateBatch(id, { rest: 'canceled' });
  expect((await store.getBatch(id))?.counts).toMatchObject({ pending: 0, canceled: 3 });
  expect((await store.task(id, 2))?.state).toBe('canceled');
});

test('a batch that is not there is said, and null where one asks for it', async () => {
  const store = await newStore();
  expect(await store.getBatch(7)).toBeNull();
  const missing = { code: 'NO_SUCH_BATCH', message: 'There is no batch 7.' };
  await expect(store.updateBatch(7, { state: 'paused' })).rejects.toMatchObject(missing);
  await expect(store.addInputs(7, 0, '1', 1)).rejects.toMatchObject(missing);
  await expect(store.addRange(7, 0, 1, 5)).rejects.toMatchObject(missing);
  await expect(store.task(7, 0)).rejects.toMatchObject(missing);
});
