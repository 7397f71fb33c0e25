import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PoolboardError } from '../../shared/errors.ts';
import type { Store } from '../store/store.ts';
import { newBatch, newStore } from '../store/test-store.ts';
import { BatchRun } from './batch-run.ts';
import { unsaved } from './unsaved.ts';

let store: Store;
beforeEach(async () => {
  store = await newStore();
});
afterEach(() => {
  vi.restoreAllMocks();
});

function newRun(): BatchRun {
  const batch = unsaved(newBatch({ state: 'queued' }));
  return new BatchRun({ batch, workers: 1, store, hooks: { onSummary: () => {}, onTasks: () => {} } });
}

test('a batch is made with its warnings in one write, so that none is left where a second one fails', async () => {
  vi.spyOn(store, 'updateBatch').mockRejectedValue(new PoolboardError('STORE_FULL', 'The disk is full.'));
  const run = newRun();
  run.warn('photo.txt is empty.');
  await run.create();
  expect(await store.getBatch(run.id)).toMatchObject({ state: 'queued', warnings: ['photo.txt is empty.'] });
});

test('a warning that comes while the batch is made is kept with it', async () => {
  const { createBatch, updateBatch } = store;
  const run = newRun();
  vi.spyOn(store, 'createBatch').mockImplementation((batch) => {
    const id = createBatch(batch);
    run.warn('second.csv is empty.');
    return id;
  });
  const written = Promise.withResolvers<void>();
  vi.spyOn(store, 'updateBatch').mockImplementation((id, change) =>
    updateBatch(id, change).then(written.resolve, written.reject),
  );
  run.warn('first.csv is empty.');
  await run.create();
  await written.promise;
  expect((await store.getBatch(run.id))?.warnings).toEqual(['first.csv is empty.', 'second.csv is empty.']);
});
