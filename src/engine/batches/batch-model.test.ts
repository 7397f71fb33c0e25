import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type BatchSpecInput, type BatchState, type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { BatchId } from '../../shared/task.ts';
import type { Engine } from '../api.ts';
import { createEngine } from '../create-engine.ts';
import { FakeMachine, turn } from '../pool/model/fake-machine.ts';
import type { Ending, FakeWorkerListener, Nature } from '../pool/model/fake-worker.ts';
import type { ExportRow, Store } from '../store/store.ts';

const programs = vi.hoisted(() => ({ store: null as unknown, alive: new Set<string>(), last: 0 }));

vi.mock('../store/open.ts', async (original) => ({
  ...(await original<object>()),
  openStore: () => Promise.resolve(programs.store),
}));
// Programs that end, in one process: each has its owner, and is alive until it is dropped.
vi.mock('./owner.ts', async (original) => ({
  ...(await original<object>()),
  holdOwner: () => {
    const owner = `program ${++programs.last}`;
    programs.alive.add(owner);
    return { owner, release: () => programs.alive.delete(owner) };
  },
  isAlive: (owner: string) => programs.alive.has(owner),
}));

/** POOLBOARD_MODEL_RUNS: so many runs; POOLBOARD_MODEL_SEED: the same ones again. */
const runs = Number(process.env.POOLBOARD_MODEL_RUNS ?? 25);
const seed = process.env.POOLBOARD_MODEL_SEED;

