import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeClocks, turn } from './model/fake-machine.ts';
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

test('a task is known to run where all that its worker held of another job was given back', async () => {
  const world = new World(2);
  world.submit({ ...plainJob, tasks: 8, atOnce: 2, chunkSize: 2, concurrency: 2 });
  await world.machine.deliver();
  const [worker] = world.machine.workers;
  // It has done what it was sent, and is sent more, which it does not hear before that is given to others.
  world.jobs[0]!.double.arrive(6);
  await turn();
  expect(worker!.inbox.filter(({ type }) => type === 'chunk')).not.toEqual([]);
  worker!.work(0, 'ok', []);
  worker!.work(0, 'ok', []);
  await turn();
  worker!.isStopped = true;
  const other = () => world.machine.workers[1]!;
  for (let i = 0; i < 40 && world.jobs[0]!.double.end === null; i++) {
    while (other().held.length > 0) other().work(0, 'ok', []);
    await world.machine.advance(100);
    if (other().tasksSent === 6) worker!.isStopped = false;
  }
  world.submit({ ...plainJob, tasks: 2, atOnce: 2, timeoutMs: 200 });
  await world.machine.deliver();
  expect(
    world.jobs[1]!.handle.running()
      .map(({ index }) => index)
      .sort(),
  ).toEqual([0, 1]);
  await world.end();
});
