import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, test, vi } from 'vitest';
import { close, madeJob, type PoolCommand, poolCommands, type Simple } from './commands.ts';
import { fakeClocks } from './fake-machine.ts';
import { World } from './world.ts';

// Doubles have no CPU time: a silent one is hung.
vi.mock('../../machine/process-cpu.ts', () => ({ treeCpuMs: () => 0 }));
vi.mock('../../launchers/out-of-memory.ts', async (original) => ({
  ...(await original<object>()),
  oomKills: () => null,
}));

/** POOLBOARD_MODEL_RUNS: so many runs of each property; POOLBOARD_MODEL_SEED: the same ones again. */
const runs = Number(process.env.POOLBOARD_MODEL_RUNS ?? 200);
const seed = process.env.POOLBOARD_MODEL_SEED;
const options = { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) };

beforeAll(fakeClocks);
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => {
  vi.useRealTimers();
});

/** A new pool; what it rolls dice for is the same each time. */
function newWorld(size: number): World {
  vi.clearAllTimers();
  let state = 12345;
  vi.spyOn(Math, 'random').mockImplementation(() => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  });
  return new World(size);
}

async function model(
  size: number,
  jobs: Parameters<World['submit']>[0][],
  commands: Iterable<PoolCommand>,
  finish: (world: World) => Promise<void>,
): Promise<void> {
  const world = newWorld(size);
  for (const made of jobs) world.submit(made);
  await world.machine.deliver();
  const simple: Simple = { jobs: jobs.length, isClosed: false };
  await fc.asyncModelRun(() => ({ model: simple, real: world }), commands);
  await finish(world);
}

const size = fc.integer({ min: 1, max: 4 });
const jobs = fc.array(madeJob, { minLength: 1, maxLength: 2 });

describe('whatever workers and people do', { retry: 0 }, () => {
  test('each task ends once, and each job once its workers behave', { timeout: 3_600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        size,
        jobs,
        fc.commands(poolCommands, { size: '+1', maxCommands: 60 }),
        (size, jobs, commands) =>
          model(size, jobs, commands, async (world) => {
            await world.settle();
            await world.rest();
            await world.end();
          }),
      ),
      options,
    );
  });

  test('a pool closes at any moment, and nothing is left of it', { timeout: 3_600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        size,
        jobs,
        fc.commands([...poolCommands, fc.constant(close)], { size: '+1', maxCommands: 60 }),
        (size, jobs, commands) => model(size, jobs, commands, (world) => world.end()),
      ),
      options,
    );
  });
});