/** The states that a batch may be in after each, as the store has them. */
const edges: Record<BatchState, readonly BatchState[]> = {
  queued: ['running', 'paused', 'closing', 'completed', 'canceled', 'interrupted'],
  running: ['paused', 'closing', 'completed', 'canceled', 'interrupted'],
  paused: ['running', 'closing', 'completed', 'canceled', 'interrupted'],
  closing: ['completed', 'canceled', 'interrupted'],
  // By `retry` only.
  completed: ['running'],
  // By `retry` and by `resume`.
  canceled: ['running'],
  interrupted: ['running'],
};
const endStates: readonly BatchState[] = ['completed', 'canceled', 'interrupted'];

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolboard-model-'));
  const { openStore } = await vi.importActual<typeof import('../store/open.ts')>('../store/open.ts');
  store = await openStore(folder);
  vi.useFakeTimers({
    now: 1_750_000_000_000,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
});
afterAll(async () => {
  vi.useRealTimers();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const writes = [
  'createBatch',
  'updateBatch',
  'claim',
  'addInputs',
  'addRange',
  'commit',
  'addOutput',
  'reopen',
];

/** The store as one program sees it: it refuses for a while, and answers nobody who is dead. */
class ProgramsStore {
  isFull = false;
  isDead = false;
  readonly pending = new Set<Promise<unknown>>();
  readonly store: Store;
  readonly #moved: (id: BatchId, state: BatchState) => void;

  /** @param moved told of each state that is written. */
  constructor(moved: (id: BatchId, state: BatchState) => void) {
    this.#moved = moved;
    this.store = new Proxy(store, {
      get: (target, name: keyof Store) => {
        if (typeof target[name] !== 'function') return undefined;
        if (name === 'close') return () => Promise.resolve();
        if (name === 'exportRows') return target.exportRows.bind(target);
        return (...args: unknown[]) => this.#ask(name, args, () => (target[name] as Ask)(...args));
      },
    });
  }

  #ask(name: string, args: unknown[], ask: () => Promise<unknown>): Promise<unknown> {
    if (this.isDead) return new Promise(() => {});
    if (this.isFull && writes.includes(name))
      return Promise.reject(new PoolboardError('STORE_FULL', 'The disk is full.'));
    // What was handed over is done, also where nobody hears of it any more.
    const asked = ask();
    this.pending.add(asked);
    const done = () => this.pending.delete(asked);
    asked.then(done, done);
    const [id, change] = args as [BatchId, { state?: BatchState }];
    if (name === 'updateBatch' && change.state)
      asked.then(
        () => this.#moved(id, change.state!),
        () => {},
      );
    return asked.then(
      (answer) => (this.isDead ? new Promise(() => {}) : answer),
      (error) => (this.isDead ? new Promise(() => {}) : Promise.reject(error)),
    );
  }
}
type Ask = (...args: unknown[]) => Promise<unknown>;

/** What has been told of a batch, and so what has to be in the store. */
class BatchBook {
  readonly id: BatchId;
  readonly spec: BatchSpecInput;
  /** As the store had it last, and as it was told last: the disk may be behind. */
  readonly states: Record<'stored' | 'told', BatchState> = { stored: 'queued', told: 'queued' };
  /** Ends that were told since their task was opened, as `state value`. */
  readonly told = new Map<number, string>();

  constructor(id: BatchId, spec: BatchSpecInput) {
    this.id = id;
    this.spec = spec;
  }
}

/** One program after another on one store, and all that must hold of the batches in it. */
class World implements FakeWorkerListener {
  machine!: FakeMachine;
  engine!: Engine;
  disk!: ProgramsStore;
  readonly books = new Map<BatchId, BatchBook>();
  readonly wrongs: string[] = [];
  #nature: Nature = 'plain';
  #program = 0;

  async start(): Promise<void> {
    this.#program += 1;
    this.machine = new FakeMachine(this);
    this.disk = new ProgramsStore((id, state) => {
      const book = this.books.get(id);
      if (book) this.#moved(book, 'stored', state);
    });
    programs.store = this.disk.store;
    this.engine = await createEngine({
      dataDir: folder,
      launcher: this.machine.launcher,
      poolSize: 2,
      battery: () => () => {},
    });
    this.engine.on((event) => {
      if (event.type === 'batch') this.#summary(event.batch);
    });
    await this.calm();
  }

  get ids(): BatchId[] {
    return [...this.books.keys()];
  }

  /** Asks the engine for something, which may say no for reasons that people are told of. */
  ask(what: string, ask: () => Promise<unknown>): void {
    const fine = [
      'STORE_FULL',
      'NOT_RUNNING',
      'STILL_RUNNING',
      'NOTHING_TO_RESUME',
      'NOTHING_TO_RETRY',
      'CANCELED',
    ];
    const program = this.#program;
    ask().catch((error: unknown) => {
      if (error instanceof PoolboardError && fine.includes(error.code)) return;
      if (program === this.#program) this.wrongs.push(`${what}: ${String(error)}`);
    });
  }

  submit(spec: BatchSpecInput): void {
    this.ask('submit', async () => {
      let book: BatchBook | null = null;
      const early: ExportRow[] = [];
      const { id } = await this.engine.submit(spec, {
        onResults: (rows) => (book ? this.results(book, rows) : early.push(...rows)),
      });
      book = new BatchBook(id, spec);
      this.books.set(id, book);
      this.results(book, early);
    });
  }

  resume(id: BatchId): void {
    const book = this.books.get(id)!;
    this.ask('resume', () => this.engine.resume(id, { onResults: (rows) => this.results(book, rows) }));
  }

  retry(id: BatchId, tasks: number[] | 'unsuccessful'): void {
    const book = this.books.get(id)!;
    this.ask('retry', async () => {
      const before = new Map(book.told);
      const selection = tasks === 'unsuccessful' ? tasks : { indices: tasks };
      // Those that are opened are told of again.
      for (const [index, told] of before) {
        const isOpened = tasks === 'unsuccessful' ? !told.startsWith('succeeded') : tasks.includes(index);
        if (isOpened) book.told.delete(index);
      }
      try {
        await this.engine.retry(id, selection, { onResults: (rows) => this.results(book, rows) });
      } catch (error) {
        if (error instanceof PoolboardError && error.code !== 'STORE_FULL')
          for (const [index, told] of before) book.told.set(index, told);
        throw error;
      }
    });
  }

  results(book: BatchBook, rows: ExportRow[]): void {
    for (const row of rows) {
      const before = book.told.get(row.index);
      if (before !== undefined)
        this.wrongs.push(`batch ${book.id}: task ${row.index} is ${row.state}, and was told as ${before}`);
      book.told.set(row.index, `${row.state} ${row.value}`);
    }
  }

  /** The program ends without a word. */
  async die(): Promise<void> {
    this.disk.isDead = true;
    for (const worker of this.machine.workers) worker.die({ code: 1, signal: null });
    await this.calm();
    programs.alive.clear();
    vi.clearAllTimers();
    for (const { states } of this.books.values()) {
      if (!hasEnded(states.stored)) states.stored = 'interrupted';
      states.told = states.stored;
    }
    await this.start();
  }

  /** The program is closed as it should be. */
  async shut(): Promise<void> {
    let isClosed = false;
    void this.engine.close().then(() => {
      isClosed = true;
    });
    for (let step = 0; step < 100 && !isClosed; step++) {
      await this.calm();
      await this.machine.advance(100);
    }
    if (!isClosed) throw new Error('The engine does not close.');
    for (const id of this.ids) {
      const { state, owner } = (await store.getBatch(id))!;
      const isMine = owner === `program ${programs.last}`;
      if (isMine && !hasEnded(state) && !this.disk.isFull)
        this.wrongs.push(`batch ${id} is ${state} after the end`);
    }
    programs.alive.clear();
    this.disk.isDead = true;
    vi.clearAllTimers();
    for (const { states } of this.books.values()) {
      if (!hasEnded(states.stored)) states.stored = 'interrupted';
      states.told = states.stored;
    }
    await this.start();
  }

  /** Until nothing is under way, between processes and to the disk. */
  async calm(): Promise<void> {
    let quiet = 0;
    while (quiet < 3) {
      await this.machine.deliver();
      if (this.disk.pending.size === 0) quiet += 1;
      else quiet = 0;
      await Promise.allSettled([...this.disk.pending]);
      await turn();
    }
  }

  /** Looks at what the store holds of all batches. */
  async check(): Promise<void> {
    for (const book of this.books.values()) {
      const stored = (await store.getBatch(book.id))!;
      const isRun = hasEnded(stored.state) || programs.alive.has(stored.owner);
      this.#moved(book, 'stored', isRun ? stored.state : 'interrupted');
      const sum = Object.values(stored.counts).reduce((a, b) => a + b, 0);
      if (sum !== stored.total && stored.enumerated)
        this.wrongs.push(`batch ${book.id}: ${JSON.stringify(stored.counts)} is not ${stored.total}`);
      const live = await this.engine.get(book.id);
      // What cannot be written yet is told already.
      if (!hasEnded(live.state) || this.disk.isFull) continue;
      for (const state of ['succeeded', 'failed', 'canceled', 'skipped', 'pending'] as const) {
        if (live.counts[state] !== stored.counts[state])
          this.wrongs.push(
            `batch ${book.id}: ${live.counts[state]} ${state}, ${stored.counts[state]} stored`,
          );
      }
    }
    this.fail();
  }

  /** What was told is in the store, as it was told. */
  async checkResults(): Promise<void> {
    for (const book of this.books.values()) {
      const rows = new Map<number, string>();
      const query = { filter: 'all', search: '', sort: 'index', descending: false } as const;
      for await (const slice of store.exportRows(book.id, query))
        for (const row of slice) rows.set(row.index, `${row.state} ${row.value}`);
      const { counts, enumerated } = (await store.getBatch(book.id))!;
      for (const state of ['succeeded', 'failed', 'canceled', 'skipped'] as const) {
        const count = [...rows.values()].filter((row) => row.startsWith(state)).length;
        if (count !== counts[state] && enumerated)
          this.wrongs.push(`batch ${book.id}: ${count} tasks are ${state}, ${counts[state]} are counted`);
      }
      for (const [index, told] of book.told) {
        if (rows.get(index) !== told)
          this.wrongs.push(`batch ${book.id}: task ${index} was told as ${told} and is ${rows.get(index)}`);
      }
    }
    this.fail();
  }

  /** Nothing is in the way and all workers behave: what runs ends. */
  async settle(): Promise<void> {
    this.disk.isFull = false;
    for (let step = 0; step < 300; step++) {
      for (const worker of this.machine.present) {
        worker.isQuick = true;
        while (worker.held.length > 0) worker.work(0, 'ok', []);
      }
      await this.calm();
      const summaries = await Promise.all(this.ids.map((id) => this.engine.get(id)));
      for (const { id, state } of summaries) if (state === 'paused') this.resume(id);
      if (summaries.every(({ state }) => hasEnded(state)) && this.disk.pending.size === 0) return;
      await this.machine.advance(200);
    }
    const open = await Promise.all(this.ids.map((id) => this.engine.get(id)));
    throw new Error(`Not ended: ${JSON.stringify(open.map(({ id, state, counts }) => [id, state, counts]))}`);
  }

  fail(): void {
    if (this.wrongs.length > 0) throw new Error(this.wrongs.join('\n'));
  }

  #summary({ id, state, counts, total, notice }: BatchSummary): void {
    const sum = Object.values(counts).reduce((a, b) => a + b, 0);
    if (sum !== total || Object.values(counts).some((count) => count < 0))
      this.wrongs.push(`batch ${id} is told as ${JSON.stringify(counts)} of ${total}`);
    const book = this.books.get(id);
    if (book && notice === null) this.#moved(book, 'told', state);
  }

  #moved(book: BatchBook, whose: 'stored' | 'told', state: BatchState): void {
    const before = book.states[whose];
    if (before === state) return;
    if (!edges[before].includes(state))
      this.wrongs.push(`batch ${book.id} was ${before} and is ${whose} as ${state}`);
    book.states[whose] = state;
  }

  // --- what workers tell ---------------------------------------------------------------------------------

  sent(): void {}
  heard(): void {}
  telling(): void {}
  gone(): void {}
  started(): void {}

  natureOf(_: number, index: number): Nature {
    return index % 5 === 4 ? this.#nature : 'plain';
  }

  set nature(nature: Nature) {
    this.#nature = nature;
  }
}

