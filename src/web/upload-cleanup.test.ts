import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batchSpecSchema } from '../shared/batch.ts';
import { cleanUploads } from './upload-cleanup.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'poolboard-cleanup-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const batchOf = (path: string) => ({
  spec: batchSpecSchema.parse({
    definition: { kind: 'builtin', name: 'hash' },
    inputs: { kind: 'files', paths: [path] },
  }),
});

async function make(name: string, ageHours: number) {
  const folder = join(dataDir, 'uploads', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'file'), 'text');
  const at = new Date(Date.now() - ageHours * 3_600_000);
  await utimes(folder, at, at);
}

test('old drops of no batch are deleted; those of a batch, young ones and other folders stay', async () => {
  await make('used-drop-1', 48);
  await make('unused-drop-1', 48);
  await make('young-drop-1', 1);
  await make('not_a_drop', 48);
  await cleanUploads(dataDir, [batchOf(join(dataDir, 'uploads', 'used-drop-1', 'file'))]);
  expect((await readdir(join(dataDir, 'uploads'))).sort()).toEqual([
    'not_a_drop',
    'used-drop-1',
    'young-drop-1',
  ]);
});

test('old parts of uploads that never ended are deleted', async () => {
  const parts = join(dataDir, 'uploads', '.parts');
  await mkdir(parts, { recursive: true });
  const old = new Date(Date.now() - 48 * 3_600_000);
  await writeFile(join(parts, 'old'), '');
  await utimes(join(parts, 'old'), old, old);
  await writeFile(join(parts, 'young'), '');
  await cleanUploads(dataDir, []);
  expect(await readdir(parts)).toEqual(['young']);
});

test('a data folder without uploads is fine', async () => {
  await cleanUploads(dataDir, []);
  expect(await readdir(dataDir)).toEqual([]);
});
