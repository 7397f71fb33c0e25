import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeClocks } from './model/fake-machine.ts';
import { plainJob } from './model/job-double.ts';
import { World } from './model/world.ts';

beforeEach(fakeClocks);
afterEach(() => {
  vi.useRealTimers();
});

test('a task is known to run, and its time runs, where its worker ran several of another job at once before', async () => {
  const world = new World(1);
  world.submit({ ...plainJob, tasks: 3, atOnce: 2, chunkSize: 2, concurrency: 2 });
  world.submit({ ...plainJob, timeoutMs: 200 });
  await world.machine.deliver();
  const worker = world.machine.workers[0]!;
  worker.work(0, 'ok', []);
  worker.work(0, 'ok', []);
  await world.machine.advance(100);
  // More of it may come: it has not ended.
  expect(world.jobs[0]!.double.book.counts().succeeded).toBe(2);
  const { handle, double } = world.jobs[1]!;
  expect(handle.running().map(({ index }) => index)).toEqual([0]);
  await world.machine.advance(500);
  expect(double.book.finalOf(0)).toBe('failed');
  await world.end();
});
