import { once } from 'node:events';
import { readFileSync, statSync, watch } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { databaseName } from './open.ts';
import { migrations } from './schema.ts';
import { commitOf, inspect, newFolder, newStore, startFixture } from './test-store.ts';

/** Databases as each released version made them: `fixtures/version-N.sql`. */
const released = [1];

function make(version: number, folder: string): string {
  const file = path.join(folder, databaseName);
  const db = new DatabaseSync(file);
  db.exec(readFileSync(fileURLToPath(new URL(`./fixtures/version-${version}.sql`, import.meta.url)), 'utf8'));
  db.close();
  return file;
}

const versionOf = (file: string): unknown => {
  const db = new DatabaseSync(file, { readOnly: true });
  const version = db.prepare('PRAGMA user_version').get()?.user_version;
  db.close();
  return version;
};

const allTasks = { filter: 'all', search: '', sort: 'index', descending: false } as const;

test('each released version but the newest has its database among the fixtures', () => {
  expect(released).toEqual(Array.from({ length: migrations.length - 1 }, (_, index) => index + 1));
});

test.each(released)('a database of version %i is opened with everything that it holds', async (version) => {
  const folder = newFolder();
  const file = make(version, folder);
  const store = await newStore(folder);
  expect(versionOf(file)).toBe(migrations.length);
  expect(await store.listBatches()).toMatchObject([
    {
      id: 2,
      state: 'canceled',
      rest: 'canceled',
      total: 2,
      error: { message: 'stopped' },
      endedAt: 1_750_000_000_010,
    },
    {
      id: 1,
      name: 'square',
      state: 'running',
      owner: '4242',
      total: 8,
      enumerated: true,
      counts: { pending: 2, running: 0, succeeded: 2, failed: 2, canceled: 1, skipped: 1 },
      createdAt: 1_750_000_000_000.25,
      startedAt: 1_750_000_000_001,
      endedAt: null,
      warnings: ['a sentence'],
      busyMs: 12.5,
      generation: 0,
    },
  ]);
  const bytes = (await store.listBatches()).map((batch) => batch.bytes);
  expect(bytes[1]).toBeGreaterThan(1000);
  expect(bytes[1]).toBeLessThan(3000);
  expect(bytes[0]).toBeLessThan(bytes[1]!);
  expect(await store.wholeSpec(2)).toMatchObject({ inputs: { kind: 'range', to: 2 } });

  const { rows } = await store.page(1, allTasks, 0, 10);
  expect(rows.map(({ state, outcome, attempts, result }) => [state, outcome, attempts, result])).toEqual([
    ['succeeded', 'ok', 1, '0'],
    ['succeeded', 'ok', 2, 'one'],
    ['failed', 'error', 1, 'TypeError: no way'],
    ['failed', 'crash', 2, 'CrashError: SIGSEGV'],
    ['canceled', 'canceled', 1, null],
    ['skipped', null, 0, null],
    ['pending', 'error', 1, 'Error: again'],
    ['pending', null, 0, null],
  ]);
  expect((await store.task(1, 3))?.attempts).toMatchObject([
    { attempt: 1, worker: 1, outcome: 'crash', ms: 8.5, error: { message: 'exit status 3' } },
    { attempt: 2, worker: 2, outcome: 'crash', ms: 3.5, error: { message: 'SIGSEGV' } },
  ]);
  const output = await store.output(1, 0, 10, 1000);
  expect(output.pieces.map(({ stream, text }) => [stream, text])).toEqual([
    ['stdout', 'hello '],
    ['stderr', 'world'],
  ]);
});

