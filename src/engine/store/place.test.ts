import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { databaseName } from './open.ts';
import type { Store } from './store.ts';
import { commitOf, inspect, newBatch, newFolder, newStore, startFixture } from './test-store.ts';

// Windows lets nobody remove files that are open.
const onPosix = test.skipIf(process.platform === 'win32');

const allTasks = { filter: 'all', search: '', sort: 'index', descending: false } as const;

async function newBatchIn(store: Store, tasks = 100): Promise<number> {
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 0, 1, tasks);
  await store.commit([commitOf(id, [{ index: 0, value: 'before' }])]);
  return id;
}

/** Writes until the store has looked at its path again, which it does a few times a second. */
async function writeUntil(store: Store, id: number, isDone: () => boolean): Promise<number> {
  for (let n = 1; ; n++) {
    await store.commit([commitOf(id, [{ index: n, value: `after ${n}` }])]);
    if (isDone()) return n;
  }
}

onPosix('a data folder that is removed is put back with all that was ever reported as done', async () => {
  const folder = path.join(newFolder(), 'data');
  const file = path.join(folder, databaseName);
  const store = await newStore(folder);
  const id = await newBatchIn(store, 100_000);
  expect((await store.page(id, allTasks, 0, 1)).rows[0]?.result).toBe('before');

  rmSync(folder, { recursive: true });
  const written = await writeUntil(store, id, () => existsSync(file));
  await store.commit([commitOf(id, [{ index: 99_999, value: 'on' }])]);
  // The thread that reads follows.
  expect((await store.page(id, allTasks, 99_999, 1)).rows[0]?.result).toBe('on');
  expect(readdirSync(folder).sort()).toEqual([databaseName, `${databaseName}-shm`, `${databaseName}-wal`]);
  // What another program sees at this moment, and what is left by a crash: the files are those of the path.
  expect(inspect(folder)).toMatchObject({ integrity: 'ok', results: written + 2, succeeded: written + 2 });
  await store.close();

  const again = await newStore(folder);
  expect((await again.getBatch(id))?.counts).toMatchObject({ succeeded: written + 2 });
  expect((await again.task(id, written))?.value).toBe(JSON.stringify(`after ${written}`));
});

onPosix('it is put back again and again, and also by closing', async () => {
  const folder = path.join(newFolder(), 'data');
  const store = await newStore(folder);
  const id = await newBatchIn(store, 100_000);
  for (let time = 0; time < 3; time++) {
    rmSync(folder, { recursive: true });
    await writeUntil(store, id, () => existsSync(path.join(folder, databaseName)));
  }
  await store.commit([commitOf(id, [{ index: 50_000 }])]);
  rmSync(folder, { recursive: true });
  await store.commit([commitOf(id, [{ index: 50_001 }])]);
  await store.close();
  const again = await newStore(folder);
  expect((await again.task(id, 50_001))?.state).toBe('succeeded');
  expect(inspect(folder).integrity).toBe('ok');
});

onPosix(
  'where only the database file is removed, the log of the old one is none of the new one',
  async () => {
    const folder = newFolder();
    const store = await newStore(folder);
    const id = await newBatchIn(store);
    rmSync(path.join(folder, databaseName));
    const written = await writeUntil(store, id, () => existsSync(path.join(folder, databaseName)));
    expect(inspect(folder)).toMatchObject({ integrity: 'ok', results: written + 1 });
  },
);

onPosix('a question that is the first one after the removal is answered', async () => {
  const folder = path.join(newFolder(), 'data');
  const store = await newStore(folder);
  const id = await newBatchIn(store);
  rmSync(folder, { recursive: true });
  expect((await store.page(id, allTasks, 0, 1)).rows[0]?.result).toBe('before');
  expect(inspect(folder)).toMatchObject({ integrity: 'ok', results: 1 });
});

onPosix(
  'a folder that cannot be made fails the write with what to do, and the next one after that works',
  async () => {
    const parent = newFolder();
    const folder = path.join(parent, 'data');
    const store = await newStore(folder);
    const id = await newBatchIn(store, 100_000);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'in the way');
    await expect(writeUntil(store, id, () => false)).rejects.toMatchObject({
      code: 'STORE_GONE',
      message: expect.stringMatching(
        `^The database ${folder}/${databaseName} was removed, and cannot be put back \\(.*EEXIST.*\\)\\. Put its folder back, or make room for it\\.$`,
      ),
    });
    const { counts } = (await store.getBatch(id))!;
    rmSync(folder);
    await store.commit([commitOf(id, [{ index: 99_999 }])]);
    expect(inspect(folder)).toMatchObject({ integrity: 'ok', results: counts.succeeded + 1 });
  },
);

onPosix('a folder that is moved away and back is the same one', async () => {
  const parent = newFolder();
  const [folder, away] = [path.join(parent, 'data'), path.join(parent, 'away')];
  const store = await newStore(folder);
  const id = await newBatchIn(store);
  renameSync(folder, away);
  writeFileSync(folder, 'in the way');
  await expect(writeUntil(store, id, () => false)).rejects.toMatchObject({ code: 'STORE_GONE' });
  rmSync(folder);
  renameSync(away, folder);
  await store.commit([commitOf(id, [{ index: 99 }])]);
  expect((await store.page(id, allTasks, 99, 1)).rows[0]?.state).toBe('succeeded');
  await store.close();
  const again = await newStore(folder);
  expect((await again.task(id, 99))?.state).toBe('succeeded');
});

