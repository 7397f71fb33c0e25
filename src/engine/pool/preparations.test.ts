import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeClocks, turn } from './model/fake-machine.ts';
import { plainJob } from './model/job-double.ts';
import { World } from './model/world.ts';

beforeEach(fakeClocks);
afterEach(() => {
  vi.useRealTimers();
});

const plain = { ...plainJob, tasks: 3, atOnce: 1000 };

/** A pool whose first worker never has done with what it loads. */
async function blockedPool(size: number): Promise<World> {
  const world = new World(size);
  world.machine.loadings.push('blocks');
  world.submit(plain);
  await world.machine.deliver();
  return world;
}

const ended = (world: World, position: number) => world.jobs[position]!.double.end;

/** Lets tasks end as they come, until these jobs have ended. */
async function finish(world: World, ...positions: number[]): Promise<void> {
  for (let i = 0; i < 60 && !positions.every((position) => ended(world, position)); i++) {
    for (const worker of world.machine.present) while (worker.held.length > 0) worker.work(0, 'ok', []);
    await world.machine.advance(100);
  }
}

test('a file that blocks while it is loaded keeps no later job from being loaded and run', async () => {
  const world = await blockedPool(1);
  world.submit({ ...plain, runtime: 'b' });
  world.submit(plain);
  await finish(world, 1, 2);
  expect(ended(world, 1)).toEqual({ reason: 'completed' });
  expect(ended(world, 2)).toEqual({ reason: 'completed' });
  expect(world.jobs[0]!.double.isPrepared).toBe(false);
  await world.end();
});

test('a job that runs already is sent nothing behind a file that blocks', async () => {
  const world = new World(2);
  world.submit({ ...plain, tasks: 4, atOnce: 2 });
  await world.machine.deliver();
  const [, other] = world.machine.workers;
  other!.work(0, 'ok', []);
  await turn();
  await world.machine.deliver();
  other!.loading = 'blocks';
  world.submit(plain);
  await world.machine.deliver();
  const sent = other!.tasksSent;
  world.jobs[0]!.double.arrive(2);
  await finish(world, 0);
  expect(ended(world, 0)).toEqual({ reason: 'completed' });
  expect(other!.tasksSent).toBe(sent);
  expect(other!.isBlocked).toBe(true);
  await world.end();
});

test('a job that is canceled while its file blocks ends, and so does the worker', async () => {
  const world = await blockedPool(1);
  const [worker] = world.machine.workers;
  world.cancel(0);
  await world.machine.deliver();
  expect(world.jobs[0]!.double.cannotStart).toMatchObject({ code: 'CANCELED' });
  await world.machine.advance(2500);
  expect(worker!.isGone).toBe(true);
  await world.end();
});

test('files are loaded one after another by one worker where each is soon done', async () => {
  const world = new World(4);
  for (let i = 0; i < 3; i++) world.submit({ ...plain, tasks: 1 });
  expect(world.machine.workers).toHaveLength(1);
  await world.settle();
  await world.end();
});
