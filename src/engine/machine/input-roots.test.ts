import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputRoots, inputsAway } from './input-roots.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolboard-roots-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function makeFile(...parts: string[]): string {
  const path = join(folder, ...parts);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  return path;
}

const rootsOf = (...paths: string[]) => InputRoots.of({ kind: 'files', paths }, [], { cwd: folder }).paths;

/** Roots of files, with a clock that a test moves on. */
function watched(paths: string[], deviceOf?: (path: string) => number) {
  let now = 0;
  const roots = InputRoots.of({ kind: 'files', paths }, [], { cwd: folder, now: () => now, deviceOf });
  const later = (ms = 1000) => {
    now += ms;
    return roots.away();
  };
  return { roots, later };
}

describe('which folders', () => {
  test('the folders of files, each once, and folders themselves', () => {
    const paths = [makeFile('a', '1.txt'), makeFile('a', '2.txt'), makeFile('b', '1.txt')];
    mkdirSync(join(folder, 'c'));
    expect(rootsOf(...paths, 'c')).toEqual([join(folder, 'a'), join(folder, 'b'), join(folder, 'c')]);
  });

  test('the fixed parts of globs', () => {
    makeFile('photos', 'x.jpg');
    const deep = join(folder, 'photos', '**', '*.jpg');
    expect(rootsOf(deep)).toEqual([join(folder, 'photos')]);
    expect(rootsOf('photos/*.jpg')).toEqual([join(folder, 'photos')]);
    expect(rootsOf('*.jpg')).toEqual([folder]);
  });

  test('a file whose name could be a pattern is that file', () => {
    const path = makeFile('[odd]', 'a*.txt');
    expect(rootsOf(path)).toEqual([join(folder, '[odd]')]);
  });

  test('the folders of the first inputs, where the paths that are kept do not name all', () => {
    const file = makeFile('a', '1.txt');
    const found = makeFile('b', 'deep', '2.txt');
    const roots = InputRoots.of({ kind: 'files', paths: [file] }, [file, found]);
    expect(roots.paths).toEqual([join(folder, 'a'), join(folder, 'b', 'deep')]);
  });

  test('those of the files in a combined source, and none of other sources', () => {
    const file = makeFile('a', '1.txt');
    const found = makeFile('b', '2.txt');
    const combined = InputRoots.of(
      {
        kind: 'product',
        sources: [
          { kind: 'list', values: ['/x/y'] },
          { kind: 'files', paths: [file] },
        ],
      },
      [['/x/y', found]],
    );
    expect(combined.paths).toEqual([join(folder, 'a'), join(folder, 'b')]);
    expect(InputRoots.of({ kind: 'list', values: [file] }, [file]).paths).toEqual([]);
    expect(InputRoots.of({ kind: 'range', from: 0, to: 9, step: 1 }).away()).toBeNull();
  });

  test('at most 64', () => {
    const paths = Array.from({ length: 70 }, (_, number) => makeFile(String(number), 'file'));
    expect(rootsOf(...paths)).toHaveLength(64);
  });

  test('a folder that is not there at the start is not waited for', () => {
    const { roots, later } = watched([join(folder, 'none', 'a.txt'), makeFile('here', 'a.txt')]);
    expect(roots.paths).toEqual([join(folder, 'here')]);
    expect(later()).toBeNull();
  });
});

describe('whether they are there', () => {
  test('a folder that goes away is told, and it is back when it is back', () => {
    makeFile('a', '1.txt');
    makeFile('b', '1.txt');
    const { later } = watched(['a', 'b']);
    expect(later()).toBeNull();
    renameSync(join(folder, 'b'), join(folder, 'elsewhere'));
    expect(later()).toBe(join(folder, 'b'));
    renameSync(join(folder, 'elsewhere'), join(folder, 'b'));
    expect(later()).toBeNull();
  });

  test('a file in the place of a folder above it is away too', () => {
    makeFile('a', 'deep', '1.txt');
    const { later } = watched(['a/deep']);
    rmSync(join(folder, 'a'), { recursive: true });
    makeFile('a');
    expect(later()).toBe(join(folder, 'a', 'deep'));
  });

  test('spends a twentieth of the time on looking, where that takes long', () => {
    const path = dirname(makeFile('a', '1.txt'));
    let now = 0;
    let isThere = true;
    const roots = InputRoots.of({ kind: 'files', paths: [path] }, [], {
      now: () => now,
      deviceOf: () => {
        now += 100;
        if (isThere) return 1;
        throw Object.assign(new Error('gone'), { code: 'ENOENT' });
      },
    });
    now = 10_000;
    expect(roots.away()).toBeNull();
    expect(roots.away()).toBeNull();
    isThere = false;
    now += 1999;
    expect(roots.away()).toBeNull();
    now += 1;
    expect(roots.away()).toBe(path);
  });

  test('one look that took long for once holds no longer than the quick one before it', () => {
    const path = makeFile('a', 'x');
    let now = 0;
    let tookMs = 0.01;
    let isThere = true;
    const roots = InputRoots.of({ kind: 'files', paths: [path] }, [], {
      now: () => now,
      deviceOf: () => {
        now += tookMs;
        if (isThere) return 1;
        throw Object.assign(new Error('gone'), { code: 'ENOENT' });
      },
    });
    now = 10_000;
    expect(roots.away()).toBeNull();
    now += 10;
    tookMs = 50;
    expect(roots.away()).toBeNull();
    isThere = false;
    now += 1;
    expect(roots.away()).not.toBeNull();
  });

  test('many files of one folder cost one look', () => {
    const looks: string[] = [];
    const paths = Array.from({ length: 100 }, (_, number) => makeFile('a', String(number)));
    const { later } = watched(paths, (path) => {
      looks.push(path);
      return 1;
    });
    looks.length = 0;
    later();
    expect(looks).toEqual([join(folder, 'a')]);
  });
});

