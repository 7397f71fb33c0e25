import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { storeUpload } from './upload.ts';

const drop = 'drop-0001';
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'poolboard-upload-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const store = (path: string, text: string, bytes: number | null = null) =>
  storeUpload(dataDir, `/upload/${drop}/${path}`, Readable.from([Buffer.from(text)]), bytes);
const filesBelow = async () => {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
};

test('a file lands below its drop, and the answer names the entry that was dropped', async () => {
  const answer = await store('photos/summer/a%20b.jpg', 'picture', 7);
  const folder = join(dataDir, 'uploads', drop, 'photos');
  expect(answer).toEqual({ path: join(folder, 'summer', 'a b.jpg'), root: folder });
  expect(await readFile(answer.path, 'utf8')).toBe('picture');
  expect(await filesBelow()).toEqual(['a b.jpg']);
});

test('an empty file is a file', async () => {
  const { path, root } = await store('empty', '', 0);
  expect(path).toBe(root);
  expect(await readFile(path, 'utf8')).toBe('');
});

test('an upload that is cut off leaves nothing', async () => {
  const broken = new Readable({
    read() {
      this.push('half');
      this.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    },
  });
  const upload = storeUpload(dataDir, `/upload/${drop}/a`, broken, 100);
  await expect(upload).rejects.toMatchObject({ code: 'UPLOAD_CUT' });
  await expect(store('b', 'short', 100)).rejects.toMatchObject({ code: 'UPLOAD_CUT' });
  expect(await filesBelow()).toEqual([]);
});

test('a second file of the same path does not replace the first', async () => {
  await store('a', 'first');
  await expect(store('a', 'second')).rejects.toMatchObject({ code: 'UPLOAD_EXISTS' });
  await expect(store('a/b', 'below a file')).rejects.toMatchObject({ code: 'UPLOAD_EXISTS' });
  expect(await readFile(join(dataDir, 'uploads', drop, 'a'), 'utf8')).toBe('first');
  expect(await filesBelow()).toEqual(['a']);
});

test('a data folder that cannot be written to is said in a sentence', async () => {
  await writeFile(join(dataDir, 'uploads'), 'not a folder');
  await expect(store('a', 'text')).rejects.toMatchObject({
    code: 'UPLOAD_FAILED',
    message: expect.stringMatching(/^a could not be stored: .+\.$/),
  });
});
