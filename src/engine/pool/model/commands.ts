import fc from 'fast-check';
import { retriedOutcomes } from '../../../shared/batch.ts';
import { turn } from './fake-machine.ts';
import type { Ending, FakeWorker, Holding, Loading } from './fake-worker.ts';
import type { MadeJob } from './job-double.ts';
import type { World } from './world.ts';

/** What commands ask whether they can be done now. */
export interface Simple {
  jobs: number;
  isClosed: boolean;
}

export type PoolCommand = fc.AsyncCommand<Simple, World>;

const mostJobs = 3;

class Step implements PoolCommand {
  readonly #what: string;
  readonly #can: (simple: Simple) => boolean;
  readonly #do: (world: World, simple: Simple) => void | Promise<void>;

  constructor(what: string, can: (simple: Simple) => boolean, act: Step['run']) {
    this.#what = what;
    this.#can = can;
    this.#do = (world, simple) => act(simple, world);
  }

  check(simple: Readonly<Simple>): boolean {
    return this.#can(simple);
  }

  async run(simple: Simple, world: World): Promise<void> {
    await this.#do(world, simple);
    await turn();
    world.check();
  }

  toString(): string {
    return this.#what;
  }
}

const ending = fc.constantFrom<Ending>('ok', 'ok', 'ok', 'error');
const holding = fc.constantFrom<Holding>('hears', 'hears', 'ignores', 'blocks');
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

export const madeJob: fc.Arbitrary<MadeJob> = fc.record({
  tasks: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 12 }) },
    { weight: 2, arbitrary: fc.integer({ min: 13, max: 300 }) },
  ),
  atOnce: fc.oneof(fc.constant(1000), fc.integer({ min: 0, max: 20 })),
  encoding: fc.constantFrom('json', 'clone'),
  runtime: fc.constantFrom('a', 'a', 'a', 'b'),
  chunkSize: fc.oneof(fc.constant('auto' as const), fc.integer({ min: 1, max: 10 })),
  concurrency: fc.constantFrom(1, 1, 1, 2, 3),
  workers: seldom(fc.integer({ min: 1, max: 3 })),
  retries: fc.integer({ min: 0, max: 3 }),
  retryOn: seldom(fc.subarray([...retriedOutcomes], { minLength: 1 })),
  retryDelayMs: fc.constantFrom(0, 0, 200, 1000),
  timeoutMs: seldom(fc.constantFrom(200, 1500)),
  timeoutPercent: seldom(fc.constantFrom(150, 1000)),
  hangMs: seldom(fc.constantFrom(2500, 4000)),
  maxTasksPerWorker: seldom(fc.integer({ min: 1, max: 8 })),
  maxWorkerMemoryBytes: seldom(fc.constant(1000)),
  halt: seldom(
    fc.record({
      when: fc.constantFrom('now', 'soon'),
      on: fc.constantFrom('fail', 'success', 'done'),
      limit: fc.oneof(
        fc.record({ unit: fc.constant('tasks' as const), tasks: fc.integer({ min: 1, max: 5 }) }),
        fc.record({ unit: fc.constant('percent' as const), percent: fc.constantFrom(20, 50, 100) }),
      ),
    }),
  ),
  oddEvery: fc.integer({ min: 1, max: 6 }),
  odd: fc.constantFrom('plain', 'plain', 'faulty', 'deadly', 'exits'),
  past: fc.record({
    tasks: fc.constantFrom(0, 0, 0, 2),
    attempts: fc.integer({ min: 1, max: 3 }),
  }),
});

/** One of the workers that are there; none where there are none. */
function pick(world: World, position: number): FakeWorker | undefined {
  const alive = world.machine.present.filter((worker) => !worker.isDead);
  return alive[position % Math.max(1, alive.length)];
}

const always = () => true;
const open = ({ isClosed }: Simple) => !isClosed;
const position = fc.nat({ max: 5 });
const few = fc.integer({ min: 1, max: 4 });

const onWorker = (name: string, args: unknown[], at: number, act: (worker: FakeWorker) => void) =>
  new Step(`${name}(${[at, ...args].map((arg) => JSON.stringify(arg)).join(', ')})`, always, (_, world) => {
    const worker = pick(world, at);
    if (worker) act(worker);
    return Promise.resolve();
  });

const onJob = (name: string, args: unknown[], at: number, act: (world: World, at: number) => void) =>
  new Step(
    `${name}(${[at, ...args].map((arg) => JSON.stringify(arg)).join(', ')})`,
    ({ jobs, isClosed }) => jobs > 0 && !isClosed,
    ({ jobs }, world) => Promise.resolve(act(world, at % jobs)),
  );

const submit = (made: MadeJob) =>
  new Step(
    `submit(${JSON.stringify(made)})`,
    ({ jobs, isClosed }) => jobs < mostJobs && !isClosed,
    (simple, world) => {
      simple.jobs += 1;
      return Promise.resolve(world.submit(made));
    },
  );

