import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readUnchanged } from './file-change.ts';
import { makeContext, makeFolder, runBuiltin } from './test-run.ts';

/** Large, and quickly made: a file without content. */
function makeLargeFile(): { folder: string; path: string } {
  const folder = makeFolder();
  const path = join(folder, 'large.bin');
  writeFileSync(path, '');
  truncateSync(path, 3 * 2 ** 30);
  return { folder, path };
}

/** A context in which something happens to the file once the task has begun to read it. */
function meanwhile(happen: () => void) {
  const context = makeContext();
  let isDone = false;
  context.progress = () => {
    if (!isDone) happen();
    isDone = true;
  };
  return context;
}

const changes: [string, (path: string) => void, RegExp][] = [
  [
    'grows',
    (path) => appendFileSync(path, 'more'),
    /it had 3,221,225,472 bytes at first and 3,221,225,476 bytes at the end; run this task again/,
  ],
  ['shrinks', (path) => truncateSync(path, 5_000_000), / bytes at first and 5,000,000 bytes at the end/],
  ['is written to', (path) => utimesSync(path, 1, 1), /: something wrote to it;/],
];

describe.each(['hash', 'gzip', 'copy-rename'])('%s of a file that', (name) => {
  it.each(changes)('%s while it is read fails, and leaves nothing behind', async (_, change, message) => {
    const { folder, path } = makeLargeFile();
    const params = name === 'copy-rename' ? { name: 'copy' } : {};
    const context = meanwhile(() => change(path));
    await expect(runBuiltin(name, path, params, context)).rejects.toMatchObject({
      code: 'FILE_CHANGED',
      message: expect.stringMatching(message),
    });
    expect(readdirSync(folder)).toEqual(['large.bin']);
  });
});

describe('a picture', () => {
  const read = (change: (path: string) => void, end: () => unknown = () => 'done') => {
    const path = join(makeFolder(), 'a.png');
    writeFileSync(path, 'content');
    return readUnchanged(path, async () => {
      change(path);
      return end();
    });
  };
  const fail = () => {
    throw new Error('no picture');
  };

  it('that stays as it is is read, or is no picture', async () => {
    expect(await read(() => {})).toBe('done');
    await expect(read(() => {}, fail)).rejects.toThrow('no picture');
  });

  it('that changes while it is read is no more of any use', async () => {
    const replace = (path: string) => {
      writeFileSync(`${path}.new`, 'content');
      renameSync(`${path}.new`, path);
    };
    const becomeFolder = (path: string) => {
      rmSync(path);
      mkdirSync(path);
    };
    for (const end of [undefined, fail]) {
      await expect(read((path) => appendFileSync(path, 'more'), end)).rejects.toMatchObject({
        code: 'FILE_CHANGED',
      });
      await expect(read(replace, end)).rejects.toMatchObject({
        code: 'FILE_CHANGED',
        message: expect.stringContaining('another file took its place'),
      });
      await expect(read(becomeFolder, end)).rejects.toMatchObject({
        code: 'FILE_CHANGED',
        message: expect.stringContaining('it is no file any more'),
      });
    }
    await expect(read(rmSync)).rejects.toMatchObject({
      code: 'FILE_CHANGED',
      message: expect.stringContaining('it was deleted'),
    });
    await expect(read(rmSync, fail)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe.each([
  ['hash', {}],
  ['text-stats', {}],
  ['csv-summary', {}],
  ['find-text', { pattern: 'x' }],
  ['gzip', {}],
  ['zstd', {}],
  ['copy-rename', { name: 'copy' }],
  ['image-resize', { width: 10 }],
])('%s of a file that has since', (name, params) => {
  it('vanished, or become a folder, says so', async () => {
    const folder = makeFolder();
    const path = join(folder, 'a.png');
    await expect(runBuiltin(name, path, params)).rejects.toMatchObject({
      code: 'ENOENT',
      message: `${path}: there is no such file; it was moved or deleted, or its name is wrong.`,
    });
    mkdirSync(path);
    await expect(runBuiltin(name, path, params)).rejects.toMatchObject({
      code: 'NOT_A_FILE',
      message: `${path} is a folder, not a file.`,
    });
    expect(readdirSync(folder)).toEqual(['a.png']);
  });

  // The superuser may read everything.
  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'become unreadable says so',
    async () => {
      const path = join(makeFolder(), 'a.png');
      writeFileSync(
        path,
        await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
          .png()
          .toBuffer(),
        { mode: 0 },
      );
      await expect(runBuiltin(name, path, params)).rejects.toMatchObject({
        code: 'EACCES',
        message: `${path}: you may not read it; change its permissions.`,
      });
    },
  );
});
