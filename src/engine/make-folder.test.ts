import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolboard-folder-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('a folder', () => {
  it('is made with all above it that are missing, and is no trouble where it is there', () => {
    const folder = join(dir, 'a', 'b', 'c');
    makeFolder(folder);
    makeFolder(folder);
    expect(statSync(folder).isDirectory()).toBe(true);
  });

  it('is made behind a link to a folder', () => {
    mkdirSync(join(dir, 'real'));
    symlinkSync(join(dir, 'real'), join(dir, 'link'), 'junction');
    makeFolder(join(dir, 'link', 'in'));
    expect(statSync(join(dir, 'real', 'in')).isDirectory()).toBe(true);
  });

  it.runIf(process.platform !== 'win32')('has the mode that is asked for', () => {
    makeFolder(join(dir, 'own'), 0o700);
    expect(statSync(join(dir, 'own')).mode & 0o777).toBe(0o700);
  });

  it('is not made where a file is in its way', () => {
    const file = join(dir, 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow(/EEXIST/);
    expect(() => makeFolder(join(file, 'in', 'it'))).toThrow(/ENOTDIR/);
  });

  it.runIf(process.platform === 'linux')(
    'that the file system refuses to make is an error, and no wait',
    () => {
      expect(() => makeFolder('/proc/nope')).toThrow(/ENOENT/);
      expect(() => makeFolder('/proc/nope/below/it')).toThrow(/ENOENT/);
    },
  );
});