interface Simple {
  batches: number;
}

const mostBatches = 3;

class Step implements fc.AsyncCommand<Simple, World> {
  readonly #what: string;
  readonly #act: (world: World) => unknown;

  constructor(what: string, act: (world: World) => unknown) {
    this.#what = what;
    this.#act = act;
  }

  check({ batches }: Readonly<Simple>): boolean {
    return !this.#submits || batches < mostBatches;
  }

  async run(simple: Simple, world: World): Promise<void> {
    if (this.#submits) simple.batches += 1;
    await this.#act(world);
    await world.calm();
    await world.check();
  }

  get #submits(): boolean {
    return this.#what.startsWith('submit');
  }

  toString(): string {
    return this.#what;
  }
}

const spec: fc.Arbitrary<BatchSpecInput> = fc
  .record({
    count: fc.integer({ min: 1, max: 12 }),
    isRange: fc.boolean(),
    chunkSize: fc.constantFrom('auto' as const, 1, 3),
    concurrency: fc.constantFrom(1, 1, 2),
    retries: fc.constantFrom(0, 0, 2),
    halt: fc.constantFrom(undefined, undefined, undefined, {
      when: 'soon' as const,
      on: 'fail' as const,
      limit: { unit: 'tasks' as const, tasks: 1 },
    }),
  })
  .map(({ count, isRange, ...options }) => ({
    definition: { kind: 'module', file: '/task.js' },
    inputs: isRange
      ? { kind: 'range', from: 0, to: count, step: 1 }
      : { kind: 'list', values: Array.from({ length: count }, (_, i) => `value ${i}`) },
    options: { ...options, retryDelayMs: 0, workers: 2 },
  }));

