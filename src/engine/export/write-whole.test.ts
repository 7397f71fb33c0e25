import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExportRow } from '../store/store.ts';
import { resultLine } from './result-line.ts';
import { exportRow, slicesOf } from './test-rows.ts';
import { writeExport } from './write-export.ts';
import { writeWhole } from './write-whole.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'poolboard-export-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const inFolder = (...names: string[]) => path.join(folder, ...names);
const line = `${resultLine(exportRow(7))}\n`;
const rows = () => slicesOf([exportRow(7)]);
const exportToFile = (given: AsyncIterable<ExportRow[]>, format: 'csv' | 'jsonl', file: string) =>
  writeWhole(file, (out) => writeExport(given, { format, table: null }, out));

test('rows are written to a new file, and nothing else stays in its folder', async () => {
  expect(await exportToFile(rows(), 'jsonl', inFolder('a "b"\n.jsonl'))).toBe(1);
  expect(await readFile(inFolder('a "b"\n.jsonl'), 'utf8')).toBe(line);
  expect(await readdir(folder)).toEqual(['a "b"\n.jsonl']);
});

test('a file that is there is replaced, through a symbolic link too', async () => {
  await writeFile(inFolder('real.jsonl'), 'old');
  await symlink('real.jsonl', inFolder('link.jsonl'));
  await exportToFile(rows(), 'jsonl', inFolder('link.jsonl'));
  expect(await readFile(inFolder('real.jsonl'), 'utf8')).toBe(line);
  expect(await readlink(inFolder('link.jsonl'))).toBe('real.jsonl');
});

test('until all is written the old file stays, and so it does where that fails', async () => {
  const file = inFolder('results.jsonl');
  await writeFile(file, 'old');
  async function* breaking(): AsyncGenerator<ExportRow[]> {
    yield [exportRow(0)];
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toHaveLength(2);
    throw new Error('the store broke');
  }
  await expect(exportToFile(breaking(), 'jsonl', file)).rejects.toThrow('the store broke');
  expect(await readFile(file, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['results.jsonl']);
});

test('a folder that does not exist is named', async () => {
  const file = inFolder('missing', 'results.csv');
  await expect(exportToFile(rows(), 'csv', file)).rejects.toMatchObject({
    code: 'EXPORT_FAILED',
    message: `${file} cannot be written: the folder ${inFolder('missing')} does not exist. Make it, or choose another place.`,
  });
  expect(existsSync(inFolder('missing'))).toBe(false);
});

test('a folder in the place of the file is named', async () => {
  await mkdir(inFolder('results.csv'));
  await expect(exportToFile(rows(), 'csv', inFolder('results.csv'))).rejects.toThrow(
    `${inFolder('results.csv')} is a folder. Give the name of a file for the export.`,
  );
});

test('a file in the place of the folder is named', async () => {
  await writeFile(inFolder('file'), '');
  await expect(exportToFile(rows(), 'csv', inFolder('file', 'results.csv'))).rejects.toThrow(
    `${inFolder('file')} is not a folder. Choose another place.`,
  );
});

test.runIf(existsSync('/dev/full'))('a full disk is said', async () => {
  await expect(exportToFile(rows(), 'csv', '/dev/full')).rejects.toThrow(
    '/dev/full cannot be written: the disk is full. Free some space, or choose another place.',
  );
});

test.runIf(existsSync('/proc/self'))('a file system without room for files is said', async () => {
  await expect(exportToFile(rows(), 'csv', '/proc/results.csv')).rejects.toMatchObject({
    code: 'EXPORT_FAILED',
  });
});
