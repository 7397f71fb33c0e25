import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Executor } from './executor.ts';
import { fakeClocks } from './model/fake-machine.ts';
import { plainJob, specOf } from './model/job-double.ts';
import { World } from './model/world.ts';

beforeEach(fakeClocks);
afterEach(() => {
  vi.useRealTimers();
});

test('a job that comes while the pool closes is refused, and keeps it from nothing', async () => {
  const world = new World(1);
  world.submit(plainJob);
  await world.machine.deliver();
  world.close();
  const { prepared } = world.executor.submit(specOf(plainJob));
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
  await expect(executor.submit(specOf(plainJob)).prepared).rejects.toMatchObject({
    code: 'WORKER_START',
    message: 'A worker could not start: spawn ENOMEM.',
  });
  expect(executor.workers()).toEqual([]);
  await executor.close();
});