const position = fc.nat({ max: 3 });
const ending = fc.constantFrom<Ending>('ok', 'ok', 'error');
const onBatch = (name: string, at: number, act: (world: World, id: BatchId) => void, more: unknown = '') =>
  new Step(`${name}(${at}${more === '' ? '' : `, ${JSON.stringify(more)}`})`, (world) => {
    const { ids } = world;
    if (ids.length > 0) act(world, ids[at % ids.length]!);
  });

const twice = <T>(arbitrary: T) => [arbitrary, arbitrary];
const commands = fc.commands(
  [
    spec.map((made) => new Step(`submit(${JSON.stringify(made)})`, (world) => world.submit(made))),
    ...twice(
      fc.tuple(position, position, ending, fc.array(ending, { maxLength: 5 })).map(
        ([at, held, end, next]) =>
          new Step(`work(${at}, ${held}, ${end}, [${next}])`, ({ machine }) => {
            const alive = machine.present.filter(({ isDead }) => !isDead);
            alive[at % Math.max(1, alive.length)]?.work(held, end, next);
          }),
      ),
    ),
    ...twice(
      fc
        .constantFrom(100, 500, 2100)
        .map((ms) => new Step(`advance(${ms})`, (world) => world.machine.advance(ms))),
    ),
    position.map(
      (at) =>
        new Step(`crash(${at})`, ({ machine }) => {
          const alive = machine.present.filter(({ isDead }) => !isDead);
          alive[at % Math.max(1, alive.length)]?.die({ code: null, signal: 'SIGKILL' });
        }),
    ),
    position.map((at) => onBatch('pause', at, (world, id) => ask(world, world.engine.pause(id)))),
    position.map((at) => onBatch('resume', at, (world, id) => world.resume(id))),
    position.map((at) => onBatch('close', at, (world, id) => ask(world, world.engine.closeBatch(id)))),
    position.map((at) => onBatch('cancel', at, (world, id) => ask(world, world.engine.cancel(id)))),
    fc
      .tuple(position, fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 3 }))
      .map(([at, indices]) =>
        onBatch(
          'cancelTasks',
          at,
          (world, id) => ask(world, world.engine.cancelTasks(id, { indices })),
          indices,
        ),
      ),
    position.map((at) => onBatch('retry', at, (world, id) => world.retry(id, 'unsuccessful'))),
    fc
      .tuple(position, fc.uniqueArray(fc.nat({ max: 11 }), { minLength: 1, maxLength: 3 }))
      .map(([at, indices]) => onBatch('retry', at, (world, id) => world.retry(id, indices), indices)),
    position.map((at) =>
      onBatch('resumeTwice', at, (world, id) => {
        world.resume(id);
        world.resume(id);
      }),
    ),
    position.map((at) =>
      onBatch('retryAndResume', at, (world, id) => {
        world.retry(id, 'unsuccessful');
        world.resume(id);
      }),
    ),
    fc.boolean().map(
      (isFull) =>
        new Step(`full(${isFull})`, ({ disk }) => {
          disk.isFull = isFull;
        }),
    ),
    fc.constant(new Step('die', (world) => world.die())),
    fc.constant(new Step('shut', (world) => world.shut())),
  ],
  { size: '+1', maxCommands: 40 },
);

