import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Executor } from './executor.ts';
import { JobDouble, type MadeJob } from './model/job-double.ts';
import { World } from './model/world.ts';

const made: MadeJob = {
  tasks: 1,
  atOnce: 1,
  encoding: 'json',
  runtime: 'a',
  chunkSize: 1,
  concurrency: 1,
  retries: 0,
  retryDelayMs: 0,
  oddEvery: 1,
  odd: 'plain',
  past: { tasks: 0, attempts: 1 },
};
const job = () =>
  new JobDouble(
    made,
    () => 0,
    () => {},
  ).spec();

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a job that comes while the pool closes is refused, and keeps it from nothing', async () => {
  const world = new World(1);
  world.submit(made);
  await world.machine.deliver();
  world.close();
  const { prepared } = world.executor.submit(job());
  await expect(prepared).rejects.toMatchObject({ code: 'CANCELED' });
  expect(world.machine.workers).toHaveLength(1);
  const again = world.executor.close();
  for (const worker of world.machine.workers) while (worker.held.length > 0) worker.work(0, 'ok', []);
  await world.end();
  await again;
});

test('a process that the system refuses to start ends its job with the reason, and nothing else', async () => {
  const launch = () => {
    throw new Error('spawn ENOMEM');
  };
  const executor = new Executor({ size: 2, launcher: () => ({ launch }), runtimeOf: () => 'a' });
  await expect(executor.submit(job()).prepared).rejects.toMatchObject({
    code: 'WORKER_START',
    message: 'A worker could not start: spawn ENOMEM.',
  });
  expect(executor.workers()).toEqual([]);
  await executor.close();
});
