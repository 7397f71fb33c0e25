import { expect, test } from 'vitest';
import type { EngineListener } from '../engine/api.ts';
import { inputsAway } from '../engine/machine/input-roots.ts';
import { whatLimits } from '../engine/machine/limits.ts';
import { type BatchState, type BatchSummary, batchSpecSchema } from '../shared/batch.ts';
import { toErrorInfo } from '../shared/errors.ts';
import { testBatch } from '../shared/test-batch.ts';
import { followRunning } from './running-batches.ts';

function setUp() {
  let listener: EngineListener = () => {};
  const told: number[] = [];
  const engine = {
    on: (added: EngineListener) => {
      listener = added;
      return () => {};
    },
  };
  const running = followRunning(engine, (busy) => told.push(busy));
  const hear = (
    id: number,
    state: BatchState,
    more: { running?: number; notice?: Error; batch?: Partial<BatchSummary> } = {},
  ) => {
    const batch = testBatch({
      id,
      state,
      counts: { running: more.running ?? 0 },
      notice: more.notice ? toErrorInfo(more.notice) : null,
      ...more.batch,
    });
    listener({ type: 'batch', batch });
  };
  return { running, told, hear, listener: () => listener };
}

test('a batch counts from its first news until it has ended, and each change is told once', () => {
  const { running, told, hear, listener } = setUp();
  expect(running.count).toBe(0);
  hear(1, 'queued');
  expect(running.count).toBe(1);
  hear(1, 'running');
  hear(2, 'running');
  listener()({ type: 'tasks', batch: 2 });
  hear(1, 'closing');
  expect(running.count).toBe(2);
  hear(1, 'completed');
  hear(1, 'completed');
  hear(2, 'canceled');
  expect(running.count).toBe(0);
  expect(told).toEqual([1, 2, 1, 0]);
});

test('a paused batch lets the machine sleep once its last task is done, but would be cut off by quitting', () => {
  const { running, told, hear } = setUp();
  hear(1, 'running', { running: 2 });
  hear(1, 'paused', { running: 1 });
  expect(told).toEqual([1]);
  hear(1, 'paused');
  expect(told).toEqual([1, 0]);
  expect(running.count).toBe(1);
  hear(1, 'running');
  expect(told).toEqual([1, 0, 1]);
});

test('a batch that waits for a person lets the machine sleep; one that waits for the machine does not', () => {
  const { running, told, hear } = setUp();
  hear(1, 'running', { notice: whatLimits({ maxLoad: 1 }, { load: 2, freeBytes: 0 })! });
  expect(told).toEqual([1]);
  hear(1, 'running', { notice: inputsAway('/media/usb') });
  expect(told).toEqual([1, 0]);
  expect(running.count).toBe(1);
  hear(1, 'running');
  expect(told).toEqual([1, 0, 1]);
});

test('a batch that was deleted counts no more', () => {
  const { running, told, hear, listener } = setUp();
  hear(1, 'running');
  listener()({ type: 'deleted', batches: [1, 7] });
  expect(running.count).toBe(0);
  expect(told).toEqual([1, 0]);
});

test('a watched folder that brings nothing lets the machine sleep, and is cut off by quitting all the same', () => {
  const { running, told, hear } = setUp();
  const spec = batchSpecSchema.parse({
    definition: { kind: 'builtin', name: 'hash' },
    inputs: { kind: 'watch', folder: '/in' },
  });
  hear(1, 'running', { batch: { spec, enumerated: false } });
  expect(told).toEqual([]);
  expect(running.count).toBe(1);
  hear(1, 'running', { batch: { spec, enumerated: false }, running: 1 });
  expect(told).toEqual([1]);
});
