import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { taskStates } from '../../shared/task.ts';
import { type TaskPage, type TaskQuery, taskQuerySchema } from '../../shared/views.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';
import { commitOf, type Ended, newBatch } from './test-store.ts';

/** Pages of a large batch against a model of it in plain JavaScript. */

const total = 200_000;
const words = [
  'apple',
  'Übung ÉÉéÑ',
  'naïve "quoted"',
  'C:\\dir\\file',
  '100%',
  'snake_case',
  'two\nlines',
  '日本',
];

interface Model {
  index: number;
  input: unknown;
  state: string;
  result: string | null;
  ms: number | null;
  worker: number | null;
  outcome: string | null;
}

/** What each task is; every third word is a number or an object so that inputs are of all kinds. */
function inputOf(index: number): unknown {
  const word = words[index % words.length]!;
  if (index % 3 === 0) return (index * 7919) % 1000;
  return index % 3 === 1 ? `${word} ${index % 5000}` : { name: word, n: index };
}

function endedOf(index: number): Ended | null {
  const ms = ((index * 104_729) % 10_007) / 16;
  if (index % 1000 === 7 || (index > 150_000 && index % 3 === 0)) return null;
  if (index % 100 === 13) {
    const value = { name: 'TypeError', message: `bad ${words[index % words.length]}`, stack: 'secret place' };
    return { index, state: 'failed', outcome: 'error', value, ms };
  }
  if (index % 500 === 99) return { index, state: 'canceled', outcome: 'canceled', value: null, ms };
  return { index, value: index % 2 === 0 ? `result ${words[index % 7]}` : { n: index }, ms };
}

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function modelOf(index: number): Model {
  const input = inputOf(index);
  const ended = endedOf(index);
  if (!ended) return { index, input, state: 'pending', result: null, ms: null, worker: null, outcome: null };
  const state = ended.state ?? 'succeeded';
  const error = ended.value as { name: string; message: string } | null;
  const result =
    state === 'succeeded' ? shown(ended.value) : error ? `${error.name}: ${error.message}` : null;
  const worker = 1 + (Math.floor(index / 1000) % 3);
  return { index, input, state, result, ms: ended.ms ?? null, worker, outcome: ended.outcome ?? 'ok' };
}

const model = Array.from({ length: total }, (_, index) => modelOf(index));

/** The rows that match, as the documentation of `TaskQuery` has it. */
function expected({ filter, search, sort, descending }: TaskQuery): Model[] {
  const wanted = search.toLowerCase();
  const rows = model.filter(
    (row) =>
      (filter === 'all' || row.state === filter) &&
      (shown(row.input).toLowerCase().includes(wanted) || row.result?.toLowerCase().includes(wanted)),
  );
  const direction = descending ? -1 : 1;
  return rows.sort((a, b) => {
    if (sort === 'index') return direction * (a.index - b.index);
    if (sort === 'input') return direction * compareInputs(a.input, b.input) || a.index - b.index;
    if (sort === 'state') return direction * (stateOrder(a) - stateOrder(b)) || a.index - b.index;
    const [x, y] = [a[sort], b[sort]];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || a.index - b.index;
    return direction * (x - y) || a.index - b.index;
  });
}

const stateOrder = ({ state }: Model) => (taskStates as readonly string[]).indexOf(state);

/** Numbers by value before all else; then JSON texts, without regard to the case of ASCII letters. */
function compareInputs(a: unknown, b: unknown): number {
  if (typeof a === 'number' || typeof b === 'number') {
    if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
    return Number(a) - Number(b);
  }
  return Buffer.compare(sortKey(a), sortKey(b));
}

const sortKeys = new Map<unknown, Buffer>();
function sortKey(value: unknown): Buffer {
  const known = sortKeys.get(value);
  if (known) return known;
  const key = Buffer.from(JSON.stringify(value).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()));
  sortKeys.set(value, key);
  return key;
}

const folder = mkdtempSync(path.join(tmpdir(), 'poolboard-store-'));
let store: Store;
let id: number;

