import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inspect, newFolder, newStore, startFixture } from './test-store.ts';

const startWriter = (folder: string, tasks: number, rowsPerCommit: number) =>
  startFixture('writer.ts', folder, String(tasks), String(rowsPerCommit));

/** Kills a writer once it has printed so many lines; answers with the last number that it printed. */
async function killAfter(lines: number, writer: ReturnType<typeof startWriter>): Promise<number> {
  let printed = 0;
  let last = 0;
  for await (const line of writer.lines) {
    printed += 1;
    last = Number(line);
    if (printed === lines) writer.process.kill('SIGKILL');
  }
  await ended(writer.process);
  expect(writer.process.signalCode).toBe('SIGKILL');
  return last;
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

test.each([1, 2, 40, 150])(
  'a program that is killed after %i answers leaves a store that opens, whole, with all that it was told is stored',
  async (lines) => {
    const folder = newFolder();
    const tasks = 400_000;
    const stored = await killAfter(lines, startWriter(folder, tasks, 100));

    const store = await newStore(folder);
    const found = inspect(folder);
    expect(found.integrity).toBe('ok');
    expect(found.total).toBe(found.tasks);
    expect(found.succeeded).toBe(found.results);
    expect(found.output).toBe(found.results / 100);
    expect(found.results).toBeGreaterThanOrEqual(lines === 1 ? 0 : stored);
    expect(found.results).toBeLessThan(tasks);

    // And the batch goes on from there.
    await store.addRange(1, 0, 1, tasks);
    expect((await store.getBatch(1))?.counts).toMatchObject({
      succeeded: found.results,
      pending: tasks - found.results,
    });
    const [first] = (await store.readWaiting(1, 0, 1)).indices;
    expect((await store.task(1, first!))?.state).toBe('pending');
  },
);

test('programs that open the same new folder at once all write into it, and read what the others wrote', async () => {
  const folder = path.join(newFolder(), 'new');
  const writers = [1, 2, 3].map(() => startWriter(folder, 20_000, 500));
  const [id] = await once(writers[0]!.lines, 'line');
  const store = await newStore(folder);
  expect(await store.getBatch(Number(id))).toMatchObject({ name: 'from another program' });
  expect(await Promise.all(writers.map((writer) => ended(writer.process)))).toEqual([0, 0, 0]);

  const batches = await store.listBatches();
  expect(batches.map(({ total, counts }) => [total, counts.succeeded])).toEqual([
    [20_000, 20_000],
    [20_000, 20_000],
    [20_000, 20_000],
  ]);
  expect((await store.task(batches[1]!.id, 19_999))?.value).toBe(String(19_999 ** 2));
  expect(inspect(folder)).toMatchObject({ integrity: 'ok', results: 60_000, succeeded: 60_000 });
});

test.each([
  { work: 'reopen', delayMs: 0 },
  { work: 'reopen', delayMs: 25 },
  { work: 'reopen', delayMs: 60 },
  { work: 'purge', delayMs: 0 },
  { work: 'purge', delayMs: 40 },
  { work: 'purge', delayMs: 80 },
])(
  'a program that is killed in the middle of a $work ($delayMs ms) leaves counts that are those of the tables, and it can be finished',
  async ({ work, delayMs }) => {
    const folder = newFolder();
    const tasks = 100_000;
    const program = startFixture('changer.ts', folder, String(tasks), work);
    await once(program.lines, 'line');
    // No signal: whatever it does at that moment is what the test wants.
    setTimeout(() => program.process.kill('SIGKILL'), delayMs);
    await ended(program.process);
    expect(program.process.signalCode).toBe('SIGKILL');

    const store = await newStore(folder);
    const found = inspect(folder);
    expect(found.integrity).toBe('ok');
    if (work === 'reopen') {
      expect(found).toMatchObject({ tasks, total: tasks, ended: found.results });
      // Each task has its end, or the attempt that it was.
      expect(found.results + found.attempts).toBe(tasks);
      expect((await store.getBatch(1))?.counts).toMatchObject({
        failed: found.results,
        pending: found.attempts,
      });
      expect(await store.reopen(1, 'unsuccessful')).toBe(found.results);
      expect(inspect(folder)).toMatchObject({ integrity: 'ok', results: 0, attempts: tasks, ended: 0 });
    } else {
      expect(await store.listBatches()).toEqual([]);
      await store.purge(2);
      expect(inspect(folder)).toMatchObject({ integrity: 'ok', batches: 0, tasks: 0, results: 0 });
      expect(await store.size()).toBeLessThan(1_000_000);
    }
  },
);
