import { execFileSync, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BatchSpecInput, BatchSummary } from '../shared/batch.ts';
import { createEngine } from './create-engine.ts';
import { forkLauncher } from './launchers/fork.ts';
import { Database } from './store/database.ts';
import { databaseName } from './store/open.ts';
import { reopen } from './store/reopen.ts';
import { counting, list, numbers, sign, TestEngine } from './test-engine.ts';

const test = TestEngine.forEachTest();

/** Whether a small disk can be made for a test: as root on Linux, outside of most containers. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'poolboard-mount-'));
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]).status === 0;
  if (isMounted) execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return isMounted;
}

/** Runs a batch in another program, and kills that once the file is there. Answers the batch's id. */
async function interrupt(
  spec: BatchSpecInput,
  file: string,
  stdin = '',
  isTime = async () => {},
): Promise<number> {
  const child = fork(
    `${import.meta.dirname}/fixtures/submitting-program.ts`,
    [test.dataDir, JSON.stringify(spec)],
    {
      stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin!.write(stdin);
  await sign(file);
  await isTime();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const [batch] = await test.engine.list();
  expect(batch).toMatchObject({ state: 'interrupted' });
  return batch!.id;
}

/**
 * Answers its input, and gives a sign when it comes to one that it waits at until it is let go; and at all after it,
 * where told so.
 */
const waitingAt = (input: number, andAfter = false): string => `${counting(test.dir)}
import { existsSync } from 'node:fs';
export default async (x) => {
  const n = calls(x);
  if (x === ${input}) writeFileSync('${test.path('sign')}', 'here');
  while (x ${andAfter ? '>=' : '==='} ${input} && !existsSync('${test.path('go')}')) await new Promise((r) => setTimeout(r, 20));
  return [x, n];
};`;

describe('an interrupted batch', () => {
  it('is finished: what had ended is kept, what ran is attempted again, each result is there once', async () => {
    const spec = test.spec(waitingAt(150), numbers(400), { options: { chunkSize: 10 } });
    const id = await interrupt(spec, test.path('sign'));
    const before = new Map((await test.rows(id)).map((row) => [row.index, row]));
    writeFileSync(test.path('go'), '');
    const told: number[] = [];
    await test.engine.resume(id, { onResults: (rows) => told.push(...rows.map(({ index }) => index)) });
    const ended = await test.engine.ended(id);
    expect(ended).toMatchObject({ state: 'completed', total: 400, counts: { succeeded: 400 } });
    const rows = await test.rows(id);
    expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: 400 }, (_, i) => i));
    expect(rows.map(({ value }) => JSON.parse(value!)[0])).toEqual(rows.map(({ index }) => index));
    const kept = rows.filter(({ index }) => before.get(index)?.state === 'succeeded');
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.every(({ index, startedAt }) => before.get(index)!.startedAt === startedAt)).toBe(true);
    // Only what had not ended was run, and told of.
    expect(told.toSorted((a, b) => a - b)).toEqual(
      rows.map(({ index }) => index).filter((index) => before.get(index)?.state !== 'succeeded'),
    );
    const database = new DatabaseSync(`${test.dataDir}/poolboard.db`);
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  });

  it('takes no result from a task that had ended, whoever cancels it before its turn', async () => {
    const spec = test.spec(waitingAt(150, true), numbers(400), { options: { chunkSize: 10 } });
    const id = await interrupt(spec, test.path('sign'));
    const told: number[] = [];
    await test.engine.resume(id, { onResults: (rows) => told.push(...rows.map(({ index }) => index)) });
    expect(await test.engine.cancelTasks(id, { indices: [0, 399] })).toBe(1);
    writeFileSync(test.path('go'), '');
    expect(await test.engine.ended(id)).toMatchObject({ counts: { succeeded: 399, canceled: 1 } });
    expect(told).not.toContain(0);
    const rows = await test.rows(id);
    expect([rows[0]!.state, rows[399]!.state]).toEqual(['succeeded', 'canceled']);
  });

  it('counts attempts on from those before, and gives each task its retries again', async () => {
    const code = `${counting(test.dir)}
export default async (x) => {
  const n = calls(x);
  if (n === 2) { writeFileSync('${test.path('sign')}', 'here'); for (;;) await new Promise((r) => setTimeout(r, 20)); }
  if (n < 5) throw new Error('attempt ' + n);
  return n;
};`;
    const options = { retries: 2, retryDelayMs: 0 };
    // Its first attempt is on the disk: what was told of nobody may be lost.
    const isKept = async () => {
      // The task itself may not be on the disk yet.
      const kept = () => test.engine.detail(1, 0).catch(() => null);
      while (!(await kept())?.attempts.length) await new Promise(setImmediate);
    };
    const id = await interrupt(test.spec(code, numbers(1), { options }), test.path('sign'), '', isKept);
    await test.engine.resume(id);
    expect(await test.engine.ended(id)).toMatchObject({ counts: { succeeded: 1 } });
    const { attempts } = await test.engine.detail(id, 0);
    expect(attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, 'error'],
      [2, 'error'],
      [3, 'error'],
      [4, 'ok'],
    ]);
  });

  it('reads on in inputs that were not all enumerated', async () => {
    const values = Array.from({ length: 30_000 }, (_, i) => `line ${i}`);
    writeFileSync(test.path('lines.txt'), values.join('\n'));
    const code = `import { writeFileSync } from 'node:fs';
let told = false;
export default (line) => {
  if (!told) writeFileSync('${test.path('sign')}', 'here');
  told = true;
  return line.length;
};`;
    const rows = { kind: 'rows' as const, file: test.path('lines.txt') };
    const id = await interrupt(test.spec(code, rows), test.path('sign'));
    await test.engine.resume(id);
    const ended = await test.engine.ended(id);
    expect(ended).toMatchObject({ state: 'completed', enumerated: true, total: 30_000 });
    expect((await test.rows(id)).map(({ input }) => JSON.parse(input))).toEqual(values);
  });

  it('whose inputs came from standard input says that the rest of them is lost', async () => {
    const code = waitingAt(-1)
      .replace('export default async (x)', `export default async (line)`)
      .replaceAll('const n = calls(x);', `const x = -1; const n = calls(line);`);
    const rows = { kind: 'rows' as const, file: '-', format: 'lines' as const };
    const id = await interrupt(test.spec(code, rows), test.path('sign'), 'one\ntwo\n');
    writeFileSync(test.path('go'), '');
    await test.engine.resume(id);
    const ended = await test.engine.ended(id);
    expect(ended.state).toBe('completed');
    expect(ended.total).toBeGreaterThan(0);
    expect(ended.warnings.join()).toContain('Standard input ended');
  });

  it('goes on where its program was killed while it opened tasks to try them again', async () => {
    const { id } = await test.run(
      test.spec(`export default () => { throw new Error('no'); };`, numbers(10_001)),
    );
    test.task('export default (x) => x;');
    const db = new Database(join(test.dataDir, databaseName));
    // The first of its slices, with which the killed program came to its end.
    db.transaction(() => reopen(db, id, 'unsuccessful'));
    db.close();
    expect(await test.engine.get(id)).toMatchObject({ state: 'interrupted', counts: { pending: 10_000 } });
    await test.engine.resume(id);
    expect(await test.engine.ended(id)).toMatchObject({
      state: 'completed',
      counts: { succeeded: 10_000, failed: 1 },
    });
    await test.engine.retry(id, 'unsuccessful');
    expect(await test.engine.ended(id)).toMatchObject({ counts: { succeeded: 10_001, failed: 0 } });
  });

  it('can be left as it is, and is then refused as any batch that has nothing left', async () => {
    const { id } = await test.run(test.spec('export default (x) => x;', numbers(3)));
    await expect(test.engine.resume(id)).rejects.toMatchObject({ code: 'NOTHING_TO_RESUME' });
    await expect(test.engine.resume(99)).rejects.toMatchObject({ code: 'NO_SUCH_BATCH' });
  });
});

