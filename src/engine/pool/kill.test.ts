import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeClocks, turn } from './model/fake-machine.ts';
import type { FakeWorker } from './model/fake-worker.ts';
import { plainJob } from './model/job-double.ts';
import { World } from './model/world.ts';

beforeEach(fakeClocks);
afterEach(() => {
  vi.useRealTimers();
});

/** A pool of one worker, whose first task takes too long and goes on for as long as it may when it is asked to stop. */
async function overdue(chunkSize: number): Promise<{ world: World; worker: FakeWorker }> {
  const world = new World(1);
  world.submit({ ...plainJob, tasks: 3, atOnce: 1000, chunkSize, timeoutMs: 200 });
  const worker = world.machine.workers[0]!;
  worker.holding = 'ignores';
  await world.machine.advance(2200);
  expect(worker.held).toHaveLength(1);
  return { world, worker };
}

/** Its task ends, and says so before the worker is killed: the pool hears of that after it. */
async function endTooLate(worker: FakeWorker): Promise<void> {
  worker.work(0, 'ok', []);
  await turn();
  worker.tick(false);
  vi.advanceTimersByTime(200);
  expect(worker.isDead).toBe(true);
  while (worker.outbox.length > 1) worker.tell(1);
  await turn();
}

test('a worker that was killed is sent nothing, though what it held has ended in its last message', async () => {
  const { world, worker } = await overdue(1);
  await endTooLate(worker);
  expect(world.wrongs).toEqual([]);
  await world.settle();
  expect(world.jobs[0]!.double.book.counts()).toMatchObject({ succeeded: 3, failed: 0 });
  await world.end();
});

test('a task that is the next in a worker that is killed for the one before is run again', async () => {
  const { world, worker } = await overdue(2);
  await endTooLate(worker);
  await world.settle();
  expect(world.jobs[0]!.double.book.counts()).toMatchObject({ succeeded: 3, failed: 0 });
  await world.end();
});