describe.skipIf(process.platform === 'win32')('an unmounted drive leaves its empty mount point', () => {
  const setUp = (...paths: string[]) => {
    const drive = join(folder, 'usb');
    mkdirSync(join(drive, 'photos'), { recursive: true });
    let mounted: number | null = 7;
    const given = watched(
      paths.map((path) => join(folder, path)),
      (path) => {
        if (!path.startsWith(drive)) return 1;
        if (mounted !== null) return mounted;
        if (path !== drive) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
        return 1;
      },
    );
    const mount = (device: number | null) => {
      mounted = device;
    };
    return { ...given, drive, mount };
  };

  test('which is not taken for the drive', () => {
    const { later, drive, mount } = setUp('usb');
    expect(later()).toBeNull();
    mount(null);
    expect(later()).toBe(drive);
  });

  test('and a drive is back though it has a new number', () => {
    const { later, drive, mount } = setUp('usb', 'usb/photos');
    mount(null);
    expect(later()).toBe(drive);
    mount(8);
    expect(later()).toBeNull();
  });

  test('and a folder on it is away with it', () => {
    const { later, drive, mount } = setUp('usb/photos');
    mount(null);
    expect(later()).toBe(join(drive, 'photos'));
  });

  test('and a folder that may not be read any more is there: its files say it themselves', () => {
    makeFile('a', '1.txt');
    let refuses = false;
    const { later } = watched(['a'], () => {
      if (refuses) throw Object.assign(new Error('not allowed'), { code: 'EACCES' });
      return 1;
    });
    refuses = true;
    expect(later()).toBeNull();
  });
});

const mount = (...parts: string[]) => spawnSync('mount', parts).status === 0;
const unmount = (path: string) => spawnSync('umount', [path]).status === 0;

/** Whether this test may mount a file system: as root, and outside of most containers. */
function mayMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const point = mkdtempSync(join(tmpdir(), 'poolboard-mount-'));
  const may = mount('-t', 'tmpfs', 'none', point) && unmount(point);
  rmSync(point, { recursive: true });
  return may;
}

test.skipIf(!mayMount())('notices a real drive that is unmounted, and mounted again', () => {
  const point = join(folder, 'drive');
  mkdirSync(point);
  const other = join(folder, 'other');
  mkdirSync(other);
  try {
    expect(mount('-t', 'tmpfs', 'none', point)).toBe(true);
    const before = statSync(point).dev;
    const { later } = watched(['drive']);
    expect(later()).toBeNull();
    expect(unmount(point)).toBe(true);
    expect(later()).toBe(point);
    // Takes the number that is free now, so that the drive comes back with another one.
    expect(mount('-t', 'tmpfs', 'none', other)).toBe(true);
    expect(mount('-t', 'tmpfs', 'none', point)).toBe(true);
    expect(statSync(point).dev).not.toBe(before);
    expect(later()).toBeNull();
  } finally {
    unmount(point);
    unmount(other);
  }
});

test('the root of all folders can be a root', () => {
  const { root } = parse(folder);
  const { roots, later } = watched([root]);
  expect(roots.paths).toEqual([root]);
  expect(later()).toBeNull();
});

test('the error says what is away, that the batch waits, and what to do', () => {
  const { code, message } = inputsAway('/media/usb');
  expect(code).toBe('INPUTS_AWAY');
  expect(message).toMatch(/^\/media\/usb, .* the batch waits: connect .* by itself\. Or resume it/);
});
