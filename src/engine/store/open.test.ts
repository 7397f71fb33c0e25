import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { databaseName, openStore } from './open.ts';
import { migrations } from './schema.ts';
import { StoreThread } from './store-thread.ts';
import { commitOf, newBatch, newFolder, newStore } from './test-store.ts';

function inDatabase(file: string, sql: string): Record<string, unknown> | undefined {
  const db = new DatabaseSync(file);
  try {
    return db.prepare(sql).get();
  } finally {
    db.close();
  }
}

test('a store makes its folder, and keeps what it holds over a restart', async () => {
  const folder = path.join(newFolder(), 'deep', 'down');
  const store = await newStore(folder);
  const id = await store.createBatch(newBatch());
  await store.addInputs(id, 0, '1\n2', 2);
  await store.commit([commitOf(id, [{ index: 1, value: 'two' }])]);
  const before = await store.getBatch(id);
  await store.close();

  const again = await newStore(folder);
  expect(await again.getBatch(id)).toEqual(before);
  expect(await again.task(id, 1)).toMatchObject({ input: '2', value: '"two"', state: 'succeeded' });
});

test('the database says its version and whose it is, and writes ahead', async () => {
  const folder = newFolder();
  await (await newStore(folder)).close();
  const file = path.join(folder, databaseName);
  expect(inDatabase(file, 'PRAGMA user_version')).toEqual({ user_version: migrations.length });
  expect(inDatabase(file, 'PRAGMA application_id')).toEqual({ application_id: 0x504c4244 });
  expect(inDatabase(file, 'PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
});

test('a database of a newer Poolboard is refused and left as it is', async () => {
  const folder = newFolder();
  await (await newStore(folder)).close();
  const file = path.join(folder, databaseName);
  inDatabase(file, `PRAGMA user_version = ${migrations.length + 1}`);
  const before = readFileSync(file);
  await expect(openStore(folder)).rejects.toMatchObject({
    code: 'STORE_TOO_NEW',
    message: `${file} was written by a newer Poolboard (format ${migrations.length + 1}, this one knows ${migrations.length}). Update Poolboard, or choose another data folder.`,
  });
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a file that is not a database is refused and left as it is', async () => {
  const folder = newFolder();
  const file = path.join(folder, databaseName);
  writeFileSync(
    file,
    'These are my notes, and they are longer than the header of a database would be.'.repeat(9),
  );
  const before = readFileSync(file);
  await expect(openStore(folder)).rejects.toMatchObject({
    code: 'STORE_CORRUPT',
    message: `${file} is not a database of Poolboard. Move it away, or choose another data folder.`,
  });
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a database of another program is refused and left as it is', async () => {
  const folder = newFolder();
  const file = path.join(folder, databaseName);
  const other = new DatabaseSync(file);
  other.exec('CREATE TABLE notes (text); INSERT INTO notes VALUES (1)');
  other.close();
  const before = readFileSync(file);
  await expect(openStore(folder)).rejects.toMatchObject({
    code: 'STORE_CORRUPT',
    message: `${file} is a database of another program. Move it away, or choose another data folder.`,
  });
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a damaged database is said when the damage is met', async () => {
  const folder = newFolder();
  const store = await newStore(folder);
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 0, 1, 20_000);
  await store.close();
  const file = path.join(folder, databaseName);
  const bytes = readFileSync(file);
  // All pages but the first, which holds the schema, and the small tables after it.
  bytes.fill(0xff, 20 * 8192);
  writeFileSync(file, bytes);

  const damaged = await newStore(folder);
  await expect(damaged.readWaiting(id, 0, 20_000)).rejects.toMatchObject({
    code: 'STORE_CORRUPT',
    message: `${file} is damaged (database disk image is malformed). Move it away, or put back a copy of it.`,
  });
});

test('a data folder below a file is refused with its path', async () => {
  const file = path.join(newFolder(), 'file');
  writeFileSync(file, '');
  const folder = path.join(file, 'data');
  await expect(openStore(folder)).rejects.toMatchObject({
    code: 'STORE_CANNOT_OPEN',
    message: expect.stringMatching(
      `^The data folder ${folder} cannot be made \\(ENOTDIR: .*\\)\\. Choose another one\\.$`,
    ),
  });
});

test('a folder in the place of the database is refused with its path', async () => {
  const folder = newFolder();
  mkdirSync(path.join(folder, databaseName));
  await expect(openStore(folder)).rejects.toMatchObject({
    code: 'STORE_CANNOT_OPEN',
    message: expect.stringContaining(path.join(folder, databaseName)),
  });
});

test.runIf(process.platform === 'linux')(
  'a folder that takes no files is refused with its path',
  async () => {
    await expect(openStore('/proc/self')).rejects.toMatchObject({
      code: 'STORE_CANNOT_OPEN',
      message: expect.stringContaining('/proc/self/poolboard.db cannot be opened'),
    });
  },
);

test.runIf(process.platform === 'linux')(
  'a data folder that the file system refuses to make is refused with its path',
  async () => {
    await expect(openStore('/proc/nope')).rejects.toMatchObject({
      code: 'STORE_CANNOT_OPEN',
      message: expect.stringMatching(/^The data folder \/proc\/nope cannot be made \(ENOENT: .*\)/),
    });
  },
);

// Root writes wherever it likes.
test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a database that cannot be written is refused by opening, not by the first batch',
  async () => {
    const folder = newFolder();
    await (await newStore(folder)).close();
    const file = path.join(folder, databaseName);
    chmodSync(file, 0o444);
    await expect(openStore(folder)).rejects.toMatchObject({
      code: 'STORE_READ_ONLY',
      message: `${file} cannot be written. Change its permissions, or choose another data folder.`,
    });
  },
);