beforeAll(async () => {
  store = await openStore(folder);
  // Batches before and after it, that must not be seen.
  const before = await store.createBatch(newBatch());
  id = await store.createBatch(
    newBatch({ spec: { ...newBatch().spec, inputs: { kind: 'list', values: [] } } }),
  );
  const after = await store.createBatch(newBatch());
  for (const batch of [before, after]) {
    await store.addInputs(batch, 0, '"apple"\n"apple"', 2);
    await store.commit([commitOf(batch, [{ index: 0, value: 'apple' }])]);
  }
  for (let first = 0; first < total; first += 1000) {
    const indices = Array.from({ length: 1000 }, (_, offset) => first + offset);
    await store.addInputs(id, first, indices.map((index) => JSON.stringify(inputOf(index))).join('\n'), 1000);
    const ended = indices.map(endedOf).filter((task) => task !== null);
    await store.commit([commitOf(id, ended, { worker: 1 + (Math.floor(first / 1000) % 3) })]);
  }
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

async function check(input: Partial<TaskQuery>): Promise<number> {
  const query = taskQuerySchema.parse(input);
  const rows = expected(query);
  for (const from of [0, 37, Math.floor(rows.length / 2), Math.max(0, rows.length - 20), rows.length + 5]) {
    const page = await store.page(id, query, from, 40);
    expect(page).toMatchObject({ batch: id, from, total: rows.length });
    expect(page.rows.map(({ index }) => index)).toEqual(
      rows.slice(from, from + 40).map(({ index }) => index),
    );
    for (const row of page.rows) {
      const { input, state, result, ms, worker, outcome } = model[row.index]!;
      expect(row).toEqual({
        index: row.index,
        input: shown(input),
        state,
        startedAt: ms === null ? null : 1_750_000_000_000.25,
        ms,
        worker,
        attempts: ms === null ? 0 : 1,
        outcome,
        how: null,
        retry: null,
        result,
        progress: null,
      });
    }
  }
  return rows.length;
}

const sorts = ['index', 'input', 'state', 'ms', 'worker'] as const;

test.each(sorts.flatMap((sort) => [false, true].map((descending) => ({ sort, descending }))))(
  'all tasks by $sort, descending $descending',
  async (query) => {
    expect(await check(query)).toBe(total);
  },
);

test.each(['pending', 'succeeded', 'failed', 'canceled'] as const)(
  'the tasks that are %s',
  async (filter) => {
    expect(await check({ filter })).toBeGreaterThan(300);
    await check({ filter, descending: true });
    await check({ filter, sort: 'input' });
    await check({ filter, sort: 'ms', descending: true, search: 'A' });
  },
);

test.each(['running', 'skipped'] as const)('there are none that are %s', async (filter) => {
  expect(await check({ filter })).toBe(0);
});

test.each([
  'apple',
  'APPLE 1',
  'übung',
  'éÉ',
  'éÑ 1',
  'ÜBUNG',
  '日本',
  'ÜBung',
  'naïve "q',
  'r\\F',
  '%',
  '_case',
  'o\nl',
  'typeerror: BAD snake',
  'error: b',
  'Bad Snake_',
  'e_C',
  '1999',
  '"n":1999',
  'null',
])('a search for %j is a search through inputs, results and errors', async (search) => {
  const found = await check({ search });
  expect(found).toBeGreaterThan(search === 'null' ? -1 : 0);
  expect(found).toBeLessThan(total);
});

test('a search finds nothing in what is not shown, nor across batches', async () => {
  expect(await check({ search: 'secret place' })).toBe(0);
  expect(await check({ search: '"name":"TypeError"' })).toBe(0);
});

test('a text is found in rows of JSON that escape it without need', async () => {
  const inputs = { kind: 'rows' as const, file: '/data/rows.jsonl' };
  const rows = await store.createBatch(newBatch({ spec: { ...newBatch().spec, inputs } }));
  await store.addInputs(rows, 0, ['"\\u0041pple\\/pie"', '"apple/pie"', '"pear"'].join('\n'), 3);
  await store.commit([commitOf(rows, [{ index: 2, value: 'no apple/pie' }])]);
  for (const [search, found] of [
    ['apple/pie', [0, 1, 2]],
    ['pear', [2]],
    ['u0041', []],
  ] as const) {
    const page = await store.page(rows, taskQuerySchema.parse({ search }), 0, 10);
    expect(page.rows.map(({ index }) => index)).toEqual(found);
  }
});

test('the middle of an order of tasks that have all ended', async () => {
  const all = await store.createBatch(newBatch());
  const count = 30_000;
  const indices = Array.from({ length: count }, (_, index) => index);
  const ms = (index: number) => (index * 7919) % 1009;
  await store.addInputs(all, 0, indices.join('\n'), count);
  await store.commit([
    commitOf(
      all,
      indices.map((index) => ({ index, value: index, ms: ms(index) })),
    ),
  ]);
  for (const descending of [false, true]) {
    const query = taskQuerySchema.parse({ sort: 'ms', descending });
    const sign = descending ? -1 : 1;
    const order = indices.toSorted((a, b) => sign * (ms(a) - ms(b)) || a - b);
    const page = await store.page(all, query, 15_000, 50);
    expect(page.rows.map(({ index }) => index)).toEqual(order.slice(15_000, 15_050));
    expect(page.total).toBe(count);
  }
});

/** Asks until the answer is whole; what came before it. */
async function asked(input: Partial<TaskQuery>, from: number, count: number) {
  const query = taskQuerySchema.parse(input);
  const before: (TaskPage | null)[] = [];
  for (;;) {
    const page = await store.pageWithin(id, query, from, count, 1);
    if (page && !page.counting) return { before, page };
    before.push(page);
  }
}

test.each<Partial<TaskQuery>>([
  { search: 'apple' },
  { search: 'apple', descending: true },
  { search: 'übung', filter: 'succeeded' },
  { search: 'bad', filter: 'failed' },
  { search: 'apple', sort: 'ms', descending: true },
  { sort: 'ms' },
  { sort: 'worker', descending: true },
  { sort: 'input', descending: true },
  { sort: 'input', search: 'apple' },
  { filter: 'succeeded', descending: true },
])('the answer to %j is the same in many small steps', async (query) => {
  const rows = expected(taskQuerySchema.parse(query));
  for (const from of [0, Math.floor(rows.length / 2), rows.length - 10]) {
    const { page } = await asked(query, from, 40);
    expect(page.rows.map(({ index }) => index)).toEqual(
      rows.slice(from, from + 40).map(({ index }) => index),
    );
    expect(page).toEqual({ batch: id, from, total: rows.length, rows: expect.anything() });
  }
});

test('the first rows of a search come before all are counted, and stay', async () => {
  const rows = expected(taskQuerySchema.parse({ search: 'result apple' }));
  const { before } = await asked({ search: 'result apple' }, 0, 20);
  const early = before.filter((page) => page !== null);
  expect(early.length).toBeGreaterThan(0);
  let counted = 0;
  for (const page of early) {
    expect(page.rows.map(({ index }) => index)).toEqual(rows.slice(0, 20).map(({ index }) => index));
    expect(page.total).toBeGreaterThanOrEqual(counted);
    expect(page.total).toBeLessThanOrEqual(rows.length);
    counted = page.total;
  }
});

test('another question is answered while a long one is not through', async () => {
  const search = taskQuerySchema.parse({ search: 'found nowhere at all' });
  expect(await store.pageWithin(id, search, 0, 40, 1)).toBeNull();
  const sort = taskQuerySchema.parse({ sort: 'input', filter: 'succeeded' });
  expect(await store.pageWithin(id, sort, 5000, 40, 1)).toBeNull();
  expect(await store.pageWithin(id, taskQuerySchema.parse({}), 0, 40, 1)).toMatchObject({ total });
});

test('the rest of an ended batch is found under its state', async () => {
  const other = await store.createBatch(newBatch());
  await store.addInputs(other, 0, '"a"\n"b"\n"c"\n"d"', 4);
  await store.commit([
    commitOf(other, [{ index: 1, state: 'canceled', outcome: 'canceled', attempt: 0 }, { index: 2 }]),
  ]);
  await store.updateBatch(other, { rest: 'canceled' });
  const page = async (query: Partial<TaskQuery>) => {
    const { rows, total } = await store.page(other, taskQuerySchema.parse(query), 0, 10);
    expect(rows).toHaveLength(total);
    return rows.map(({ input, state }) => `${input} ${state}`);
  };
  expect(await page({ filter: 'canceled' })).toEqual(['a canceled', 'b canceled', 'd canceled']);
  expect(await page({ filter: 'pending' })).toEqual([]);
  expect(await page({ sort: 'state', descending: true })).toEqual([
    'a canceled',
    'b canceled',
    'd canceled',
    'c succeeded',
  ]);
});

test('pages follow the results of a batch that runs', async () => {
  const other = await store.createBatch(newBatch());
  await store.addRange(other, 0, 1, 100);
  const pending = taskQuerySchema.parse({ filter: 'pending' });
  const slow = taskQuerySchema.parse({ sort: 'ms', descending: true });
  for (let index = 0; index < 50; index++) {
    await store.commit([commitOf(other, [{ index: (index * 37) % 100, ms: index + 1 }])]);
    const { rows, total } = await store.page(other, pending, 0, 100);
    expect(total).toBe(99 - index);
    expect(rows).toHaveLength(99 - index);
    expect((await store.page(other, slow, 0, 1)).rows[0]?.ms).toBe(index + 1);
  }
});

test('a page of huge texts holds their beginnings', async () => {
  const other = await store.createBatch(newBatch());
  const huge = 'é'.repeat(20_000_000);
  await store.addInputs(other, 0, JSON.stringify(huge), 1);
  await store.commit([commitOf(other, [{ index: 0, value: [huge] }])]);
  const { rows } = await store.page(other, taskQuerySchema.parse({}), 0, 10);
  expect(rows[0]).toMatchObject({ input: `${'é'.repeat(200)}…`, result: `["${'é'.repeat(198)}…` });
});