describe('a canceled batch', () => {
  it('is finished when it is resumed', async () => {
    const spec = test.spec(waitingAt(5), numbers(20), { options: { chunkSize: 1 } });
    const { id } = await test.engine.submit(spec);
    await sign(test.path('sign'));
    await test.engine.cancel(id);
    expect((await test.engine.ended(id)).counts.canceled).toBeGreaterThan(0);
    writeFileSync(test.path('go'), '');
    await test.engine.resume(id);
    const ended = await test.engine.ended(id);
    // The task that ran when it was canceled ended by that; the others were only waiting.
    expect(ended).toMatchObject({ state: 'completed', counts: { pending: 0 } });
    expect(ended.counts.succeeded + ended.counts.canceled).toBe(20);
    expect(ended.counts.canceled).toBeLessThanOrEqual(2);
  });
});

describe('retry', () => {
  const code = () => `${counting(test.dir)}
export default (x, { params }) => {
  const n = calls(x);
  if (n === 1 && x % 2) throw new Error(x === 3 ? 'three' : 'odd');
  return params.unit + n;
};`;

  it('runs what failed again, with the settings of the batch, and keeps the rest', async () => {
    const { id } = await test.run(test.spec(code(), numbers(6), { params: { unit: 'm' } }));
    const failed = {
      query: { filter: 'failed' as const, search: '', sort: 'index' as const, descending: false },
    };
    await test.engine.retry(id, failed);
    expect(await test.engine.ended(id)).toMatchObject({
      state: 'completed',
      counts: { succeeded: 6, failed: 0 },
    });
    const rows = await test.rows(id);
    expect(rows.map(({ value }) => value)).toEqual(['"m1"', '"m2"', '"m1"', '"m2"', '"m1"', '"m2"']);
    expect(rows.map(({ attempts }) => attempts)).toEqual([1, 2, 1, 2, 1, 2]);
    expect((await test.engine.detail(id, 1)).attempts.map(({ outcome }) => outcome)).toEqual(['error', 'ok']);
  });

  it('runs one task again, also one that succeeded', async () => {
    const { id } = await test.run(test.spec(code(), numbers(6), { params: { unit: 'm' } }));
    await test.engine.retry(id, { indices: [2, 3] });
    expect((await test.engine.ended(id)).counts).toMatchObject({ succeeded: 4, failed: 2 });
    expect((await test.rows(id))[2]).toMatchObject({ value: '"m2"', attempts: 2 });
  });

  it('runs what was skipped or canceled too, where all that did not succeed is meant', async () => {
    const options = {
      chunkSize: 1,
      workers: 1,
      halt: { when: 'soon' as const, on: 'fail' as const, limit: { unit: 'tasks' as const, tasks: 1 } },
    };
    const { id, counts } = await test.run(test.spec(code(), numbers(4), { params: { unit: 'm' }, options }));
    expect(counts).toMatchObject({ succeeded: 1, failed: 1, skipped: 2 });
    await test.engine.retry(id, 'unsuccessful');
    // Task 3 fails at its first attempt: the halt rule counts anew.
    expect((await test.engine.ended(id)).counts).toMatchObject({ succeeded: 3, failed: 1 });
  });

  it('of what failed leaves what was skipped, and of what was skipped runs that alone', async () => {
    const halt = { when: 'soon' as const, on: 'fail' as const, limit: { unit: 'tasks' as const, tasks: 1 } };
    const options = { chunkSize: 1, workers: 1, halt };
    const { id } = await test.run(test.spec(code(), numbers(6), { params: { unit: 'm' }, options }));
    const query = { search: '', sort: 'index' as const, descending: false };
    await test.engine.retry(id, { query: { ...query, filter: 'failed' } });
    expect((await test.engine.ended(id)).counts).toMatchObject({ succeeded: 2, failed: 0, skipped: 4 });
    await expect(test.engine.retry(id, { query: { ...query, filter: 'failed' } })).rejects.toMatchObject({
      code: 'NOTHING_TO_RETRY',
    });
    expect((await test.engine.get(id)).counts).toMatchObject({ skipped: 4, pending: 0 });
    await test.engine.retry(id, { indices: [4] });
    expect((await test.engine.ended(id)).counts).toMatchObject({ succeeded: 3, skipped: 3 });
    await test.engine.retry(id, 'unsuccessful');
    expect((await test.engine.ended(id)).counts).toMatchObject({ succeeded: 4, failed: 1, skipped: 1 });
  });

  it('of nothing is refused, and of a batch that runs too', async () => {
    const { id } = await test.run(test.spec('export default (x) => x;', numbers(3)));
    await expect(test.engine.retry(id, 'unsuccessful')).rejects.toMatchObject({ code: 'NOTHING_TO_RETRY' });
    expect(await test.engine.get(id)).toMatchObject({ state: 'completed' });
    const running = await test.engine.submit(test.spec(waitingAt(0), numbers(1)));
    await expect(test.engine.retry(running.id, 'unsuccessful')).rejects.toMatchObject({
      code: 'STILL_RUNNING',
    });
    await test.engine.cancel(running.id);
  });

  it('with a file that cannot start any more leaves the batch as it was', async () => {
    const { id } = await test.run(test.spec(code(), numbers(2), { params: { unit: 'm' } }));
    test.task('export default (');
    const told: BatchSummary[] = [];
    test.engine.on((event) => event.type === 'batch' && told.push(event.batch));
    await expect(test.engine.retry(id, 'unsuccessful')).rejects.toMatchObject({ name: 'PoolboardError' });
    const asItWas = { id, state: 'completed', counts: { succeeded: 1, failed: 1 } };
    expect(await test.engine.get(id)).toMatchObject(asItWas);
    // Whoever shows it hears how it was left.
    expect(told.at(-1)).toMatchObject(asItWas);
  });
});

