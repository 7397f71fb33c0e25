import { expect, test } from 'vitest';
import { z } from 'zod';
import { numbers, TestEngine } from '../test-engine.ts';
import { Tracks } from './tracks.ts';

const test1 = TestEngine.forEachTest();

/** What readers of the Trace Event Format need of an event. */
const eventSchema = z.discriminatedUnion('ph', [
  z.object({
    ph: z.literal('X'),
    name: z.string(),
    cat: z.string(),
    ts: z.number().min(0),
    dur: z.number().min(0),
    pid: z.int(),
    tid: z.int(),
    args: z.object({
      task: z.int(),
      attempt: z.int(),
      outcome: z.string(),
      input: z.string(),
      error: z.string().optional(),
    }),
  }),
  z.object({
    ph: z.literal('M'),
    name: z.enum(['process_name', 'thread_name', 'thread_sort_index']),
    pid: z.int(),
    tid: z.int(),
    args: z.record(z.string(), z.unknown()),
  }),
]);
const traceSchema = z.object({
  displayTimeUnit: z.literal('ms'),
  otherData: z.object({ startedAt: z.iso.datetime() }).loose(),
  traceEvents: z.array(eventSchema),
});
type Slice = Extract<z.infer<typeof eventSchema>, { ph: 'X' }>;

async function traceOf(id: number): Promise<Slice[]> {
  let text = '';
  for await (const piece of test1.engine.stats.trace(await test1.engine.get(id))) text += piece.text;
  const trace = traceSchema.parse(JSON.parse(text));
  const threads = new Set(
    trace.traceEvents.flatMap((event) => (event.name === 'thread_name' ? [event.tid] : [])),
  );
  const slices = trace.traceEvents.filter((event): event is Slice => event.ph === 'X');
  expect(slices.every(({ tid }) => threads.has(tid))).toBe(true);
  return slices;
}

function expectNoOverlap(slices: Slice[]): void {
  for (const [, onThread] of Map.groupBy(slices, ({ tid }) => tid)) {
    const sorted = onThread.toSorted((a, b) => a.ts - b.ts);
    for (const [i, slice] of sorted.entries()) {
      const next = sorted[i + 1];
      if (next) expect(slice.ts + slice.dur).toBeLessThanOrEqual(next.ts + 0.0011);
    }
  }
}

test('the trace of a batch holds each attempt once, with its input and how it ended', async () => {
  const code = `import { existsSync, writeFileSync } from 'node:fs';
    export default async (n) => {
      await new Promise((r) => setTimeout(r, 5));
      const file = ${JSON.stringify(test1.path(''))} + '/seen-' + n;
      if (n === 3 && !existsSync(file)) { writeFileSync(file, ''); throw new Error('"once", 你好'); }
      return n;
    };`;
  const { id } = await test1.run(test1.spec(code, numbers(12), { options: { retries: 1, retryDelayMs: 0 } }));
  const slices = await traceOf(id);
  expect(slices).toHaveLength(13);
  expect(new Set(slices.map(({ args }) => args.task)).size).toBe(12);
  const [first, second] = slices.filter(({ args }) => args.task === 3).toSorted((a, b) => a.ts - b.ts);
  expect(first).toMatchObject({
    name: '3',
    cat: 'error',
    args: { attempt: 1, error: 'Error: "once", 你好' },
  });
  expect(second).toMatchObject({ cat: 'ok', args: { attempt: 2, outcome: 'ok' } });
  expect(first!.dur).toBeGreaterThan(4000);
  expectNoOverlap(slices);
});

test('tasks that a worker runs at once lie on threads of their own', async () => {
  const code = `export default (n) => new Promise((resolve) => setTimeout(resolve, 20 + (n % 3) * 10, n));`;
  const { id } = await test1.run(test1.spec(code, numbers(24), { options: { concurrency: 4, workers: 1 } }));
  const slices = await traceOf(id);
  expect(slices).toHaveLength(24);
  expect(new Set(slices.map(({ tid }) => tid)).size).toBeGreaterThan(1);
  expectNoOverlap(slices);
});

test('a batch without an attempt is a trace too', async () => {
  const { id } = await test1.engine.submit(
    test1.spec(`export default () => new Promise(() => {});`, numbers(2)),
  );
  await test1.until(id, ({ counts }) => counts.running > 0);
  expect(await traceOf(id)).toEqual([]);
  await test1.engine.cancel(id);
});

test('attempts find their tracks in whatever order they come', () => {
  const tracks = new Tracks();
  expect(tracks.place(1, 10, 10)).toMatchObject({ track: 0, isNew: true });
  expect(tracks.place(1, 30, 10)).toMatchObject({ track: 0, isNew: false });
  expect(tracks.place(1, 20, 10)).toMatchObject({ track: 0 });
  expect(tracks.place(1, 25, 1)).toMatchObject({ track: 1, isNew: true });
  expect(tracks.place(2, 25, 1)).toMatchObject({ track: 0, isNew: true });
  // A clock that was read a moment too early moves nothing to another track.
  expect(tracks.place(1, 39.999, 5)).toMatchObject({ track: 0, from: 40 });
});
