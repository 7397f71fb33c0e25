import { expect, test } from 'vitest';
import type { LogFilter, LogPlace } from '../../shared/contract/logs.ts';
import type { OutputPiece } from '../../shared/task.ts';
import { createLogs } from '../logs/logs.ts';
import { commitOf, newBatch, newStore } from './test-store.ts';

const all: LogFilter = { task: null, worker: null, streams: ['stdout', 'stderr', 'log'] };
const piece = (index: number, text: string, stream: OutputPiece['stream'] = 'stdout'): OutputPiece => ({
  index,
  stream,
  text,
  at: Date.UTC(2026, 0, 2, 3, 4, 5),
});

async function setUp() {
  const store = await newStore();
  // Another batch prints before, between and after.
  const other = await store.createBatch(newBatch());
  await store.addRange(other, 0, 1, 1);
  const noise = () => store.addOutput(other, [piece(0, 'needle of another batch\n')], 1);
  await noise();
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 0, 1, 10);
  const print = async (worker: number, ...pieces: OutputPiece[]) => {
    await store.addOutput(id, pieces, worker);
    await noise();
  };
  const logs = createLogs(store);
  const page = async (place: LogPlace, lines = 100, filter: Partial<LogFilter> = {}) => {
    const { pieces, older, newer } = await logs.page(id, { ...all, ...filter }, place, lines);
    return {
      texts: pieces.map(({ text }) => text.trimEnd()),
      ids: pieces.map((each) => each.id),
      older,
      newer,
    };
  };
  const find = async (text: string, filter: Partial<LogFilter> = {}) => {
    const hits: [number, number][] = [];
    let count = 0;
    for await (const found of logs.search(id, { ...all, ...filter }, text)) {
      hits.push(...found.hits);
      count = found.count;
    }
    expect(count).toBe(hits.length);
    return hits;
  };
  return { store, id, print, page, find, logs };
}

test('pages lead from the end to the start and back, through one batch alone', async () => {
  const { print, page } = await setUp();
  for (let n = 0; n < 10; n++) await print(1, piece(n, `line ${n}\n`));
  const end = await page({ at: 'end' }, 4);
  expect(end).toMatchObject({ texts: ['line 6', 'line 7', 'line 8', 'line 9'], older: true });
  const before = await page({ at: 'before', piece: end.ids[0]! }, 4);
  expect(before).toMatchObject({ texts: ['line 2', 'line 3', 'line 4', 'line 5'], older: true, newer: true });
  const first = await page({ at: 'before', piece: before.ids[0]! }, 4);
  expect(first).toMatchObject({ texts: ['line 0', 'line 1'], older: false });
  expect(await page({ at: 'after', piece: before.ids[3]! }, 2)).toMatchObject({
    texts: ['line 6', 'line 7'],
    newer: true,
  });
  expect(await page({ at: 'start' }, 2)).toMatchObject({ texts: ['line 0', 'line 1'], older: false });
  expect((await page({ at: 'around', piece: before.ids[1]! }, 4)).texts).toEqual([
    'line 1',
    'line 2',
    'line 3',
    'line 4',
  ]);
});

test('what comes later is found behind a piece, whatever others printed meanwhile', async () => {
  const { print, page, store } = await setUp();
  expect(await page({ at: 'end' })).toMatchObject({ texts: [], older: false, newer: false });
  await print(1, piece(0, 'a\n'));
  const [first] = (await page({ at: 'end' })).ids;
  for (let n = 0; n < 3; n++) {
    expect((await page({ at: 'after', piece: first! })).texts).toEqual([]);
    await store.addOutput(1, [piece(0, 'noise\n')]);
  }
  await print(1, piece(0, 'b\n'));
  expect((await page({ at: 'after', piece: first! })).texts).toEqual(['b']);
  expect((await page({ at: 'after', piece: first! })).texts).toEqual(['b']);
  expect((await page({ at: 'after', piece: first! - 1 })).texts).toEqual(['a', 'b']);
});

