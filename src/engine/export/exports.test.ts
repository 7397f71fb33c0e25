import { createReadStream } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import type { BatchSummary } from '../../shared/batch.ts';
import { resultQuerySchema } from '../../shared/contract/results.ts';
import { toColumn } from '../../shared/json-column.ts';
import { taskQuerySchema } from '../../shared/views.ts';
import { enumerate } from '../inputs/enumerate.ts';
import { columnId } from '../results/column-id.ts';
import { databaseName } from '../store/open.ts';
import { commitOf, newBatch, newFolder, newStore } from '../store/test-store.ts';
import { createExports } from './exports.ts';
import type { ExportOrder } from './order.ts';
import { hostileTexts } from './test-rows.ts';

/** A store with one batch of these results (undefined: failed), and what exports it. */
async function batchOf(values: unknown[], inputs: unknown[] = values.map((_, index) => index)) {
  const folder = newFolder();
  const store = await newStore(folder);
  const batch = await store.createBatch(newBatch());
  await store.addInputs(batch, 0, toColumn(inputs), inputs.length);
  await store.commit([
    commitOf(
      batch,
      values.map((value, index) =>
        value === undefined
          ? { index, state: 'failed', outcome: 'error', value: { name: 'Error', message: '=no <b>way</b>' } }
          : { index, value },
      ),
    ),
  ]);
  const { columns } = await store.resultColumns(batch);
  const summary = {
    ...{
      id: batch,
      name: 'a <script> & "batch"',
      state: 'completed',
      total: values.length,
      spec: newBatch().spec,
    },
    ...{
      counts: (await store.getBatch(batch))!.counts,
      createdAt: 1,
      startedAt: 1,
      endedAt: 2001,
      rate: 5,
      busy: 0.5,
    },
    ...{ error: null, warnings: [] },
  } as unknown as BatchSummary;
  const exports = createExports(path.join(folder, databaseName), async () => ({
    ...{ batch: summary, madeAt: 3000, charts: null, timeline: null, errors: null, columns },
  }));
  const file = (format: string) => path.join(folder, `out.${format}`);
  const all = (format: ExportOrder['format'], more: Partial<ExportOrder> = {}): ExportOrder => ({
    ...{ batch, format, query: taskQuerySchema.parse({}), ...more },
  });
  const written = async (format: ExportOrder['format'], more: Partial<ExportOrder> = {}) => {
    await exports.toFile(all(format, more), file(format));
    return file(format);
  };
  return { store, batch, folder, exports, columns, file, all, written };
}

const of = (...keys: string[]) => columnId({ of: 'value', keys });

async function parquetRows(file: string) {
  return await parquetReadObjects({ file: await asyncBufferFromFile(file) });
}

/** The rows of a workbook, as tasks get them. */
async function workbookRows(file: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const block of enumerate({ kind: 'rows', file }, { warn: () => {} })) {
    rows.push(...block.inputs.split('\n').map((text) => JSON.parse(text) as unknown));
  }
  return rows;
}

const typed = [
  {
    whole: 1,
    fraction: 0.5,
    ok: true,
    at: '2026-01-02T03:04:05.678Z',
    day: '2026-01-02',
    text: 'é😀',
    list: [1, { a: 2 }],
  },
  {
    whole: -(2 ** 40),
    fraction: 1e-9,
    ok: false,
    at: '2026-01-02 03:04:05+02:00',
    day: null,
    text: '=1+1',
    list: null,
  },
  undefined,
];

test('Parquet comes back with its types', async () => {
  const { written } = await batchOf(typed);
  const rows = await parquetRows(await written('parquet'));
  expect(rows).toEqual([
    {
      ...{ index: 0n, input: 0n, status: 'succeeded', whole: 1n, fraction: 0.5, ok: true, text: 'é😀' },
      ...{ at: new Date('2026-01-02T03:04:05.678Z'), day: new Date('2026-01-02'), list: [1, { a: 2 }] },
      ...{ error: null, attempts: 1n, ms: 1.5 },
    },
    {
      ...{
        index: 1n,
        input: 1n,
        status: 'succeeded',
        whole: -(2n ** 40n),
        fraction: 1e-9,
        ok: false,
        text: '=1+1',
      },
      ...{ at: new Date('2026-01-02T01:04:05Z'), day: null, list: null, error: null, attempts: 1n, ms: 1.5 },
    },
    {
      ...{
        index: 2n,
        input: 2n,
        status: 'failed',
        whole: null,
        fraction: null,
        ok: null,
        text: null,
        at: null,
      },
      ...{ day: null, list: null, error: 'Error: =no <b>way</b>', attempts: 1n, ms: 1.5 },
    },
  ]);
});

test('Parquet is written in groups of rows, and has all of them', async () => {
  const { written } = await batchOf(Array.from({ length: 60_000 }, (_, index) => ({ n: index / 2 })));
  const file = await written('parquet');
  const metadata = await parquetMetadataAsync(await asyncBufferFromFile(file));
  expect(metadata.row_groups.map(({ num_rows }) => num_rows)).toEqual([50_000n, 10_000n]);
  const rows = await parquetRows(file);
  expect(rows).toHaveLength(60_000);
  expect(rows[59_999]).toMatchObject({ index: 59_999n, n: 29_999.5 });
});

