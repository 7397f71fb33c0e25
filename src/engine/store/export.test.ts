import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { type TaskQuery, taskQuerySchema } from '../../shared/views.ts';
import { createExports } from '../export/exports.ts';
import { databaseName } from './open.ts';
import type { ExportRow, Store } from './store.ts';
import { anError, commitOf, hostileTexts, newBatch, newFolder, newStore } from './test-store.ts';

async function collect(store: Store, id: number, query: Partial<TaskQuery> = {}): Promise<ExportRow[][]> {
  const slices: ExportRow[][] = [];
  for await (const slice of store.exportRows(id, taskQuerySchema.parse(query))) slices.push(slice);
  return slices;
}

test('rows are whole, in order, and as many as there are', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addInputs(
    id,
    0,
    hostileTexts.map((text) => JSON.stringify(text)).join('\n'),
    hostileTexts.length,
  );
  await store.commit([
    commitOf(id, [{ index: 0, value: hostileTexts }], { worker: 3 }),
    commitOf(id, [{ index: 1, state: 'pending', outcome: 'error', value: anError }]),
    commitOf(id, [{ index: 2, state: 'failed', outcome: 'error', value: anError, attempt: 2, ms: 7 }]),
  ]);
  const rows = (await collect(store, id)).flat();
  expect(rows.map(({ input }) => JSON.parse(input))).toEqual(hostileTexts);
  expect(rows.slice(0, 3)).toEqual([
    {
      index: 0,
      input: '""',
      state: 'succeeded',
      value: JSON.stringify(hostileTexts),
      error: null,
      attempts: 1,
      ms: 1.5,
      startedAt: 1_750_000_000_000.25,
      worker: 3,
    },
    {
      index: 1,
      input: JSON.stringify(hostileTexts[1]),
      state: 'pending',
      value: null,
      error: null,
      attempts: 1,
      ms: null,
      startedAt: null,
      worker: null,
    },
    {
      index: 2,
      input: JSON.stringify(hostileTexts[2]),
      state: 'failed',
      value: null,
      error: anError,
      attempts: 2,
      ms: 7,
      startedAt: 1_750_000_000_000.25,
      worker: 1,
    },
  ]);
});

test('a large batch comes in slices, in the order of any query', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  const count = 10_001;
  await store.addRange(id, 0, 1, count);
  const failed = (index: number) => index % 5 === 2;
  const ended = Array.from({ length: count }, (_, index) =>
    failed(index)
      ? { index, state: 'failed' as const, outcome: 'error' as const, value: anError, ms: index }
      : { index, value: index, ms: count - index },
  );
  await store.commit([commitOf(id, ended)]);
  const slices = await collect(store, id);
  expect(Math.max(...slices.map((slice) => slice.length))).toBeLessThanOrEqual(500);
  expect(slices.flat().map(({ index }) => index)).toEqual(ended.map(({ index }) => index));
  const slowest = (await collect(store, id, { filter: 'failed', sort: 'ms', descending: true })).flat();
  expect(slowest.map(({ index }) => index)).toEqual(
    ended
      .filter(({ index }) => failed(index))
      .map(({ index }) => index)
      .reverse(),
  );
  expect(await collect(store, id, { search: 'not there' })).toEqual([]);
});

test('slices of large values hold few of them', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 0, 1, 9);
  const large = 'x'.repeat(1_500_000);
  await store.commit([
    commitOf(
      id,
      Array.from({ length: 9 }, (_, index) => ({ index, value: large })),
    ),
  ]);
  const slices = await collect(store, id);
  expect(slices.map((slice) => slice.length)).toEqual([2, 2, 2, 2, 1]);
  expect(slices.flat().map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test('an export that is left half way leaves the store as it was', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 0, 1, 9000);
  for await (const slice of store.exportRows(id, taskQuerySchema.parse({}))) {
    expect(slice).toHaveLength(500);
    break;
  }
  expect((await collect(store, id)).flat()).toHaveLength(9000);
});

test('a batch that is not there is said', async () => {
  const store = await newStore();
  await expect(collect(store, 5)).rejects.toMatchObject({ code: 'NO_SUCH_BATCH' });
});

test('exported files of all formats hold what was stored', async () => {
  const data = newFolder();
  const store = await newStore(data);
  const exports = createExports(path.join(data, databaseName), () => Promise.reject(new Error('No report.')));
  const id = await store.createBatch(newBatch());
  const texts = Array.from({ length: 5000 }, (_, index) => `${index} ${hostileTexts[index % 9]}`);
  await store.addInputs(id, 0, texts.map((text) => JSON.stringify(text)).join('\n'), texts.length);
  await store.commit([
    commitOf(
      id,
      texts.map((text, index) => ({ index, value: { text } })),
    ),
  ]);
  const folder = newFolder();
  const exported = async (format: 'csv' | 'json' | 'jsonl') => {
    const file = path.join(folder, `results.${format}`);
    const order = { batch: id, format, query: taskQuerySchema.parse({}) };
    expect(await exports.toFile(order, file)).toBe(5000);
    return readFile(file, 'utf8');
  };
  const lines = (await exported('jsonl')).trimEnd().split('\n');
  const objects = lines.map((line) => JSON.parse(line) as { input: string; value: { text: string } });
  expect(objects.map(({ input }) => input)).toEqual(texts);
  expect(objects.map(({ value }) => value.text)).toEqual(texts);
  expect(JSON.parse(await exported('json'))).toEqual(objects);
  const [header, ...records] = parse(await exported('csv'), { record_delimiter: '\r\n' });
  expect(header).toEqual(['index', 'input', 'status', 'value', 'error', 'attempts', 'ms']);
  expect(records).toEqual(
    texts.map((text, index) => [String(index), text, 'succeeded', JSON.stringify({ text }), '', '1', '1.5']),
  );
});