describe('closing a batch', () => {
  it('takes no more inputs and does those that it has', async () => {
    const stdin = new PassThrough();
    stdin.write('one\ntwo\n');
    const spec = test.spec(`export default (line) => line;`, { kind: 'rows', file: '-', format: 'lines' });
    const { id } = await test.engine.submit(spec, { stdin });
    await test.engine.closeBatch(id);
    const ended = await test.engine.ended(id);
    expect(ended).toMatchObject({ state: 'completed', enumerated: true });
    expect(ended.counts.succeeded).toBe(ended.total);
  });
});

describe('the inputs of a batch', () => {
  const reading = `import { readFileSync } from 'node:fs';
export default async (file) => { await new Promise((r) => setTimeout(r, 30)); return readFileSync(file, 'utf8'); };`;

  function files(count: number): string {
    mkdirSync(test.path('photos'));
    for (let i = 0; i < count; i++) writeFileSync(test.path('photos', `${100 + i}.txt`), `photo ${i}`);
    return test.path('photos');
  }

  it('that vanish one by one are the errors of their tasks', async () => {
    const folder = files(10);
    const spec = test.spec(reading, {
      kind: 'files',
      paths: [folder],
    });
    const { id } = await test.engine.submit({ ...spec, options: { workers: 1, chunkSize: 1 } });
    rmSync(test.path('photos', '109.txt'));
    const ended = await test.engine.ended(id);
    expect(ended.counts).toMatchObject({ succeeded: 9, failed: 1 });
    expect((await test.rows(id))[9]!.error).toMatchObject({ code: 'ENOENT' });
  });

  it('that go away together pause it, and it goes on when they are back', async () => {
    const folder = files(40);
    const spec = test.spec(reading, { kind: 'files', paths: [folder] }, { options: { chunkSize: 1 } });
    const { id } = await test.engine.submit(spec);
    await test.until(id, ({ counts }) => counts.succeeded > 3);
    renameSync(folder, test.path('unplugged'));
    const paused = await test.until(id, ({ state }) => state === 'paused');
    expect(paused.notice).toMatchObject({ code: 'INPUTS_AWAY' });
    expect(paused.notice!.message).toContain(folder);
    renameSync(test.path('unplugged'), folder);
    const ended = await test.engine.ended(id);
    expect(ended).toMatchObject({ state: 'completed', notice: null, counts: { succeeded: 40, failed: 0 } });
  });

  it('that stay away fail once one says that it should go on', async () => {
    const folder = files(40);
    const spec = test.spec(reading, { kind: 'files', paths: [folder] }, { options: { chunkSize: 1 } });
    const { id } = await test.engine.submit(spec);
    await test.until(id, ({ counts }) => counts.succeeded > 3);
    rmSync(folder, { recursive: true });
    await test.until(id, ({ state }) => state === 'paused');
    await test.engine.resume(id);
    const ended = await test.engine.ended(id);
    expect(ended.state).toBe('completed');
    expect(ended.counts.succeeded + ended.counts.failed).toBe(40);
    expect(ended.counts.failed).toBeGreaterThan(0);
  });
});

