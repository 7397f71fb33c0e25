import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { needsBuild } from './freshness.mjs';

const outputs = ['out/main/cli.js', 'out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];
const sources = ['src/cli/index.ts', 'src/cli/index.test.ts', 'package.json', 'electron.vite.config.ts'];

let root;
const touch = async (file, minute) => {
  const path = join(root, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '');
  for (const each of [path, ...(file.startsWith('src') ? [dirname(path), join(root, 'src')] : [])]) {
    await utimes(each, minute * 60, minute * 60);
  }
};
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'poolboard-fresh-'));
  for (const file of sources) await touch(file, 1);
  for (const file of outputs) await touch(file, 2);
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('a build that is newer than its sources stays', () => {
  expect(needsBuild(root)).toBe(false);
});

test.each(outputs)('a missing %s is built', async (output) => {
  await rm(join(root, output));
  expect(needsBuild(root)).toBe(true);
});

test.each(['src/cli/index.ts', 'package.json', 'electron.vite.config.ts'])(
  'a newer %s is built',
  async (file) => {
    await touch(file, 3);
    expect(needsBuild(root)).toBe(true);
  },
);

test('a newer test is not', async () => {
  const path = join(root, 'src/cli/index.test.ts');
  await utimes(path, 180, 180);
  expect(needsBuild(root)).toBe(false);
});
