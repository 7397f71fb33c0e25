import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PoolboardError } from '../../shared/errors.ts';
import { type OutputPiece, outcomeCode, stateCode } from '../../shared/task.ts';
import type { EndedAttempts } from '../pool/job.ts';
import type { Store } from '../store/store.ts';
import { Patience } from './patience.ts';
import { type SinkListener, StoreSink } from './store-sink.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A sink on a store that refuses everything while it is full. */
function setUp() {
  const disk = { isFull: false };
  const written: OutputPiece[] = [];
  const take = async <T>(output: OutputPiece[], answer: T): Promise<T> => {
    if (disk.isFull) throw new PoolboardError('STORE_FULL', 'The disk is full.');
    written.push(...output);
    return answer;
  };
  const none = { succeeded: 0, failed: 0, canceled: 0, skipped: 0 };
  const store = {
    addOutput: vi.fn<Store['addOutput']>((_id, pieces) => take(pieces, undefined)),
    commit: vi.fn<Store['commit']>((commits) =>
      take(
        commits.flatMap(({ output }) => output),
        [{ ...none, succeeded: 1 }],
      ),
    ),
    trimOutput: vi.fn<Store['trimOutput']>(async (_id, _index, former) => former),
  };
  const listener = {
    id: 1,
    committed: vi.fn<SinkListener['committed']>(),
    output: vi.fn(),
    outputWritten: vi.fn<SinkListener['outputWritten']>(),
    progress: vi.fn(),
    roomy: vi.fn(),
    obstructed: vi.fn(),
    fail: vi.fn(),
    finished: vi.fn(),
  };
  const sink = new StoreSink(store as unknown as Store, new Patience(() => {}), listener);
  const textOf = (index: number) =>
    written
      .filter((piece) => piece.index === index)
      .map(({ text }) => text)
      .join('');
  return { disk, store, listener, sink, textOf };
}

const piece = (index: number, text: string): OutputPiece => ({ index, stream: 'stdout', text, at: 1 });

const endOf = (index: number, worker: number, output: OutputPiece[]): EndedAttempts => ({
  worker,
  indices: [index],
  outcomes: Uint8Array.of(outcomeCode('ok')),
  states: Uint8Array.of(stateCode('succeeded')),
  values: '1',
  startedAt: Float64Array.of(1),
  ms: Float64Array.of(1),
  output,
  inputs: () => [],
});

test('what tasks print while the store refuses is bounded, and one write alone asks again', async () => {
  const { disk, store, listener, sink, textOf } = setUp();
  disk.isFull = true;
  sink.output([piece(0, 'first ')], 1);
  await vi.advanceTimersByTimeAsync(0);
  for (let line = 0; line < 1000; line++) {
    sink.output([piece(0, `${line} ${'x'.repeat(100_000)}\n`)], 1);
    sink.output([piece(1, `${line} `)], 2);
  }
  expect(listener.output).toHaveBeenCalledTimes(2001);
  const asked = store.addOutput.mock.calls.length;
  await vi.advanceTimersByTimeAsync(2000);
  expect(store.addOutput.mock.calls.length - asked).toBe(1);
  disk.isFull = false;
  await vi.advanceTimersByTimeAsync(2000);
  await sink.drained();
  expect(textOf(0)).toMatch(/^first \n\[… [\d,]+ characters left out …\]\n/);
  expect(textOf(0)).toContain('\n999 x');
  expect(textOf(0).length).toBeGreaterThan(30_000_000);
  expect(textOf(0).length).toBeLessThan(33_000_000);
  // One that prints little loses nothing.
  expect(textOf(1)).toBe(Array.from({ length: 1000 }, (_, line) => `${line} `).join(''));
});

test('the end of a task comes after all that it has printed, and its output is told of as written once', async () => {
  const { disk, listener, sink, textOf } = setUp();
  disk.isFull = true;
  sink.output([piece(0, 'one ')], 1);
  await vi.advanceTimersByTimeAsync(0);
  sink.output([piece(0, 'two ')], 1);
  // There is room again, but the first of its output has not been asked for again.
  disk.isFull = false;
  const ended = endOf(0, 1, [piece(0, 'three')]);
  sink.ended(ended);
  sink.finished({ reason: 'completed' });
  await vi.advanceTimersByTimeAsync(2000);
  expect(listener.finished).toHaveBeenCalledTimes(1);
  expect(textOf(0)).toBe('one two three');
  expect(listener.committed).toHaveBeenCalledWith(ended, expect.anything());
  expect(listener.outputWritten.mock.calls.flat(2).map(({ text }) => text)).toEqual(['one ', 'two ']);
});

test('results that end while the store refuses are written in their order, and each once', async () => {
  const { disk, store, listener, sink } = setUp();
  disk.isFull = true;
  for (let index = 0; index < 5; index++) {
    sink.ended(endOf(index, 1, []));
    await vi.advanceTimersByTimeAsync(0);
  }
  await vi.advanceTimersByTimeAsync(2000);
  // The first asks, and asks again.
  expect(store.commit).toHaveBeenCalledTimes(2);
  disk.isFull = false;
  await vi.advanceTimersByTimeAsync(2000);
  await sink.drained();
  expect(listener.committed.mock.calls.map(([{ indices }]) => indices[0])).toEqual([0, 1, 2, 3, 4]);
});

test('output that a store takes too slowly is held as well', async () => {
  const { store, sink, textOf } = setUp();
  const slow = Promise.withResolvers<void>();
  store.addOutput.mockImplementationOnce(() => slow.promise);
  sink.output([piece(0, 'x'.repeat(33_000_000))], 1);
  expect(sink.full).toBe(true);
  sink.output([piece(1, 'later')], 2);
  expect(store.addOutput).toHaveBeenCalledTimes(1);
  slow.resolve();
  await sink.drained();
  expect(sink.full).toBe(false);
  expect(textOf(1)).toBe('later');
});