/** A call that may be refused. */
function ask(world: Pick<World, 'wrongs'>, asked: Promise<unknown>): void {
  asked.catch((error: unknown) => {
    if (error instanceof PoolboardError && ['NOT_RUNNING', 'STORE_FULL'].includes(error.code)) return;
    world.wrongs.push(String(error));
  });
}

describe('whatever happens to programs and disks', { retry: 0 }, () => {
  test('batches move along the edges, and nothing that was told is lost', {
    timeout: 3_600_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        spec,
        fc.constantFrom<Nature>('plain', 'plain', 'faulty', 'deadly'),
        commands,
        async (first, nature, steps) => {
          vi.clearAllTimers();
          programs.alive.clear();
          const world = new World();
          world.nature = nature;
          await world.start();
          world.submit(first);
          await world.calm();
          await fc.asyncModelRun(() => ({ model: { batches: 1 }, real: world }), steps);
          await world.settle();
          await world.check();
          await world.checkResults();
          // What was interrupted or canceled can be finished, and then all of it has ended.
          for (const id of world.ids) world.resume(id);
          await world.calm();
          await world.settle();
          await world.checkResults();
          for (const id of world.ids) {
            const { state, counts } = await world.engine.get(id);
            expect(endStates).toContain(state);
            expect({ id, state, left: counts.pending + counts.running }).toEqual({ id, state, left: 0 });
          }
          await world.shut();
          world.fail();
        },
      ),
      { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) },
    );
  });
});