const deliver = new Step('deliver', always, (_, world) => world.machine.deliver());

/** Commands, the frequent ones several times. */
export const poolCommands: fc.Arbitrary<PoolCommand>[] = [
  madeJob.map(submit),
  ...Array.from({ length: 4 }, () => fc.constant(deliver)),
  ...Array.from({ length: 5 }, () =>
    fc
      .record({
        at: position,
        held: position,
        end: ending,
        next: fc.array(ending, { maxLength: 6 }),
        hold: holding,
      })
      .map(({ at, held, end, next, hold }) =>
        onWorker('work', [held, end, next, hold], at, (worker) => {
          worker.holding = hold;
          worker.work(held, end, next);
        }),
      ),
  ),
  ...Array.from({ length: 2 }, () =>
    fc.tuple(position, few).map(([at, n]) => onWorker('hear', [n], at, (worker) => worker.hear(n))),
  ),
  ...Array.from({ length: 2 }, () =>
    fc.tuple(position, few).map(([at, n]) => onWorker('tell', [n], at, (worker) => worker.tell(n))),
  ),
  ...Array.from({ length: 3 }, () =>
    fc
      .constantFrom(50, 100, 200, 500, 1200, 2500)
      .map((ms) => new Step(`advance(${ms})`, always, (_, world) => world.machine.advance(ms))),
  ),
  fc
    .tuple(position, fc.constantFrom('SIGKILL', 'SIGSEGV'), fc.nat({ max: 2 }))
    .map(([at, signal, lost]) =>
      onWorker('crash', [signal, lost], at, (worker) => worker.die({ code: null, signal }, lost)),
    ),
  fc
    .tuple(position, fc.nat({ max: 2 }))
    .map(([at, lost]) =>
      onWorker('leave', [lost], at, (worker) => worker.die({ code: 1, signal: null }, lost)),
    ),
  fc
    .tuple(position, position)
    .map(([at, held]) => onWorker('callExit', [held], at, (worker) => worker.callExit(held, 7))),
  fc.tuple(position, fc.boolean()).map(([at, isStopped]) =>
    onWorker('stopped', [isStopped], at, (worker) => {
      worker.isStopped = isStopped;
      worker.wasStopped ||= isStopped;
    }),
  ),
  position.map((at) => onWorker('grow', [], at, (worker) => worker.tellMemory(2000))),
  fc
    .array(
      fc.constantFrom<Loading>(
        'loads',
        'loads',
        'blocks',
        'fails',
        'is stale',
        'exits',
        'is killed',
        'is killed',
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map(
      (loadings) =>
        new Step(`loadings(${loadings})`, always, (_, world) => {
          world.machine.loadings.push(...loadings);
          return Promise.resolve();
        }),
    ),
  ...Array.from({ length: 2 }, () =>
    fc
      .tuple(position, fc.array(fc.nat({ max: 15 }), { minLength: 1, maxLength: 5 }))
      .map(([at, indices]) =>
        onJob('cancelTasks', [indices], at, (world, job) => world.cancelTasks(job, indices)),
      ),
  ),
  position.map((at) => onJob('cancel', [], at, (world, job) => world.cancel(job))),
  fc.tuple(position, fc.boolean()).map(([at, isPaused]) =>
    onJob('pause', [isPaused], at, (world, job) => {
      const { double, handle } = world.jobs[job]!;
      double.isPaused = isPaused;
      if (isPaused) handle.pause();
      else handle.resume();
    }),
  ),
  fc.tuple(position, fc.boolean()).map(([at, full]) =>
    onJob('full', [full], at, (world, job) => {
      const { double, handle } = world.jobs[job]!;
      double.full = full;
      if (!full) handle.poke();
    }),
  ),
  fc.tuple(position, fc.boolean()).map(([at, isObstructed]) =>
    onJob('obstructed', [isObstructed], at, (world, job) => {
      world.jobs[job]!.double.isObstructed = isObstructed;
    }),
  ),
  fc.tuple(position, fc.boolean()).map(([at, isExcused]) =>
    onJob('excused', [isExcused], at, (world, job) => {
      world.jobs[job]!.double.isExcused = isExcused;
    }),
  ),
  fc
    .tuple(position, fc.integer({ min: 1, max: 10 }))
    .map(([at, n]) => onJob('arrive', [n], at, (world, job) => world.jobs[job]!.double.arrive(n))),
  fc.integer({ min: 1, max: 4 }).map(
    (size) =>
      new Step(`size(${size})`, open, (_, world) => {
        world.size = size;
        return Promise.resolve();
      }),
  ),
];

/** Closes the pool; only workers do anything after it. */
export const close = new Step('close', open, (simple, world) => {
  simple.isClosed = true;
  return Promise.resolve(world.close());
});

export const first = madeJob.map(submit);