test('a workbook has numbers, times and booleans as such, and texts as texts', async () => {
  const { written } = await batchOf(typed);
  const [first, second, third] = (await workbookRows(await written('xlsx'))) as Record<string, unknown>[];
  expect(first).toMatchObject({
    index: 0,
    status: 'succeeded',
    whole: 1,
    fraction: 0.5,
    ok: true,
    text: 'é😀',
  });
  expect(first).toMatchObject({ day: '2026-01-02', list: '[1,{"a":2}]' });
  expect(String(first!.at)).toMatch(/^2026-01-02T03:04:05/);
  expect(second).toMatchObject({ whole: -(2 ** 40), text: '=1+1', ok: false });
  expect(third).toMatchObject({ status: 'failed', error: 'Error: =no <b>way</b>' });
});

test('a workbook keeps texts that XML cannot hold, and cuts those that no cell can', async () => {
  const texts = [...hostileTexts.filter((text) => text !== ''), '_x0041_ & <a>', 'y'.repeat(40_000)];
  const { written } = await batchOf(texts.map((text) => ({ text })));
  const rows = (await workbookRows(await written('xlsx'))) as { text: string }[];
  expect(rows.slice(0, -1).map(({ text }) => text)).toEqual(texts.slice(0, -1));
  expect(rows.at(-1)!.text).toBe(`${'y'.repeat(32_766)}…`);
});

test('more rows than a sheet holds are refused in one sentence, and nothing is written', async () => {
  const { store, batch, exports, all, file, folder } = await batchOf([]);
  await store.addRange(batch, 0, 1, 1_048_576);
  await writeFile(file('xlsx'), 'old');
  await expect(exports.toFile(all('xlsx'), file('xlsx'))).rejects.toMatchObject({
    code: 'EXPORT_TOO_LONG',
    message: expect.stringMatching(/holds 1,048,575 rows, and these are 1,048,576\. Export fewer/),
  });
  expect(await readFile(file('xlsx'), 'utf8')).toBe('old');
  expect((await readdir(folder)).filter((name) => name.includes('tmp'))).toEqual([]);
});

test('the results tab is exported as it is shown: its columns, its order, what it filters', async () => {
  const { written } = await batchOf([{ n: 3, t: 'a' }, { n: 1, t: 'b,"' }, { n: 2, t: 'c' }, { t: 'd' }]);
  const results = {
    columns: [of('t'), columnId({ of: 'task', keys: ['index'] }), of('n')],
    query: resultQuerySchema.parse({
      filters: [{ column: of('n'), operator: 'filled' }],
      sort: { column: of('n'), descending: true },
    }),
  };
  const csv = await readFile(await written('csv', { results, mark: true }), 'utf8');
  expect(csv).toBe('\ufefft,index,n\r\na,0,3\r\nc,2,2\r\n"b,""",1,1\r\n');
  expect(parse(csv, { bom: true, columns: true })).toHaveLength(3);
  expect(JSON.parse(await readFile(await written('json', { results }), 'utf8'))).toEqual([
    { t: 'a', index: 0, n: 3 },
    { t: 'c', index: 2, n: 2 },
    { t: 'b,"', index: 1, n: 1 },
  ]);
  expect(await parquetRows(await written('parquet', { results }))).toEqual([
    { t: 'a', index: 0n, n: 3n },
    { t: 'c', index: 2n, n: 2n },
    { t: 'b,"', index: 1n, n: 1n },
  ]);
});

test('a report is one page that runs nothing, and shows what tasks wrote as text', async () => {
  const { written } = await batchOf([
    { link: 'https://a.test/?a=1&b="2"', text: '<img src=x onerror=alert(1)>' },
    { link: 'https://b.test/', text: '</table><script>alert(1)</script>' },
    undefined,
  ]);
  const page = await readFile(await written('html'), 'utf8');
  expect(page).toContain('a &lt;script&gt; &amp; &quot;batch&quot;');
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(page).toContain('<a href="https://a.test/?a=1&amp;b=&quot;2&quot;"');
  expect(page).not.toMatch(/<script|<img|<iframe|<link|@import|url\(/i);
});

test('progress is told up to the end, and a canceled export leaves nothing', async () => {
  const { exports, all, file, folder } = await batchOf(Array.from({ length: 50_000 }, (_, n) => ({ n })));
  const told: [number, number | null][] = [];
  const onProgress = (rows: number, total: number | null) => void told.push([rows, total]);
  expect(await exports.toFile(all('jsonl'), file('jsonl'), { onProgress })).toBe(50_000);
  expect(told.some(([rows, total]) => rows > 0 && total === 50_000)).toBe(true);
  let lines = 0;
  for await (const chunk of createReadStream(file('jsonl'))) lines += String(chunk).split('\n').length - 1;
  expect(lines).toBe(50_000);

  const abort = new AbortController();
  const canceled = exports.toFile(all('csv'), file('csv'), {
    signal: abort.signal,
    onProgress: (_rows, total) => total !== null && abort.abort(),
  });
  await expect(canceled).rejects.toMatchObject({ code: 'EXPORT_CANCELED' });
  await expect(stat(file('csv'))).rejects.toThrow('ENOENT');
  expect((await readdir(folder)).filter((name) => name.includes('tmp'))).toEqual([]);
});

test('a batch that is not there is said', async () => {
  const { exports, all, file } = await batchOf([1]);
  await expect(exports.toFile({ ...all('csv'), batch: 99 }, file('csv'))).rejects.toMatchObject({
    code: 'NO_SUCH_BATCH',
  });
});
