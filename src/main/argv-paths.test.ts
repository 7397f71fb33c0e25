import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pathsOfArgv } from './argv-paths.ts';

const here = fileURLToPath(import.meta.url);
const folder = dirname(here);
const name = basename(here);

test('paths follow the program and, unless packaged, the app', () => {
  expect(pathsOfArgv(['electron', '.', name], folder, false)).toEqual([here]);
  expect(pathsOfArgv(['Poolboard', name, folder], folder, true)).toEqual([here, folder]);
});

test('switches are no paths, wherever Chromium or a debugger has put them', () => {
  const argv = ['electron', '--inspect=0', '--remote-debugging-port=0', '.', '--no-sandbox', name];
  expect(pathsOfArgv(argv, folder, false)).toEqual([here]);
});

test('words that name nothing on disk are left out', () => {
  expect(pathsOfArgv(['Poolboard', 'absent', name], folder, true)).toEqual([here]);
  expect(pathsOfArgv(['Poolboard'], folder, true)).toEqual([]);
});
