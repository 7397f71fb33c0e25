import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../store/store.ts';
import { resultsOf } from './results-api.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolboard-results-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
/** What is asked of a cell with this value. */
const of = (value: unknown) => resultsOf({ resultValue: async () => value } as unknown as Store);
const put = (name: string, content: string | Buffer) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

test.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'vscode://x',
  'no address',
  '',
  5,
  null,
  undefined,
  ['https://a.test'],
])('%j is not opened as a link', async (value) => {
  await expect(of(value).link(1, 0, 'value[]')).rejects.toMatchObject({ code: 'NOT_A_LINK' });
});

test('a link of http or https is', async () => {
  expect(await of('HTTPS://a.test/ä?b').link(1, 0, 'value[]')).toBe('https://a.test/%C3%A4?b');
});

test.each(['relative.png', '../a.png', '~/a.png', 'file:///a.png', '/a\0b', 7, { path: '/a' }, null])(
  '%j names no file',
  async (value) => {
    await expect(of(value).file(1, 0, 'value[]')).rejects.toMatchObject({ code: 'NOT_A_FILE' });
  },
);

test('a file that is gone is said, and a folder is none', async () => {
  await expect(of(join(folder, 'gone.txt')).file(1, 0, 'value[]')).rejects.toThrow('There is no file');
  mkdirSync(join(folder, 'folder.png'));
  await expect(of(join(folder, 'folder.png')).file(1, 0, 'value[]')).rejects.toMatchObject({
    code: 'NO_SUCH_FILE',
  });
});

test('an image is known by its content, whatever its name', async () => {
  const file = put('image', png);
  expect(await of(file).image(1, 0, 'value[]')).toEqual({ path: file, type: 'image/png', bytes: 16 });
});

test('a file that is no image is not sent, not even through a link with the name of one', async () => {
  const secret = put('secret', 'root:x:0:0');
  symlinkSync(secret, join(folder, 'link.png'));
  for (const path of [secret, join(folder, 'link.png'), put('empty.png', ''), put('a.svg', '<svg/>')]) {
    await expect(of(path).image(1, 0, 'value[]')).rejects.toMatchObject({ code: 'NOT_AN_IMAGE' });
  }
});

test('a whole cell is laid out, and cut where it is longer than a person reads', async () => {
  expect(await of({ a: [1] }).cell(1, 0, 'value[]')).toEqual({
    text: '{\n  "a": [\n    1\n  ]\n}',
    type: 'json',
    cut: false,
  });
  const long = await of('x'.repeat(300_000)).cell(1, 0, 'value[]');
  expect([long.text.length, long.cut]).toEqual([200_000, true]);
  expect(await of(undefined).cell(1, 0, 'value[]')).toEqual({ text: '', type: null, cut: false });
});