test('of one task, one worker, one stream', async () => {
  const { print, page, store, id } = await setUp();
  await print(1, piece(0, 'a\n'), piece(1, 'b\n', 'stderr'));
  await print(2, piece(0, 'c\n'), piece(2, 'd\n', 'log'));
  await store.commit([commitOf(id, [{ index: 3 }], { worker: 3, output: [piece(3, 'e\n')] })]);
  const texts = async (filter: Partial<LogFilter>) => (await page({ at: 'end' }, 100, filter)).texts;
  expect(await texts({ task: 0 })).toEqual(['a', 'c']);
  expect(await texts({ worker: 2 })).toEqual(['c', 'd']);
  expect(await texts({ worker: 3 })).toEqual(['e']);
  expect(await texts({ streams: ['stderr', 'log'] })).toEqual(['b', 'd']);
  expect(await texts({ task: 0, worker: 1, streams: ['stdout'] })).toEqual(['a']);
});

test('a long piece is kept as several, whole lines and whole characters each', async () => {
  const { print, page } = await setUp();
  const lines = `${'é'.repeat(99)}\n`.repeat(1000);
  await print(1, piece(0, lines), piece(1, '😀'.repeat(20_000)));
  const { texts } = await page({ at: 'start' }, 5000);
  expect(texts.length).toBeGreaterThan(8);
  expect(texts.every((text) => text.length <= 16_384 && text.isWellFormed())).toBe(true);
  expect(texts.slice(0, -3).every((text) => text.split('\n').every((line) => line.length === 99))).toBe(true);
  expect(texts.slice(-3).join('')).toBe('😀'.repeat(20_000));
});

test('a search finds each line that holds a text, ignoring case, escapes and where pieces end', async () => {
  const { print, page, find } = await setUp();
  await print(1, piece(0, 'hay\nNeedle and needle\nhay\nnee'));
  await print(2, piece(1, 'a needle\n'));
  await print(1, piece(0, 'dle again, needle\nhay\n\u001b[1mnee\u001b[0mdle'));
  const [first, second, third] = (await page({ at: 'start' })).ids;
  expect(await find('NEEDLE')).toEqual([
    [first, 1],
    [second, 0],
    [third, 0],
    [third, 2],
  ]);
  expect(await find('needle', { task: 1 })).toEqual([[second, 0]]);
  expect(await find('another batch')).toEqual([]);
});

test('a log is text whose lines are of one task each', async () => {
  const { print, logs, id } = await setUp();
  await print(1, piece(0, 'one\ntw'));
  await print(1, piece(0, 'o\n'));
  await print(2, piece(1, 'open'), piece(0, 'next\u001b[0m\n', 'stderr'));
  const text = async (prefix: boolean) => {
    let whole = '';
    for await (const part of logs.text(id, all, prefix)) whole += part;
    return whole;
  };
  expect(await text(false)).toBe('one\ntwo\nopen\nnext\n');
  expect((await text(true)).split('\n')[3]).toBe('2026-01-02T03:04:05.000Z task 0 worker 2 stderr: next');
});

test('of very long output the first and the last are kept, and what was left out is said once', async () => {
  const { store, id, print, page } = await setUp();
  const megabyte = (n: number) => piece(0, `${n}\n${'x'.repeat(99)}\n`.repeat(9804));
  let former = { mark: null as number | null, leftOut: 0 };
  for (let n = 0; n < 24; n++) {
    await print(1, megabyte(n));
    if (n % 6 === 5) former = await store.trimOutput(id, 0, former);
  }
  expect(former.leftOut).toBeGreaterThan(13_000_000);
  const { texts } = await page({ at: 'start' }, 5000, { streams: ['log'] });
  expect(texts).toEqual([`\n[… ${former.leftOut.toLocaleString('en')} characters left out …]`]);
  const start = (await page({ at: 'start' })).texts[0]!;
  const end = (await page({ at: 'end' })).texts.at(-1)!;
  expect([start.slice(0, 2), end.split('\n').at(-2)]).toEqual(['0\n', '23']);
  const { bytes } = (await store.getBatch(id))!;
  expect(bytes).toBeLessThan(11_500_000);
  expect(await store.trimOutput(id, 0, former)).toEqual(former);
});
