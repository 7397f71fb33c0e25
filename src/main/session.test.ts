import { expect, test, vi } from 'vitest';
import type { EngineListener } from '../engine/api.ts';
import type { BatchSummary } from '../shared/batch.ts';
import { testBatch } from '../shared/test-batch.ts';
import { followSession } from './session.ts';

function setUp() {
  let listener: EngineListener = () => {};
  const engine = {
    on: (added: EngineListener) => {
      listener = added;
      return () => {};
    },
  };
  const hears = { changed: vi.fn(), ended: vi.fn(), noticed: vi.fn() };
  const session = followSession(engine, hears);
  const hear = (batch: BatchSummary) => listener({ type: 'batch', batch });
  return { session, hears, hear, tell: (event: Parameters<EngineListener>[0]) => listener(event) };
}

test('batches that have ended count for the whole until nothing runs any more', () => {
  const { session, hear } = setUp();
  hear(testBatch({ id: 1, counts: { pending: 10 } }));
  hear(testBatch({ id: 2, counts: { pending: 10 } }));
  hear(testBatch({ id: 1, state: 'completed', counts: { succeeded: 10 } }));
  expect(session.overall()).toMatchObject({ running: 1, share: 0.5 });
  expect(session.running().map(({ id }) => id)).toEqual([2]);
  hear(testBatch({ id: 2, state: 'completed', counts: { succeeded: 10 } }));
  expect(session.overall().running).toBe(0);
  hear(testBatch({ id: 3, counts: { succeeded: 1, pending: 3 } }));
  expect(session.overall()).toMatchObject({ running: 1, share: 0.25 });
});

test('an end is told once, and only of what has run here', () => {
  const { hears, hear } = setUp();
  hear(testBatch({ id: 1, state: 'completed' }));
  expect(hears.ended).not.toHaveBeenCalled();
  hear(testBatch({ id: 2 }));
  hear(testBatch({ id: 2, state: 'completed' }));
  hear(testBatch({ id: 2, state: 'completed' }));
  expect(hears.ended).toHaveBeenCalledTimes(1);
});

test('a notice is told when it comes', () => {
  const { hears, hear } = setUp();
  const notice = { name: 'PoolboardError', message: 'Full.', code: 'STORE_FULL' };
  hear(testBatch());
  hear(testBatch({ notice }));
  hear(testBatch({ notice }));
  expect(hears.noticed).toHaveBeenCalledTimes(1);
  hear(testBatch());
  hear(testBatch({ notice }));
  expect(hears.noticed).toHaveBeenCalledTimes(2);
});

test('deleted batches are gone, and changes are told of', async () => {
  const { session, hears, hear, tell } = setUp();
  hear(testBatch({ id: 4 }));
  await vi.waitFor(() => expect(hears.changed).toHaveBeenCalled());
  tell({ type: 'deleted', batches: [4] });
  expect(session.running()).toEqual([]);
});
