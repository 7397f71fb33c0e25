import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { ExportRow } from '../../engine/store/store.ts';
import { createLineWriter } from './line-writer.ts';
import { createResultPrinter } from './result-printer.ts';

const row = (index: number): ExportRow => ({
  index,
  input: String(index),
  state: 'succeeded',
  value: String(index * index),
  error: null,
  attempts: 1,
  ms: 1,
  startedAt: 1,
  worker: 1,
});

/** A printer into a stream that is read only when asked, over a store that holds what was added. */
function setUp({ ordered = false, rows = 20_000 } = {}) {
  const out = new PassThrough({ highWaterMark: 16 });
  const stored = new Map<number, ExportRow>();
  const broken: Error[] = [];
  let passes = 0;
  const printer = createResultPrinter({
    writer: createLineWriter(out),
    line: ({ index }) => String(index),
    ordered,
    async *readRows(from) {
      passes += 1;
      const later = [...stored.values()].filter(({ index }) => index >= from);
      const sorted = later.sort((a, b) => a.index - b.index);
      for (let at = 0; at < sorted.length; at += 7) yield sorted.slice(at, at + 7);
    },
    onBroken: (error) => broken.push(error),
    limits: { rows, characters: 1_000_000 },
  });
  let text = '';
  return {
    printer,
    out,
    broken,
    passes: () => passes,
    add(...indices: number[]) {
      const added = indices.map(row);
      for (const one of added) stored.set(one.index, one);
      printer.add(added);
    },
    /** Rows that are stored, and of which nobody tells. */
    store(...indices: number[]) {
      for (const index of indices) stored.set(index, row(index));
    },
    unended(index: number) {
      stored.set(index, { ...row(index), state: 'pending', value: null });
    },
    read() {
      out.on('data', (data) => {
        text += data;
      });
    },
    async printed() {
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
      return text.split('\n').filter(Boolean).map(Number);
    },
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('as they end', () => {
  test('rows are printed at once, in the order in which they come', async () => {
    const { add, read, printed } = setUp();
    read();
    add(3, 1);
    expect(await printed()).toEqual([3, 1]);
    add(0);
    expect(await printed()).toEqual([3, 1, 0]);
  });

  test('a reader that stands still costs no memory beyond the limit, and misses and repeats nothing', async () => {
    const { add, read, printed, printer, passes } = setUp({ rows: 10 });
    for (const index of upTo(500)) add(index);
    read();
    await printer.finish();
    const all = await printed();
    expect(all).toHaveLength(500);
    expect([...all].sort((a, b) => a - b)).toEqual(upTo(500));
    expect(passes()).toBeGreaterThan(0);
  });

  test('a reader that goes on gets what was held back, without waiting for the end', async () => {
    const { add, read, out, printed } = setUp({ rows: 10 });
    add(...upTo(50));
    const all = new Promise<void>((resolve) => {
      let lines = 0;
      out.on('data', (data: Buffer) => {
        lines += data.toString().split('\n').length - 1;
        if (lines === 50) resolve();
      });
    });
    read();
    await all;
    expect(new Set(await printed()).size).toBe(50);
  });
});

describe('ordered', () => {
  test('a row waits for all before it', async () => {
    const { add, read, printed } = setUp({ ordered: true });
    read();
    add(2, 1);
    expect(await printed()).toEqual([]);
    add(0);
    expect(await printed()).toEqual([0, 1, 2]);
    add(4);
    expect(await printed()).toEqual([0, 1, 2]);
  });

  test('a slow first task makes the others wait in the store', async () => {
    const { add, read, printed, printer, passes } = setUp({ ordered: true, rows: 10 });
    read();
    add(...upTo(1000).slice(1));
    expect(await printed()).toEqual([]);
    expect(passes()).toBe(0);
    add(0);
    await printer.finish();
    expect(await printed()).toEqual(upTo(1000));
  });

  test('rows are read back only as far as they have no gap', async () => {
    const { add, read, printed, printer } = setUp({ ordered: true, rows: 2 });
    read();
    add(1, 2, 3, 4, 6, 7);
    add(0);
    await expect.poll(printed).toEqual([0, 1, 2, 3, 4]);
    add(5);
    await printer.finish();
    expect(await printed()).toEqual(upTo(8));
  });

  test.each([[20_000], [2]])('tasks without a result leave gaps at the end (limit %i)', async (rows) => {
    const { add, read, printed, printer } = setUp({ ordered: true, rows });
    read();
    add(9, 0, 4, 2, 7, 1);
    await printer.finish();
    expect(await printed()).toEqual([0, 1, 2, 4, 7, 9]);
  });
});

describe('of a batch that goes on, ordered', () => {
  test('results from before are printed, each in its turn', async () => {
    const { store, add, read, printed, printer } = setUp({ ordered: true });
    read();
    store(0, 1, 4, 5);
    printer.addFormer();
    await expect.poll(printed).toEqual([0, 1]);
    add(3, 7);
    add(2);
    await expect.poll(printed).toEqual([0, 1, 2, 3, 4, 5]);
    add(6);
    await printer.finish();
    expect(await printed()).toEqual(upTo(8));
  });

  test.each([[20_000], [2]])('results that come meanwhile are printed once (limit %i)', async (rows) => {
    const { store, add, read, printed, printer } = setUp({ ordered: true, rows });
    store(...upTo(50));
    add(60, 51, 50, 3);
    printer.addFormer();
    add(0, 52, 1);
    read();
    add(...upTo(59).slice(53), 59);
    await printer.finish();
    expect(await printed()).toEqual(upTo(61));
  });

  test('what has not ended leaves a gap, whatever it did before', async () => {
    const { store, unended, read, printed, printer } = setUp({ ordered: true });
    read();
    store(0, 2, 3);
    unended(1);
    printer.addFormer();
    await printer.finish();
    expect(await printed()).toEqual([0, 2, 3]);
  });
});

test('a reader that goes away is told of once, and nothing waits for it', async () => {
  const broken: Error[] = [];
  const out = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  const printer = createResultPrinter({
    writer: createLineWriter(out),
    line: ({ index }) => String(index),
    ordered: false,
    async *readRows() {},
    onBroken: (error) => broken.push(error),
    limits: { rows: 1, characters: 1 },
  });
  printer.add([row(0), row(1)]);
  await printer.finish();
  printer.add([row(2)]);
  await printer.finish();
  expect(broken.map((error) => error.message)).toEqual(['EPIPE']);
});