describe('the machine', () => {
  it('under more load than a batch allows keeps it from starting tasks, and says so', async () => {
    const options = { maxLoad: 0.000_001 };
    const { id } = await test.engine.submit(test.spec('export default (x) => x;', numbers(3), { options }));
    const held = await test.until(id, ({ notice }) => notice !== null);
    expect(held).toMatchObject({
      state: 'running',
      notice: { code: 'MACHINE_LOAD' },
      counts: { pending: 3 },
    });
    await test.engine.cancel(id);
    expect(await test.engine.ended(id)).toMatchObject({ state: 'canceled', notice: null });
  });

  it('on its battery gets fewer workers where a batch asks for that', async () => {
    test.engine.setOnBattery(true);
    const files = ['a', 'b', 'c'].map((name) => test.path(name));
    const code = `import { writeFileSync } from 'node:fs';
export default async (file, { signal }) => {
  writeFileSync(file, 'runs');
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
};`;
    const options = { batteryWorkers: 1, chunkSize: 1 };
    const { id } = await test.engine.submit(test.spec(code, list(files), { options }));
    await sign(files[0]!);
    await test.until(id, ({ counts }) => counts.running === 1);
    test.engine.setOnBattery(false);
    await sign(files[1]!);
    // The engine may hear of it a moment after the file is there.
    await test.until(id, ({ counts }) => counts.running === 2);
    await test.engine.cancel(id);
  });
});

