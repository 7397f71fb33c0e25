import { expect, test, vi } from 'vitest';
import type { LogPage, LogPiece } from '../../shared/contract/logs.ts';
import { ExportRuns } from './export-runs.ts';
import { logsCalls } from './logs-calls.ts';

const filter = { task: null, worker: null, streams: ['stdout' as const] };
const piece = (id: number): LogPiece => ({
  id,
  index: 0,
  worker: 1,
  stream: 'stdout',
  text: `${id}\n`,
  at: 1,
});
const page = (ids: number[], newer = false): LogPage => ({
  batch: 7,
  pieces: ids.map(piece),
  older: true,
  newer,
});

function setUp() {
  const answers: LogPage[] = [];
  const asked = vi.fn(async (..._: unknown[]) => answers.shift() ?? page([]));
  const searched = vi.fn();
  const emit = vi.fn();
  const logs = {
    page: asked,
    async *search() {
      for (let n = 1; ; n++) {
        searched(n);
        yield { hits: [[n, 0] as [number, number]], count: n, share: 0.5, done: false };
        await new Promise(setImmediate);
      }
    },
    async *text() {},
  };
  const engine = { logs, get: vi.fn() };
  const calls = logsCalls(engine as never, new ExportRuns(), vi.fn() as never, emit);
  return { answers, asked, searched, emit, calls };
}

const context = undefined;

test('what comes after the last piece is told, and asked for from there on', async () => {
  const { answers, asked, emit, calls } = setUp();
  answers.push(page([4, 5]));
  calls.handlers.follow({ batch: 7, filter, after: 3 }, context);
  await vi.waitFor(() => expect(emit).toHaveBeenCalledTimes(1));
  expect(emit).toHaveBeenCalledWith('logs.added', { ...page([4, 5]), joins: true });
  answers.push(page([6]));
  calls.changed(8);
  calls.changed(7);
  await vi.waitFor(() => expect(emit).toHaveBeenCalledTimes(2));
  expect(asked.mock.calls.map(([, , place]) => place)).toEqual([
    { at: 'after', piece: 3 },
    { at: 'after', piece: 5 },
  ]);
  calls.close();
});

test('of more than a window can take at once the end is told, and that it does not join', async () => {
  const { answers, emit, calls } = setUp();
  answers.push(page([4], true), page([998, 999]));
  calls.handlers.follow({ batch: 7, filter, after: 3 }, context);
  await vi.waitFor(() => expect(emit).toHaveBeenCalled());
  expect(emit).toHaveBeenCalledWith('logs.added', { ...page([998, 999]), joins: false });
  calls.close();
});

test('a search ends with the next one, and with its window', async () => {
  const { searched, emit, calls } = setUp();
  const ask = (number: number) => calls.handlers.search({ batch: 7, filter, text: 'x', number }, context);
  const first = ask(1);
  await vi.waitFor(() =>
    expect(emit).toHaveBeenCalledWith('logs.found', expect.objectContaining({ number: 1 })),
  );
  const second = ask(2);
  await first;
  calls.close();
  await second;
  const count = searched.mock.calls.length;
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(searched.mock.calls).toHaveLength(count);
});
