import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BatchSpecInput, BatchSummary } from '../shared/batch.ts';
import { taskQuerySchema } from '../shared/views.ts';
import type { Engine } from './api.ts';
import { createEngine } from './create-engine.ts';
import { forkLauncher } from './launchers/fork.ts';

let dir: string;
let folder: string;
let engine: Engine;
const all = taskQuerySchema.parse({});
const open = () => createEngine({ dataDir: join(dir, 'data'), launcher: forkLauncher(), poolSize: 1 });

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'poolboard-watch-'));
  folder = join(dir, 'in');
  mkdirSync(folder);
  engine = await open();
});

afterEach(async () => {
  await engine.close();
  rmSync(dir, { recursive: true });
});

const spec = (more: object = {}): BatchSpecInput => ({
  definition: { kind: 'builtin', name: 'text-stats' },
  inputs: { kind: 'watch', folder, settleMs: 30, ...more },
});

const put = (name: string, content = name) => writeFileSync(join(folder, name), content);

/** Waits until the batch is as it should be. */
async function until(id: number, isSo: (batch: BatchSummary) => boolean): Promise<BatchSummary> {
  const { promise, resolve } = Promise.withResolvers<BatchSummary>();
  const stop = engine.on((event) => {
    if (event.type === 'batch' && event.batch.id === id && isSo(event.batch)) resolve(event.batch);
  });
  const now = await engine.get(id);
  if (isSo(now)) resolve(now);
  return promise.finally(stop);
}

const succeeded = (count: number) => (batch: BatchSummary) => batch.counts.succeeded === count;

async function inputsOf(id: number): Promise<string[]> {
  const inputs: string[] = [];
  for await (const rows of engine.exportRows(id, all)) {
    for (const { input } of rows) inputs.push((JSON.parse(input) as string).slice(folder.length + 1));
  }
  return inputs;
}

test('new files are tasks until it is finished, and then it is completed', async () => {
  put('old');
  const { id, name } = await engine.submit(spec());
  expect(name).toBe('text-stats new in in');
  put('a');
  await until(id, succeeded(1));
  put('b');
  expect(await until(id, succeeded(2))).toMatchObject({ state: 'running', enumerated: false });
  await engine.closeBatch(id);
  const ended = await engine.ended(id);
  expect(ended).toMatchObject({ state: 'completed', total: 2, enumerated: true, error: null, warnings: [] });
  expect(await inputsOf(id)).toEqual(['a', 'b']);
});

test('one that took no file is completed when it is finished', async () => {
  put('old');
  const { id } = await engine.submit(spec());
  await until(id, ({ state }) => state === 'running');
  await engine.closeBatch(id);
  expect(await engine.ended(id)).toMatchObject({ state: 'completed', total: 0, enumerated: true });
});

test('files that are there are taken where one asks for them, and a changed one again', async () => {
  put('old', 'x');
  const { id } = await engine.submit(spec({ existing: true }));
  await until(id, succeeded(1));
  put('old', 'longer');
  await until(id, succeeded(2));
  expect(await inputsOf(id)).toEqual(['old', 'old']);
});

test('after an interruption it goes on with what came meanwhile, and repeats nothing', async () => {
  put('old');
  const { id } = await engine.submit(spec());
  put('a');
  await until(id, succeeded(1));
  await engine.close();
  put('b');
  engine = await open();
  expect(await engine.get(id)).toMatchObject({ state: 'interrupted', enumerated: false });
  await engine.resume(id);
  await until(id, succeeded(2));
  put('c');
  await until(id, succeeded(3));
  await engine.closeBatch(id);
  expect((await engine.ended(id)).state).toBe('completed');
  expect(await inputsOf(id)).toEqual(['a', 'b', 'c']);
});

test('the folder may go away: the batch says so, waits, and goes on when it is back', async () => {
  const { id } = await engine.submit(spec());
  put('a');
  await until(id, succeeded(1));
  renameSync(folder, join(dir, 'away'));
  // Nothing is to be done, and nothing says that the folder itself was renamed: it is seen by the next look.
  const { state } = await until(id, ({ notice }) => notice?.code === 'INPUTS_AWAY');
  expect(state).toBe('paused');
  renameSync(join(dir, 'away'), folder);
  put('b');
  const back = await until(id, succeeded(2));
  expect(back).toMatchObject({ state: 'running', notice: null });
  await engine.cancel(id);
  expect((await engine.ended(id)).state).toBe('canceled');
});

test('a file that is being written when it is finished is told of', async () => {
  const { id } = await engine.submit(spec({ settleMs: 60_000 }));
  put('slow');
  const { utimesSync } = await import('node:fs');
  // Placed whole, after the other: when it is done, the other was seen.
  put('../whole');
  utimesSync(join(dir, 'whole'), 1000, 1000);
  renameSync(join(dir, 'whole'), join(folder, 'whole'));
  await until(id, succeeded(1));
  await engine.closeBatch(id);
  const { warnings, total } = await engine.ended(id);
  expect(total).toBe(1);
  expect(warnings).toEqual([
    `Not taken: ${join(folder, 'slow')} was still being written when the watching ended.`,
  ]);
});

test('outputs that would be inputs are refused, and those below the folder are passed over', async () => {
  const gzip = (params: Record<string, string>): BatchSpecInput => ({
    ...spec(),
    definition: { kind: 'builtin', name: 'gzip' },
    params,
  });
  await expect(engine.submit(gzip({}))).rejects.toMatchObject({ code: 'INPUTS_ARE_OUTPUTS' });
  await expect(engine.submit(gzip({ out: folder }))).rejects.toMatchObject({ code: 'INPUTS_ARE_OUTPUTS' });
  const { id, spec: kept } = await engine.submit(gzip({ out: join(folder, 'packed') }));
  expect(kept.inputs).toMatchObject({ folder, except: [join(folder, 'packed')] });
  put('a');
  await until(id, succeeded(1));
  put('b');
  await until(id, succeeded(2));
  expect(await inputsOf(id)).toEqual(['a', 'b']);
});

test('a folder that is not there is refused, and no batch is made', async () => {
  await expect(engine.submit(spec({ folder: join(dir, 'none') }))).rejects.toMatchObject({
    code: 'NO_SUCH_PATH',
  });
  expect(await engine.list()).toEqual([]);
});
