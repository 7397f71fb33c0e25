import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeClocks, turn } from './model/fake-machine.ts';
import type { FakeWorker } from './model/fake-worker.ts';
import { plainJob } from './model/job-double.ts';
import { World } from './model/world.ts';

beforeEach(fakeClocks);
afterEach(() => {
  vi.useRealTimers();
});

/** Lets the tasks of workers that are not stopped end as they come, until all jobs have ended. */
async function finish(world: World): Promise<void> {
  const isOver = () => world.jobs.every(({ double }) => double.end !== null);
  for (let i = 0; i < 100 && !isOver(); i++) {
    for (const worker of world.machine.present) {
      while (worker.held.length > 0 && !worker.isBlocked) worker.work(0, 'ok', []);
    }
    await world.machine.advance(100);
  }
  expect(world.jobs.map(({ double }) => double.end)).toEqual(world.jobs.map(() => ({ reason: 'completed' })));
}

/** Two workers with a chunk each; the second never has done with loading the definition. */
async function blockedWhileLoading(concurrency: 1 | 3): Promise<{ world: World; blocked: FakeWorker }> {
  const world = new World(2);
  world.machine.loadings.push('loads', 'blocks');
  world.submit({ ...plainJob, tasks: 6, atOnce: 1000, chunkSize: 3, concurrency });
  await world.machine.deliver();
  const blocked = world.machine.workers[1]!;
  expect(blocked.tasksSent).toBe(3);
  return { world, blocked };
}

test.each([1, 3] as const)(
  'the tasks of a worker that loads for ever are done by another; %i at once',
  async (concurrency) => {
    const { world, blocked } = await blockedWhileLoading(concurrency);
    await finish(world);
    expect(blocked.isRunning).toBe(false);
    await world.end();
  },
);

test.each([1, 3] as const)(
  'a worker that has loaded after all starts none of those; %i at once',
  async (n) => {
    const { world, blocked } = await blockedWhileLoading(n);
    const [other] = world.machine.workers;
    for (let i = 0; i < 50 && other!.tasksSent < 6; i++) {
      while (other!.held.length > 0) other!.work(0, 'ok', []);
      await world.machine.advance(100);
    }
    expect(other!.held).toHaveLength(n);
    blocked.loading = 'loads';
    await world.machine.advance(500);
    expect(blocked.isBlocked).toBe(false);
    expect(blocked.held).toHaveLength(0);
    await finish(world);
    await world.end();
  },
);

test('a worker that loads for ever does not stay when its job has ended', async () => {
  const { world, blocked } = await blockedWhileLoading(1);
  await finish(world);
  await world.machine.advance(3000);
  expect(blocked.isGone).toBe(true);
  expect(world.machine.present).toHaveLength(1);
  await world.end();
});

/** Workers that run two at once; one of them is stopped when it has done so, with a chunk on its way to it. */
async function stoppedBetween(size: 1 | 2, position: number): Promise<{ world: World; stopped: FakeWorker }> {
  const world = new World(size);
  world.submit({ ...plainJob, tasks: size * 4, atOnce: size * 2, chunkSize: 2, concurrency: 2 });
  await world.machine.deliver();
  const stopped = world.machine.workers[position]!;
  expect(stopped.held).toHaveLength(2);
  world.jobs[0]!.double.arrive(size * 2);
  await turn();
  expect(stopped.inbox).toMatchObject([{ type: 'chunk' }]);
  stopped.work(0, 'ok', []);
  stopped.work(0, 'ok', []);
  await turn();
  stopped.isStopped = true;
  return { world, stopped };
}

test.each([0, 1])(
  'the tasks of a worker that is stopped between two of several at once are done by the other; worker %i',
  async (position) => {
    const { world, stopped } = await stoppedBetween(2, position);
    await finish(world);
    await world.machine.advance(3000);
    expect(stopped.isGone).toBe(true);
    await world.end();
  },
);

test('a pool that is made smaller keeps the worker that is heard', async () => {
  const { world, stopped } = await stoppedBetween(2, 0);
  const [, other] = world.machine.workers;
  for (let i = 0; i < 50 && other!.tasksSent < 6; i++) {
    while (other!.held.length > 0) other!.work(0, 'ok', []);
    await world.machine.advance(100);
  }
  world.size = 1;
  await finish(world);
  await world.machine.advance(3000);
  expect([stopped.isGone, other!.isGone]).toEqual([true, false]);
  await world.end();
});

test('the only worker of a pool is replaced when it is stopped between two of several at once', async () => {
  const { world, stopped } = await stoppedBetween(1, 0);
  await finish(world);
  await world.machine.advance(3000);
  expect(stopped.isGone).toBe(true);
  expect(world.machine.present).toHaveLength(1);
  await world.end();
});