describe('the data folder', () => {
  const slow = 'export default async (x) => { await new Promise((r) => setTimeout(r, 20)); return x; };';

  it('held by another program pauses the batch until that lets go', async () => {
    const { id } = await test.engine.submit(test.spec(slow, numbers(200), { options: { chunkSize: 5 } }));
    await test.until(id, ({ counts }) => counts.succeeded > 5);
    const other = new DatabaseSync(`${test.dataDir}/poolboard.db`, { timeout: 10_000 });
    other.exec('BEGIN IMMEDIATE');
    const paused = await test.until(id, ({ state }) => state === 'paused');
    expect(paused.notice).toMatchObject({ code: 'STORE_BUSY' });
    other.exec('COMMIT');
    other.close();
    const ended = await test.engine.ended(id);
    expect(ended).toMatchObject({ state: 'completed', notice: null, counts: { succeeded: 200 } });
    expect((await test.rows(id)).map(({ value }) => Number(value))).toEqual(
      Array.from({ length: 200 }, (_, i) => i),
    );
  });

  it.skipIf(!canMount())('on a full disk pauses the batch until there is room again', async () => {
    const disk = test.path('disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
    const engine = await createEngine({ dataDir: disk, launcher: forkLauncher(), poolSize: 2 });
    try {
      const code = "export default (x) => 'x'.repeat(100_000) + x;";
      const { id } = await engine.submit(test.spec(code, numbers(100)));
      const paused = Promise.withResolvers<BatchSummary>();
      engine.on((event) => {
        if (event.type === 'batch' && event.batch.state === 'paused') paused.resolve(event.batch);
      });
      expect((await paused.promise).notice).toMatchObject({ code: 'STORE_FULL' });
      execFileSync('mount', ['-o', 'remount,size=100m', disk]);
      const ended = await engine.ended(id);
      expect(ended).toMatchObject({ state: 'completed', notice: null, counts: { succeeded: 100 } });
    } finally {
      await engine.close();
      execFileSync('umount', [disk]);
    }
  });

  it('removed under a running batch is put back with all that was reported as done', async () => {
    const { id } = await test.engine.submit(test.spec(slow, numbers(200), { options: { chunkSize: 5 } }));
    await test.until(id, ({ counts }) => counts.succeeded > 20);
    rmSync(test.dataDir, { recursive: true });
    const ended = await test.engine.ended(id);
    expect(ended).toMatchObject({ state: 'completed', counts: { succeeded: 200 } });
    await test.engine.close();
    expect(readdirSync(test.dataDir)).toContain('poolboard.db');
    await test.open();
    expect((await test.rows(id)).map(({ value }) => Number(value))).toEqual(
      Array.from({ length: 200 }, (_, i) => i),
    );
  });

  it("removed under a running batch is still known to be this program's once it is back", async () => {
    const { id } = await test.engine.submit(test.spec(slow, numbers(200), { options: { chunkSize: 5 } }));
    await test.until(id, ({ counts }) => counts.succeeded > 20);
    rmSync(test.dataDir, { recursive: true });
    await test.until(id, () => existsSync(join(test.dataDir, 'poolboard.db')));
    const other = await createEngine({ dataDir: test.dataDir, launcher: forkLauncher() });
    try {
      expect(await other.get(id)).toMatchObject({ state: 'running' });
      await expect(other.resume(id)).rejects.toMatchObject({ code: 'NOT_RUNNING' });
    } finally {
      await other.close();
    }
    expect(await test.engine.ended(id)).toMatchObject({ state: 'completed', counts: { succeeded: 200 } });
  });
});

describe('a batch that ends while its inputs are read', () => {
  it('counts the inputs that were on their way into the store', async () => {
    const stdin = new PassThrough();
    const lines = `${Array.from({ length: 1000 }, (_, i) => i).join('\n')}\n`;
    const feed = () => {
      while (stdin.write(lines));
    };
    stdin.on('drain', feed);
    feed();
    const { id } = await test.engine.submit(
      test.spec(
        'export default (x) => x;',
        { kind: 'rows', file: '-' },
        {
          options: { halt: { when: 'now', on: 'done', limit: { unit: 'tasks', tasks: 5 } } },
        },
      ),
      { stdin },
    );
    const ended = await test.engine.ended(id);
    stdin.destroy();
    const other = await createEngine({ dataDir: test.dataDir, launcher: forkLauncher() });
    onTestFinished(() => other.close());
    const { total, counts } = await other.get(id);
    expect({ total, counts }).toEqual({ total: ended.total, counts: ended.counts });
    expect(counts.skipped).toBeGreaterThan(0);
  });
});

describe('history', () => {
  it('forgets a batch that is deleted, and has it back where that was a mistake', async () => {
    const { id } = await test.run(test.spec('export default (x) => x;', numbers(30)));
    const deleted: number[] = [];
    test.engine.on((event) => {
      if (event.type === 'deleted') deleted.push(...event.batches);
    });
    await test.engine.delete([id]);
    expect(deleted).toEqual([id]);
    expect(await test.engine.list()).toEqual([]);
    await expect(test.engine.get(id)).rejects.toMatchObject({ code: 'NO_SUCH_BATCH' });
    await test.engine.restore([id]);
    expect(await test.engine.list()).toMatchObject([{ id, counts: { succeeded: 30 } }]);
    expect(await test.rows(id)).toHaveLength(30);
  });

  it('refuses to delete a batch that runs', async () => {
    const { id } = await test.engine.submit(test.spec(waitingAt(0), numbers(1)));
    await expect(test.engine.delete([id])).rejects.toMatchObject({ code: 'STILL_RUNNING' });
    await test.engine.cancel(id);
  });

  it('says what it takes, and keeps batches as long as it is told', async () => {
    const { id, bytes } = await test.run(test.spec(`export default () => 'x'.repeat(10_000);`, numbers(30)));
    expect(bytes).toBeGreaterThan(300_000);
    expect(bytes).toBeLessThan(400_000);
    expect((await test.engine.storage()).bytes).toBeGreaterThan(bytes);
    expect(await test.engine.setRetention(30)).toMatchObject({ retentionDays: 30 });
    expect(await test.engine.list()).toHaveLength(1);
    const database = new DatabaseSync(`${test.dataDir}/poolboard.db`);
    database.exec(`UPDATE batches SET ended_at = ended_at - 31 * 86400000 WHERE id = ${id}`);
    database.close();
    await test.engine.setRetention(30);
    expect(await test.engine.list()).toEqual([]);
  });
});
