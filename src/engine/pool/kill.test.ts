import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { turn } from './model/fake-machine.ts';
import { World } from './model/world.ts';

beforeEach(() => {
  vi.useFakeTimers({
    now: 1_750_000_000_000,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a worker that was killed is sent nothing, though what it held has ended in its last message', async () => {
  const world = new World(1);
  world.submit({
    tasks: 3,
    atOnce: 1000,
    encoding: 'json',
    runtime: 'a',
    chunkSize: 1,
    concurrency: 1,
    retries: 0,
    retryDelayMs: 0,
    timeoutMs: 200,
    oddEvery: 1,
    odd: 'plain',
    past: { tasks: 0, attempts: 1 },
  });
  const [worker] = world.machine.workers;
  worker!.holding = 'ignores';
  await world.machine.advance(2200);
  expect(worker!.held).toHaveLength(1);
  // It answers too late to be heard before it is killed.
  worker!.work(0, 'ok', []);
  await turn();
  vi.advanceTimersByTime(200);
  expect(worker!.isDead).toBe(true);
  while (worker!.outbox.length > 1) worker!.tell(1);
  await turn();
  expect(world.wrongs).toEqual([]);
  await world.settle();
  const { double } = world.jobs[0]!;
  expect(double.book.counts()).toMatchObject({ succeeded: 3, failed: 0 });
  await world.end();
});