test('a full disk fails the call and keeps what was stored; with room again the store goes on', async () => {
  const folder = newFolder();
  const small = await newStore(folder, { maxPages: 200 });
  const id = await small.createBatch(newBatch());
  await small.addInputs(id, 0, '1\n2', 2);
  const huge = 'x'.repeat(2_000_000);
  await expect(small.commit([commitOf(id, [{ index: 0, value: huge }])])).rejects.toMatchObject({
    code: 'STORE_FULL',
    message: `The disk is full: ${path.join(folder, databaseName)} cannot grow. Free some space.`,
  });
  expect((await small.getBatch(id))?.counts).toMatchObject({ pending: 2, succeeded: 0 });
  await small.commit([commitOf(id, [{ index: 1, value: 'fits' }])]);
  await small.close();

  const store = await newStore(folder);
  await store.commit([commitOf(id, [{ index: 0, value: huge }])]);
  expect((await store.getBatch(id))?.counts).toMatchObject({ pending: 0, succeeded: 2 });
});

test('a disk that is full from the start is said by opening', async () => {
  await expect(openStore(newFolder(), { maxPages: 2 })).rejects.toMatchObject({ code: 'STORE_FULL' });
});

test('calls after closing are refused; closing twice is closing once', async () => {
  const store = await newStore();
  await store.page(await store.createBatch(newBatch()), allTasks, 0, 10);
  await Promise.all([store.close(), store.close()]);
  await expect(store.listBatches()).rejects.toMatchObject({ code: 'STORE_CLOSED' });
  await expect(store.page(1, allTasks, 0, 10)).rejects.toMatchObject({ code: 'STORE_CLOSED' });
});

test('where a thread that reads does not end as it should, the one that writes is closed nevertheless', async () => {
  const store = await newStore();
  await store.page(await store.createBatch(newBatch()), allTasks, 0, 10);
  const close = vi.spyOn(StoreThread.prototype, 'close').mockRejectedValueOnce(new Error('It stopped.'));
  onTestFinished(() => close.mockRestore());
  await store.close();
  await expect(store.listBatches()).rejects.toMatchObject({ code: 'STORE_CLOSED' });
});

test('a store whose folder cannot be put back says so when it is closed, and is closed', async () => {
  const folder = newFolder();
  const thread = new StoreThread({ file: path.join(folder, databaseName), role: 'writer' });
  await thread.whenOpen();
  await thread.call('createBatch', newBatch());
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'no folder');
  await expect(thread.close()).rejects.toMatchObject({ code: 'STORE_GONE' });
  // It has ended, and does not only mean to.
  expect(thread.isGone).toBe(true);
});

test('what was handed over before closing is on disk after it', async () => {
  const folder = newFolder();
  const store = await newStore(folder);
  const id = await store.createBatch(newBatch());
  const writing = [store.addRange(id, 0, 1, 120_000), store.commit([commitOf(id, [{ index: 0 }])])];
  await store.close();
  await Promise.all(writing);
  expect(await (await newStore(folder)).getBatch(id)).toMatchObject({
    total: 120_000,
    counts: { succeeded: 1, pending: 119_999 },
  });
});

test('a copy of the files of a store that is in use is a store', async () => {
  const folder = newFolder();
  const store = await newStore(folder);
  const id = await store.createBatch(newBatch());
  const copy = newFolder();
  for (const name of [databaseName, `${databaseName}-wal`]) {
    copyFileSync(path.join(folder, name), path.join(copy, name));
  }
  expect(await (await newStore(copy)).getBatch(id)).toEqual(await store.getBatch(id));
});

const allTasks = { filter: 'all', search: '', sort: 'index', descending: false } as const;
