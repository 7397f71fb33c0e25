import { expect, test } from 'vitest';
import { taskQuerySchema } from '../../shared/views.ts';
import { anError, commitOf, inspect, newBatch, newFolder, newStore } from './test-store.ts';

const all = taskQuerySchema.parse({});

async function filledStore(folder = newFolder(), tasks = 100) {
  const store = await newStore(folder);
  const add = async () => {
    const id = await store.createBatch(newBatch());
    await store.addRange(id, 0, 1, tasks);
    const indices = Array.from({ length: tasks }, (_, index) => index);
    await store.commit([
      commitOf(id, [{ index: 1, state: 'pending', outcome: 'error', value: anError }]),
      commitOf(
        id,
        indices.map((index) => ({ index, value: `result ${index}`, attempt: index === 1 ? 2 : 1 })),
        { output: [{ index: 0, stream: 'stdout', text: 'hello', at: 1 }] },
      ),
    ]);
    return id;
  };
  return { store, ids: [await add(), await add(), await add()] as const, folder };
}

test('a deleted batch is hidden from everything that asks for it, and comes back as it was', async () => {
  const { store, ids } = await filledStore();
  const [first, second, third] = ids;
  const before = await store.getBatch(second);
  await store.deleteBatches([second, third], 1000);
  expect((await store.listBatches()).map(({ id }) => id)).toEqual([first]);
  expect(await store.getBatch(second)).toBeNull();
  const missing = { code: 'NO_SUCH_BATCH', message: `There is no batch ${second}.` };
  await expect(store.task(second, 0)).rejects.toMatchObject(missing);
  await expect(store.page(second, all, 0, 1)).rejects.toMatchObject(missing);
  await expect(store.select(second, all)).rejects.toMatchObject(missing);
  await expect(store.exportRows(second, all)[Symbol.asyncIterator]().next()).rejects.toMatchObject(missing);
  await expect(store.updateBatch(second, { state: 'running' })).rejects.toMatchObject(missing);
  await expect(store.claim(second, '1', '2')).rejects.toMatchObject(missing);
  await expect(store.addInputs(second, 100, '1', 1)).rejects.toMatchObject(missing);
  await expect(store.commit([commitOf(second, [{ index: 0 }])])).rejects.toMatchObject(missing);
  await expect(store.addOutput(second, [])).rejects.toMatchObject(missing);
  await expect(store.reopen(second, 'unsuccessful')).rejects.toMatchObject(missing);

  await store.restoreBatches([second, third]);
  expect(await store.getBatch(second)).toEqual(before);
  expect((await store.listBatches()).map(({ id }) => id)).toEqual([third, second, first]);
});

test('a purge removes what was deleted before its time, and nothing else', async () => {
  const { store, ids, folder } = await filledStore();
  const [first, second, third] = ids;
  await store.deleteBatches([first], 1000);
  await store.deleteBatches([second], 2000);
  // Deleting again does not make it later.
  await store.deleteBatches([first], 3000);
  await store.purge(2000);
  await expect(store.restoreBatches([first])).rejects.toMatchObject({ code: 'NO_SUCH_BATCH' });
  await store.restoreBatches([second]);
  expect((await store.listBatches()).map(({ id }) => id)).toEqual([third, second]);
  expect(await store.task(second, 1)).toMatchObject({ value: '"result 1"', attempts: [{}, {}] });
  expect(inspect(folder)).toMatchObject({
    integrity: 'ok',
    batches: 2,
    tasks: 200,
    results: 200,
    attempts: 2,
    output: 2,
  });
  // Its number is never given again.
  await store.deleteBatches([second, third], 1);
  await store.purge(2);
  expect(await store.createBatch(newBatch())).toBe(third + 1);
});

test('an export of a batch that is deleted meanwhile fails: half of it is none', async () => {
  const { store, ids } = await filledStore(newFolder(), 3000);
  const rows = store.exportRows(ids[0], all)[Symbol.asyncIterator]();
  await rows.next();
  await store.deleteBatches([ids[0]], 1);
  await expect(
    (async () => {
      while (!(await rows.next()).done);
    })(),
  ).rejects.toMatchObject({ code: 'NO_SUCH_BATCH' });
});

