import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { storeUploadPack } from './upload-pack.ts';

const drop = 'drop-0001';
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'poolboard-pack-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

type File = { path: string; content: Buffer };

function pack(
  files: File[],
  head: unknown = files.map(({ path, content }) => ({ path, bytes: content.length })),
) {
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text, ...files.map(({ content }) => content)]);
}

/** Stores a body that comes in chunks of this many bytes. */
function store(body: Buffer, chunkBytes = 64_000) {
  const chunks = [];
  for (let at = 0; at < body.length; at += chunkBytes) chunks.push(body.subarray(at, at + chunkBytes));
  return storeUploadPack(dataDir, `/upload/${drop}`, Readable.from(chunks));
}

const folder = () => join(dataDir, 'uploads', drop);
const names = async () => {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
};

test.each([1, 7, 64_000])(
  'files are told apart whatever the chunks they come in (%i bytes)',
  async (chunkBytes) => {
    const files = [
      { path: 'photos/a%20b.bin', content: Buffer.from([0, 255, 10, 13]) },
      { path: 'photos/empty', content: Buffer.alloc(0) },
      { path: '%C3%A9.txt', content: Buffer.from('é'.repeat(500)) },
    ];
    const { roots } = await store(pack(files), chunkBytes);
    expect(roots).toEqual([join(folder(), 'photos'), join(folder(), 'é.txt')]);
    expect(await readFile(join(folder(), 'photos', 'a b.bin'))).toEqual(files[0]!.content);
    expect(await readFile(join(folder(), 'photos', 'empty'))).toEqual(files[1]!.content);
    expect(await readFile(join(folder(), 'é.txt'))).toEqual(files[2]!.content);
  },
);

test('a file that is cut off is not kept, those before it are', async () => {
  const files = [
    { path: 'first', content: Buffer.from('whole') },
    { path: 'second', content: Buffer.from('cut off') },
  ];
  await expect(store(pack(files).subarray(0, -3))).rejects.toMatchObject({ code: 'UPLOAD_CUT' });
  expect(await names()).toEqual(['first']);
});

test.each(['..%2Fout', '../out', '/etc/passwd', ''])(
  'a path that leaves its drop is refused: %j',
  async (path) => {
    await expect(store(pack([{ path, content: Buffer.from('x') }]))).rejects.toMatchObject({
      code: 'BAD_UPLOAD',
    });
    expect(await names()).toEqual([]);
  },
);

test.each([
  ['no head at all', Buffer.from([0, 0])],
  ['a head that is cut off', Buffer.from([0, 0, 0, 9, 91])],
  ['a head that is too long', Buffer.from([255, 255, 255, 255])],
  ['a head that is no JSON', Buffer.from([0, 0, 0, 1, 91])],
  ['no files', pack([])],
  ['a negative length', pack([], [{ path: 'a', bytes: -1 }])],
])('%s is refused', async (_what, body) => {
  await expect(store(body)).rejects.toMatchObject({ code: 'BAD_UPLOAD' });
  expect(await names()).toEqual([]);
});
