import { expect, test } from 'vitest';
import type { EngineListener } from '../engine/api.ts';
import type { BatchState, BatchSummary } from '../shared/batch.ts';
import { followRunning } from './running-batches.ts';

test('a batch counts from its first news until it has ended, and each change is told once', () => {
  let listener: EngineListener = () => {};
  const told: number[] = [];
  const engine = {
    on: (added: EngineListener) => {
      listener = added;
      return () => {};
    },
  };
  const running = followRunning(engine, (count) => told.push(count));
  const hear = (id: number, state: BatchState) =>
    listener({ type: 'batch', batch: { id, state } as BatchSummary });

  expect(running.count).toBe(0);
  hear(1, 'queued');
  hear(1, 'running');
  hear(2, 'running');
  listener({ type: 'tasks', batch: 2 });
  hear(1, 'paused');
  expect(running.count).toBe(2);
  hear(1, 'completed');
  hear(1, 'completed');
  hear(2, 'canceled');
  expect(running.count).toBe(0);
  expect(told).toEqual([1, 2, 1, 0]);
});
