import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { ExportRow } from '../store/store.ts';
import { resultLine } from './result-line.ts';
import { exportRow, hostileTexts, slicesOf } from './test-rows.ts';
import { type RowFormat, writeExport } from './write-export.ts';

async function exported(format: RowFormat, ...slices: ExportRow[][]): Promise<string> {
  const out = new PassThrough();
  const read = text(out);
  expect(await writeExport(slicesOf(...slices), { format, table: null }, out)).toBe(slices.flat().length);
  out.end();
  return read;
}

const hostileRows = hostileTexts.map((hostile, index) =>
  exportRow(index, { input: JSON.stringify(hostile), value: JSON.stringify(hostile) }),
);
const mixedRows = [
  ...hostileRows,
  exportRow(100, { input: '{"a":"x,y"}', value: 'null' }),
  exportRow(101, { state: 'failed', value: null, error: { name: 'Error', message: 'no,\n"way"' } }),
  exportRow(102, { state: 'canceled', value: null, attempts: 0, ms: null }),
];

test('CSV holds hostile texts exactly, as another CSV reader sees them', async () => {
  const csv = await exported('csv', hostileRows.slice(0, 4), [], hostileRows.slice(4));
  expect(csv.startsWith('index,input,status,value,error,attempts,ms\r\n')).toBe(true);
  const [, ...records] = parse(csv, { record_delimiter: '\r\n', bom: false });
  expect(records).toEqual(
    hostileTexts.map((hostile, index) => [String(index), hostile, 'succeeded', hostile, '', '1', '1.5']),
  );
});

test('CSV shows objects as JSON, errors as one text, and nothing where there is nothing', async () => {
  const records = parse(await exported('csv', mixedRows.slice(-3)), { record_delimiter: '\r\n' });
  expect(records.slice(1)).toEqual([
    ['100', '{"a":"x,y"}', 'succeeded', 'null', '', '1', '1.5'],
    ['101', 'input 101', 'failed', '', 'Error: no,\n"way"', '1', '1.5'],
    ['102', 'input 102', 'canceled', '', '', '0', ''],
  ]);
});

test('JSON and JSON lines hold the same objects', async () => {
  const expected = mixedRows.map((row) => JSON.parse(resultLine(row)));
  const json = await exported('json', mixedRows.slice(0, 5), mixedRows.slice(5));
  expect(JSON.parse(json)).toEqual(expected);
  const lines = (await exported('jsonl', mixedRows.slice(0, 5), mixedRows.slice(5))).split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => JSON.parse(line))).toEqual(expected);
});

test('an export of nothing is still a file of its format', async () => {
  expect(JSON.parse(await exported('json'))).toEqual([]);
  expect(await exported('jsonl')).toBe('');
  expect(await exported('csv')).toBe('index,input,status,value,error,attempts,ms\r\n');
});

test('no more rows are read than the other end takes', async () => {
  let given = 0;
  async function* endless() {
    for (;;) {
      yield [exportRow(given)];
      given += 1;
    }
  }
  const taken: (() => void)[] = [];
  const out = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => void taken.push(done) });
  const writing = writeExport(endless(), { format: 'jsonl', table: null }, out);
  for (let expected = 0; expected < 3; expected++) {
    while (taken.length === 0) await new Promise(setImmediate);
    expect(given).toBe(expected);
    taken.shift()!();
  }
  out.destroy();
  await expect(writing).rejects.toThrow();
});

test('the error of the other end is passed on when it comes while writing', async () => {
  const out = new Writable({ highWaterMark: 1, write: () => {} });
  const writing = writeExport(slicesOf([exportRow(0)]), { format: 'jsonl', table: null }, out);
  setImmediate(() => out.destroy(new Error('gone')));
  await expect(writing).rejects.toThrow('gone');
});

test('the error of the other end is passed on when it comes between rows', async () => {
  const out = new PassThrough();
  const closed = new Promise((resolve) => out.on('close', resolve));
  async function* breaking() {
    yield [exportRow(0)];
    out.destroy(new Error('gone'));
    await closed;
    yield [exportRow(1)];
  }
  await expect(writeExport(breaking(), { format: 'jsonl', table: null }, out)).rejects.toThrow('gone');
});
