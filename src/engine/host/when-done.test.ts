import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type BatchState, type BatchSummary, noCounts } from '../../shared/batch.ts';
import type { EngineListener } from '../api.ts';
import { WhenDone, type WhenDoneActs, type WhenDoneEvent } from './when-done.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(acts: WhenDoneActs = {}) {
  let listener: EngineListener = () => {};
  const others: BatchState[] = [];
  const engine = {
    on: (added: EngineListener) => {
      listener = added;
      return () => {};
    },
    list: async () => others.map((state) => ({ state }) as BatchSummary),
  };
  const quit = vi.fn();
  const whenDone = new WhenDone({ engine, acts: { quit, ...acts } });
  const listing = vi.spyOn(engine, 'list');
  const told: WhenDoneEvent[] = [];
  whenDone.on((event) => told.push(event));
  const hear = (id: number, state: BatchState, failed = 0) => {
    listener({ type: 'batch', batch: { id, state, counts: { ...noCounts(), failed } } as BatchSummary });
    // The question for the batches of others.
    return vi.advanceTimersByTimeAsync(0);
  };
  return { whenDone, told, hear, quit, others, listing };
}

test('the action is done a minute after the last batch has ended', async () => {
  const { whenDone, hear, quit } = setUp();
  await hear(1, 'running');
  await hear(2, 'queued');
  expect(whenDone.choose('quit')).toMatchObject({ action: 'quit', countdown: null });
  await hear(1, 'completed');
  expect(whenDone.view().countdown).toBeNull();
  await hear(2, 'canceled');
  expect(whenDone.view().countdown).toEqual({ action: 'quit', leftMs: 60_000 });
  await vi.advanceTimersByTimeAsync(59_000);
  expect(quit).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1000);
  expect(quit).toHaveBeenCalledTimes(1);
  expect(whenDone.view()).toMatchObject({ action: 'nothing', countdown: null });
  // Once: the next end is of batches for which nothing was chosen.
  await hear(3, 'running');
  await hear(3, 'completed');
  await vi.advanceTimersByTimeAsync(120_000);
  expect(quit).toHaveBeenCalledTimes(1);
});

test('a countdown that was stopped does nothing, now and later', async () => {
  const { whenDone, hear, quit } = setUp();
  await hear(1, 'running');
  whenDone.choose('quit');
  await hear(1, 'completed');
  expect(whenDone.stop()).toMatchObject({ action: 'nothing', countdown: null });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(quit).not.toHaveBeenCalled();
});

test('a batch that is started meanwhile ends the countdown, and its own end starts it again', async () => {
  const { whenDone, hear, quit } = setUp();
  await hear(1, 'running');
  whenDone.choose('quit');
  await hear(1, 'completed');
  await vi.advanceTimersByTimeAsync(30_000);
  await hear(2, 'running');
  expect(whenDone.view()).toMatchObject({ action: 'quit', countdown: null });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(quit).not.toHaveBeenCalled();
  await hear(2, 'completed');
  expect(whenDone.view().countdown?.leftMs).toBe(60_000);
});

test('it can be done at once', async () => {
  const { whenDone, hear, quit } = setUp();
  whenDone.now();
  expect(quit).not.toHaveBeenCalled();
  await hear(1, 'running');
  whenDone.choose('quit');
  await hear(1, 'completed');
  whenDone.now();
  expect(quit).toHaveBeenCalledTimes(1);
});

test('batches of another program on the same data are waited for', async () => {
  const { whenDone, hear, others } = setUp();
  others.push('running');
  await hear(1, 'running');
  whenDone.choose('quit');
  await hear(1, 'completed');
  expect(whenDone.view().countdown).toBeNull();
  others[0] = 'completed';
  await vi.advanceTimersByTimeAsync(5000);
  expect(whenDone.view().countdown).not.toBeNull();
});

test('nothing is done while the store does not tell whether another program has batches', async () => {
  const { whenDone, hear, listing } = setUp();
  await hear(1, 'running');
  whenDone.choose('quit');
  listing.mockRejectedValue(new Error('The store is busy.'));
  await hear(1, 'completed');
  expect(whenDone.view().countdown).toBeNull();
  await vi.advanceTimersByTimeAsync(5000);
  expect(whenDone.view()).toMatchObject({ action: 'quit', countdown: null });
  listing.mockRestore();
  await vi.advanceTimersByTimeAsync(5000);
  expect(whenDone.view().countdown).not.toBeNull();
});

test('a paused batch has not ended', async () => {
  const { whenDone, hear } = setUp();
  await hear(1, 'running');
  await hear(2, 'paused');
  whenDone.choose('quit');
  await hear(1, 'completed');
  expect(whenDone.view().countdown).toBeNull();
});

test('notify tells at once what has ended since it was chosen', async () => {
  const { whenDone, hear, told } = setUp();
  await hear(1, 'running');
  await hear(2, 'running');
  whenDone.choose('notify');
  await hear(1, 'completed', 3);
  await hear(2, 'completed', 1);
  expect(told).toContainEqual({ type: 'notify', batches: 2, failed: 4 });
  expect(whenDone.view()).toMatchObject({ action: 'nothing', countdown: null });
});

test('what the machine cannot do is neither offered nor taken', () => {
  const { whenDone } = setUp({ sleep: async () => {} });
  expect(whenDone.view().available).toEqual(['nothing', 'notify', 'quit', 'sleep']);
  expect(() => whenDone.choose('shut-down')).toThrow('This machine has no command for "shut-down".');
});

test('what could not be done is told', async () => {
  const { whenDone, hear, told } = setUp({ sleep: () => Promise.reject(new Error('Access denied')) });
  await hear(1, 'running');
  whenDone.choose('sleep');
  await hear(1, 'completed');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.at(-1)).toMatchObject({ type: 'failed', action: 'sleep', error: { message: 'Access denied' } });
});