test.each(released)('a batch of version %i is resumed, retried and deleted', async (version) => {
  const folder = newFolder();
  make(version, folder);
  const store = await newStore(folder);
  expect(await store.claim(1, '4242', 'me')).toBe(true);
  expect(await store.readWaiting(1, 0, 10)).toEqual({
    indices: [6, 7],
    inputs: '6\n7',
    past: [{ index: 6, attempts: 1, crashes: 0 }],
  });
  await store.commit([commitOf(1, [{ index: 6, value: 36, attempt: 2 }, { index: 7 }])]);
  expect(await store.reopen(1, 'unsuccessful')).toBe(4);
  expect((await store.readWaiting(1, 0, 10)).past).toEqual([
    { index: 2, attempts: 1, crashes: 0 },
    { index: 3, attempts: 2, crashes: 2 },
    { index: 4, attempts: 1, crashes: 0 },
  ]);
  await store.commit([
    commitOf(
      1,
      [2, 3, 4, 5].map((index) => ({ index })),
    ),
  ]);
  expect((await store.getBatch(1))?.counts).toMatchObject({ succeeded: 8, pending: 0 });

  await store.deleteBatches([1, 2], 5);
  await store.purge(6);
  expect(await store.listBatches()).toEqual([]);
  expect(inspect(folder)).toMatchObject({
    integrity: 'ok',
    batches: 0,
    tasks: 0,
    results: 0,
    attempts: 0,
    output: 0,
  });
});

test.each(released)('a database of version %i gives the space of what is purged back', async (version) => {
  const folder = newFolder();
  const file = make(version, folder);
  const store = await newStore(folder);
  const large = JSON.stringify('x'.repeat(1_000_000));
  for (let index = 0; index < 10; index++) await store.addInputs(1, 8 + index, large, 1);
  await store.deleteBatches([1], 5);
  await store.purge(6);
  expect(await store.size()).toBeLessThan(1_000_000);
  expect(inspect(folder)).toMatchObject({ integrity: 'ok', batches: 1, tasks: 2 });
  expect(statSync(file).size).toBeLessThan(500_000);
  expect((await store.getBatch(2))?.total).toBe(2);
});

test.each(released)(
  'a program that is killed while it brings version %i up to date leaves it whole',
  async (version) => {
    const folder = newFolder();
    const file = make(version, folder);
    const db = new DatabaseSync(file);
    // Enough for the migration to take a while.
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 8 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
    INSERT INTO tasks SELECT (1 << 32) + i, 'a' FROM n; UPDATE batches SET total = 1000001 WHERE id = 1`);
    db.close();
    const versions: unknown[] = [];
    for (const delayMs of [0, 30, 100]) {
      const watcher = watch(folder);
      const opener = startFixture('opener.ts', folder);
      // The write-ahead log is made just before the migration begins.
      for (;;) if ((await once(watcher, 'change'))[1] === `${databaseName}-wal`) break;
      const timer = setTimeout(() => opener.process.kill('SIGKILL'), delayMs);
      await once(opener.process, 'exit');
      clearTimeout(timer);
      watcher.close();
      versions.push(versionOf(file));
      expect(inspect(folder)).toMatchObject({ integrity: 'ok', tasks: 1_000_003 });
    }
    expect(versions[0]).toBe(version);
    const store = await newStore(folder);
    expect(versionOf(file)).toBe(migrations.length);
    const batch = (await store.getBatch(1))!;
    expect(batch).toMatchObject({ total: 1_000_001, counts: { pending: 999_995 } });
    // Counted once, however often it was begun.
    expect(batch.bytes).toBeGreaterThan(13_000_000);
    expect(batch.bytes).toBeLessThan(14_000_000);
  },
);

test('a database of the newest version is opened by two at once, and changed by neither', async () => {
  const folder = newFolder();
  const first = await newStore(folder);
  const id = await first.createBatch({
    name: 'one',
    spec: { definition: { kind: 'module', file: '/square.js' } } as never,
    state: 'queued',
    owner: 'me',
    createdAt: 1,
  });
  const second = await newStore(folder);
  expect(await second.getBatch(id)).toEqual(await first.getBatch(id));
  await second.updateBatch(id, { owner: 'other' });
  expect(await first.getBatch(id)).toMatchObject({ owner: 'other' });
  expect(inspect(folder)).toMatchObject({ integrity: 'ok', batches: 1 });
});
