import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { databaseName } from './open.ts';
import { newBatch, newFolder, newStore } from './test-store.ts';

test('files are remembered by their paths, the newest content of each, and become tasks where one asks', async () => {
  const store = await newStore(newFolder());
  const id = await store.createBatch(newBatch());
  await store.addWatched(id, null, { paths: ['/in/old', ''], stamps: ['1 1', 'start'] });
  await store.addWatched(id, 0, { paths: ['/in/b', '/in/a "b"'], stamps: ['2 2', '3 3'] });
  await store.addWatched(id, 2, { paths: ['/in/b'], stamps: ['4 4'] });
  expect(await store.readWatched(id, null, 10)).toEqual({
    paths: ['', '/in/a "b"', '/in/b', '/in/old'],
    stamps: ['start', '3 3', '4 4', '1 1'],
  });
  expect(await store.readWatched(id, '/in/a "b"', 1)).toEqual({ paths: ['/in/b'], stamps: ['4 4'] });
  expect((await store.getBatch(id))?.total).toBe(3);
  expect((await store.readInputs(id, 0, 3)).inputs).toBe('"/in/b"\n"/in/a \\"b\\""\n"/in/b"');
});

test('they go with their batch, and with no other', async () => {
  const folder = newFolder();
  const store = await newStore(folder);
  const [first, second] = [await store.createBatch(newBatch()), await store.createBatch(newBatch())];
  const paths = Array.from({ length: 1200 }, (_, at) => `/in/${at}`);
  for (const id of [first, second]) {
    await store.addWatched(id, 0, { paths, stamps: paths.map(() => '1 1') });
  }
  await store.deleteBatches([first], 1000);
  await store.purge(2000);
  const database = new DatabaseSync(join(folder, databaseName), { readOnly: true });
  const rows = database.prepare('SELECT batch, count(*) AS n FROM watched GROUP BY batch').all();
  database.close();
  expect(rows).toEqual([{ batch: second, n: 1200 }]);
});