onPosix('a copy with the same content in its place is gone over to; an older one is refused', async () => {
  const parent = newFolder();
  const [folder, old, away] = ['data', 'old', 'away'].map((name) => path.join(parent, name)) as [
    string,
    string,
    string,
  ];
  const store = await newStore(folder);
  const id = await newBatchIn(store, 100_000);
  const replaceBy = (copy: string) => {
    renameSync(folder, away);
    cpSync(copy, folder, { recursive: true });
    rmSync(away, { recursive: true });
  };
  cpSync(folder, old, { recursive: true });
  replaceBy(old);
  let written = 1;
  for (const until = Date.now() + 1000; Date.now() < until; written++) {
    try {
      await store.commit([commitOf(id, [{ index: written }])]);
    } catch (error) {
      expect(error).toMatchObject({ code: 'STORE_GONE' });
      break;
    }
  }
  await expect(store.addOutput(id, [])).rejects.toMatchObject({
    code: 'STORE_GONE',
    message: `The database ${folder}/${databaseName} is another file now. Move that one away, and Poolboard puts its own back.`,
  });
  rmSync(folder, { recursive: true });
  await store.addOutput(id, []);
  expect(inspect(folder)).toMatchObject({ integrity: 'ok', results: written });
});

onPosix(
  'another database in its place is refused and left as it is, and once it is away the own one is back',
  async () => {
    const folder = path.join(newFolder(), 'data');
    const store = await newStore(folder);
    const id = await newBatchIn(store, 100_000);
    rmSync(folder, { recursive: true });
    const other = await newStore(folder);
    const otherId = await other.createBatch(newBatch({ name: 'other' }));
    await expect(writeUntil(store, id, () => false)).rejects.toMatchObject({ code: 'STORE_GONE' });
    expect(await other.getBatch(otherId)).toMatchObject({ name: 'other', total: 0 });
    await other.close();
    const before = (await store.getBatch(id))!.counts.succeeded;
    rmSync(folder, { recursive: true });
    await store.commit([commitOf(id, [{ index: 99_999 }])]);
    expect(inspect(folder)).toMatchObject({ integrity: 'ok', results: before + 1 });
  },
);

onPosix('two programs whose folder is removed agree on one that has what both wrote', async () => {
  const folder = path.join(newFolder(), 'data');
  const store = await newStore(folder);
  const id = await newBatchIn(store, 400_000);
  const writer = startFixture('writer.ts', folder, '200000', '100');
  await once(writer.lines, 'line');
  await once(writer.lines, 'line');
  rmSync(folder, { recursive: true });
  const written = await writeUntil(store, id, () => writer.process.exitCode !== null);
  expect(writer.process.exitCode).toBe(0);
  const found = inspect(folder);
  expect(found).toMatchObject({ integrity: 'ok', results: 200_000 + written + 1, output: 2000 });
  expect(found.succeeded).toBe(found.results);
});

test('a database that another program holds is told within about three seconds, and is written after that', async () => {
  const folder = newFolder();
  const store = await newStore(folder);
  const id = await newBatchIn(store);
  const other = new DatabaseSync(path.join(folder, databaseName));
  other.exec('BEGIN IMMEDIATE');
  const started = performance.now();
  await expect(store.commit([commitOf(id, [{ index: 5 }])])).rejects.toMatchObject({
    code: 'STORE_BUSY',
    message: expect.stringContaining('is held by another program'),
  });
  expect(performance.now() - started).toBeLessThan(4000);
  // Reading goes on meanwhile.
  expect((await store.page(id, allTasks, 0, 1)).rows[0]?.state).toBe('succeeded');
  other.exec('ROLLBACK');
  other.close();
  await store.commit([commitOf(id, [{ index: 5 }])]);
  expect((await store.task(id, 5))?.state).toBe('succeeded');
});

// Root writes wherever it likes, so that it has to become somebody else first.
test.skipIf(process.platform === 'win32')(
  'a folder that is read-only fails the write; writable again it goes on',
  async () => {
    const parent = newFolder();
    chmodSync(parent, 0o777);
    const folder = path.join(parent, 'inner', 'data');
    const program = startFixture('read-only.ts', folder);
    const lines: string[] = [];
    for await (const line of program.lines) lines.push(line);
    expect(lines).toEqual(['STORE_GONE', 'written']);
    expect(existsSync(path.join(folder, databaseName))).toBe(true);
    expect(inspect(folder)).toMatchObject({ integrity: 'ok' });
  },
);

onPosix(
  'a database file that was cut short under the program is said, and whole again it is written',
  async () => {
    const folder = newFolder();
    const store = await newStore(folder);
    const id = await newBatchIn(store, 20_000);
    mkdirSync(path.join(folder, 'copy'));
    await store.close();
    const file = path.join(folder, databaseName);
    cpSync(file, path.join(folder, 'copy', databaseName));
    const again = await newStore(folder);
    await again.commit([commitOf(id, [{ index: 1 }])]);
    rmSync(file);
    writeFileSync(file, 'not a database');
    await expect(writeUntil(again, id, () => false)).rejects.toMatchObject({
      code: expect.stringMatching('^STORE_'),
    });
    rmSync(file);
    await again.commit([commitOf(id, [{ index: 19_999 }])]);
    expect(inspect(folder).integrity).toBe('ok');
  },
);