test('the space of a large batch goes back to the file system, while others are served', async () => {
  const { store, ids, folder } = await filledStore(newFolder(), 100_000);
  const [first, second, third] = ids;
  const before = await store.size();
  expect(before).toBeGreaterThan(20_000_000);
  await store.deleteBatches([first, third], 1);
  let done = false;
  const purging = store.purge(2).finally(() => {
    done = true;
  });
  const other = await store.createBatch(newBatch());
  expect((await store.getBatch(other))?.total).toBe(0);
  expect(done).toBe(false);
  await purging;
  expect(await store.size()).toBeLessThan(before * 0.4);
  expect(inspect(folder)).toMatchObject({ integrity: 'ok', tasks: 100_000, results: 100_000 });
  expect((await store.task(second, 99_999))?.value).toBe('"result 99999"');
});

test('the size of the store counts its log, and what batches say that they take is about that', async () => {
  const { store, ids } = await filledStore(newFolder(), 100_000);
  await store.deleteBatches([ids[2]], 1);
  await store.purge(2);
  const said = (await store.listBatches()).reduce((sum, { bytes }) => sum + bytes, 0);
  const size = await store.size();
  expect(said / size).toBeGreaterThan(0.75);
  expect(said / size).toBeLessThan(1.25);
});

test('settings are kept over a restart; one that was never set is null', async () => {
  const folder = newFolder();
  const store = await newStore(folder);
  expect(await store.readSetting('retention')).toBeNull();
  await store.writeSetting('retention', '30');
  await store.writeSetting('retention', '{"days":7}');
  await store.close();
  expect(await (await newStore(folder)).readSetting('retention')).toBe('{"days":7}');
});

test('one program alone claims a batch, whose rest stays as it is', async () => {
  const folder = newFolder();
  const [store, other] = [await newStore(folder), await newStore(folder)];
  const id = await store.createBatch(newBatch({ owner: 'gone' }));
  await store.addRange(id, 0, 1, 3);
  await store.updateBatch(id, { rest: 'canceled' });
  const claims = await Promise.all([store.claim(id, 'gone', 'a'), other.claim(id, 'gone', 'b')]);
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await store.getBatch(id)).toMatchObject({
    owner: claims[0] ? 'a' : 'b',
    rest: 'canceled',
    counts: { pending: 0, canceled: 3 },
  });
});

test('the whole spec is kept until its inputs are enumerated', async () => {
  const store = await newStore();
  const { spec } = newBatch();
  const wholeSpec = { ...spec, name: 'x'.repeat(5000) };
  const id = await store.createBatch(newBatch({ wholeSpec }));
  expect((await store.getBatch(id))?.spec).toEqual(spec);
  expect(await store.wholeSpec(id)).toEqual(wholeSpec);
  expect((await store.getBatch(id))?.bytes).toBeGreaterThan(5000);
  await store.updateBatch(id, { enumerated: true });
  expect(await store.wholeSpec(id)).toEqual(spec);
  expect((await store.getBatch(id))?.bytes).toBeLessThan(1000);
});

test('inputs are read whatever the state of their tasks', async () => {
  const { store, ids } = await filledStore();
  expect(await store.readInputs(ids[0], 1, 2)).toEqual({
    indices: [1, 2],
    inputs: '1\n2',
    past: [{ index: 1, attempts: 1, crashes: 0 }],
  });
  expect(await store.readInputs(ids[0], 99, 5)).toEqual({ indices: [99], inputs: '99', past: [] });
  expect(await store.readInputs(ids[0], 100, 5)).toEqual({ indices: [], inputs: '', past: [] });
});

test('a commit answers with what ended by it, and a copy of it with nothing', async () => {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 0, 1, 100);
  const first = commitOf(id, [
    { index: 0 },
    { index: 1, state: 'failed', outcome: 'error', value: anError },
    { index: 2, state: 'pending', outcome: 'error', value: anError },
    { index: 0, state: 'failed', outcome: 'error', value: anError },
  ]);
  const second = commitOf(id, [{ index: 3 }, { index: 1 }, { index: 4, state: 'skipped', attempt: 0 }]);
  const none = { succeeded: 0, failed: 0, canceled: 0, skipped: 0 };
  expect(await store.commit([first, second])).toEqual([
    { ...none, succeeded: 1, failed: 1 },
    { ...none, succeeded: 1, skipped: 1 },
  ]);
  expect(await store.commit([first, second])).toEqual([none, none]);
  expect((await store.task(id, 2))?.attempts).toHaveLength(1);
});
