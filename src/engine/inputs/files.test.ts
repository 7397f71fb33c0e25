import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { collect, makeTree } from './test-tree.ts';

const files = (paths: string[], hidden?: boolean) => ({ kind: 'files' as const, paths, hidden });

async function namesBelow(root: string, paths: string[], hidden?: boolean) {
  const { inputs, warnings } = await collect(files(paths, hidden), { cwd: root });
  return { names: inputs.map((path) => relative(root, path as string)), warnings };
}

const rejection = (code: string, message: string | RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe('files and folders', () => {
  it('walks a folder with its subfolders, each in the order of its names', async () => {
    const root = makeTree(['b.txt', 'a/2.txt', 'a/1.txt', 'a-b/x', 'a.txt', 'c/d/e/f']);
    const { names } = await namesBelow(root, ['.']);
    expect(names).toEqual(['a/1.txt', 'a/2.txt', 'a-b/x', 'a.txt', 'b.txt', 'c/d/e/f']);
  });

  it('gives absolute, normalised paths, whatever the names hold', async () => {
    const hostile = [
      'with space',
      'quo"te\'s',
      'new\nline',
      'émoji 🎉',
      '-rf',
      '$(touch pwned)',
      'back\\slash',
      '[a]*?.txt',
    ];
    const root = makeTree(hostile);
    const { inputs } = await collect(files([`${root}/./x/..//`]));
    expect(new Set(inputs)).toEqual(new Set(hostile.map((name) => join(root, name))));
  });

  it('leaves hidden files and folders out, unless asked for', async () => {
    const root = makeTree(['a', '.b', '.c/d', 'e/.f', 'e/g']);
    expect((await namesBelow(root, ['.'])).names).toEqual(['a', 'e/g']);
    expect((await namesBelow(root, ['.'], true)).names).toEqual(['.b', '.c/d', 'a', 'e/.f', 'e/g']);
    expect((await namesBelow(root, ['.b', '.c'])).names).toEqual(['.b', '.c/d']);
  });

  it('follows links to files, and takes every folder of a tangle of links once', async () => {
    const root = makeTree(['data/1', 'data/2/x', 'other/y', 'other/z']);
    symlinkSync('1', join(root, 'data/to-file'));
    symlinkSync('..', join(root, 'data/2/up'));
    symlinkSync('.', join(root, 'data/self'));
    symlinkSync('2', join(root, 'data/twin'));
    symlinkSync('../other', join(root, 'data/far'));
    symlinkSync('../other', join(root, 'data/far-again'));
    symlinkSync('../data', join(root, 'other/back'));
    const { names, warnings } = await namesBelow(root, ['data']);
    expect(names).toEqual(['data/1', 'data/2/x', 'data/far/y', 'data/far/z', 'data/to-file']);
    expect(warnings).toHaveLength(5);
    expect(warnings[0]).toBe(
      `Passed over the link ${root}/data/2/up: it leads to ${root}/data, whose files are taken already.`,
    );
  });

  it('finds what find finds, in a folder of this machine with links and hidden files', async () => {
    const folder = '/etc';
    const expected = execFileSync('find', ['-L', folder, '-type', 'f', '-print0'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .toString()
      .split('\0')
      .filter(Boolean);
    const { inputs, warnings } = await collect(files([folder], true));
    const found = new Set(inputs);
    const missing = expected.filter((path) => !found.has(path));
    const through = warnings.flatMap((sentence) => /link (\/\S+):/.exec(sentence)?.[1] ?? []);
    expect(missing.filter((path) => !through.some((link) => path.startsWith(`${link}/`)))).toEqual([]);
    expect(inputs.filter((path) => !expected.includes(path as string))).toEqual([]);
  });

  it('takes a path once, however it is named', async () => {
    const root = makeTree(['a/1', 'a/2', 'a/b/3', 'c', '.h/4']);
    expect((await namesBelow(root, ['a/2', 'a', 'a/b', 'a/1', './c', 'c', 'a/../c'])).names).toEqual([
      'a/2',
      'a/1',
      'a/b/3',
      'c',
    ]);
    expect((await namesBelow(root, ['a/b', 'a'])).names).toEqual(['a/b/3', 'a/1', 'a/2']);
    expect((await namesBelow(root, ['a/*', 'a', '**'])).names).toEqual(['a/1', 'a/2', 'a/b/3', 'c']);
    expect((await namesBelow(root, ['.', '.h'])).names).toEqual(['a/1', 'a/2', 'a/b/3', 'c', '.h/4']);
  });

  it('passes over sockets, pipes, devices and broken links, each with its reason', async () => {
    const root = makeTree(['a']);
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const server = createServer().listen(join(root, 'socket'));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    symlinkSync('nowhere', join(root, 'broken'));
    symlinkSync('circle', join(root, 'circle'));
    symlinkSync('/dev/null', join(root, 'device'));
    const { names, warnings } = await namesBelow(root, ['.']);
    expect(names).toEqual(['a']);
    expect(warnings).toEqual([
      `Passed over ${root}/broken: it leads to nothing (ENOENT).`,
      `Passed over ${root}/circle: its links lead in a circle (ELOOP).`,
      `Passed over ${root}/device: it is a device, not a file.`,
      `Passed over ${root}/pipe: it is a named pipe, not a file.`,
      `Passed over ${root}/socket: it is a socket, not a file.`,
    ]);
  });

  it('passes over names that are not UTF-8 and shows their bytes', async () => {
    const root = makeTree(['good', 'really \uFFFD']);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9, 0x0a])]), '');
    mkdirSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff])]));
    const { names, warnings } = await namesBelow(root, ['.']);
    expect(names).toEqual(['good', 'really \uFFFD']);
    expect(warnings.sort()).toEqual([
      `Passed over ${root}/\\xff: its name is not valid UTF-8; rename it.`,
      `Passed over ${root}/caf\\xe9\\x0a: its name is not valid UTF-8; rename it.`,
    ]);
  });

  it('goes on where a folder cannot be read', async () => {
    const root = makeTree(['a/1', 'b/2']);
    chmodSync(root, 0o755);
    chmodSync(join(root, 'a'), 0o000);
    const restore = withoutPrivileges();
    try {
      const { names, warnings } = await namesBelow(root, ['.']);
      expect(names).toEqual(['b/2']);
      expect(warnings).toEqual([`Passed over the folder ${root}/a: you may not read it (EACCES).`]);
      await expect(collect(files([join(root, 'a')]))).rejects.toThrow(
        rejection('NO_INPUTS', 'holds no files.* you may not read it \\(EACCES\\)'),
      );
    } finally {
      restore();
      chmodSync(join(root, 'a'), 0o700);
    }
  });

  it('sums up the bytes of the files where that is asked for', async () => {
    const root = makeTree({ a: 'four', 'b/c': 'seven..' });
    expect((await collect(files([root]), { measure: true })).bytes).toBe(11);
    expect((await collect(files([root, join(root, 'a')]))).bytes).toBe(0);
  });

  it('gives many files in blocks of at most 4,096', async () => {
    const root = makeTree(Array.from({ length: 5000 }, (_, i) => `f${i}`));
    const { inputs, blocks } = await collect(files([root]));
    expect(new Set(inputs).size).toBe(5000);
    expect(Math.max(...blocks)).toBeLessThanOrEqual(4096);
  });

  it('passes on fifty warnings and counts the others', async () => {
    const root = makeTree(['a']);
    for (let i = 0; i < 53; i += 1) symlinkSync('nowhere', join(root, `link-${i}`));
    const { warnings } = await namesBelow(root, ['.']);
    expect(warnings).toHaveLength(51);
    expect(warnings[50]).toBe('3 more warnings of this kind.');
  });
});

describe('globs', () => {
  it('match files in one folder, below, by braces, classes and extended patterns', async () => {
    const root = makeTree(['a.txt', 'b.md', 'x/a.txt', 'x/y/a.txt', 'x/y/b.md', '.h.txt', 'x/.i/a.txt']);
    const cases: [string, string[]][] = [
      ['*.txt', ['a.txt']],
      ['**/*.txt', ['a.txt', 'x/a.txt', 'x/y/a.txt']],
      ['x/*/*', ['x/y/a.txt', 'x/y/b.md']],
      ['{x/y,x}/*.{txt,md}', ['x/a.txt', 'x/y/a.txt', 'x/y/b.md']],
      ['[ab].*', ['a.txt', 'b.md']],
      ['!(a*)', ['b.md']],
      ['.*', ['.h.txt']],
      ['x/?/../*.txt', ['x/a.txt']],
    ];
    for (const [pattern, expected] of cases) {
      expect([pattern, (await namesBelow(root, [pattern])).names]).toEqual([pattern, expected]);
    }
    expect((await namesBelow(root, ['**/*.txt'], true)).names).toContain('x/.i/a.txt');
  });

  it('take what exists literally, even with the characters of a glob', async () => {
    const root = makeTree(['[a].txt', 'a.txt', 'set[1]/x', 'set1/y']);
    expect((await namesBelow(root, ['[a].txt', 'set[1]'])).names).toEqual(['[a].txt', 'set[1]/x']);
  });

  it('work below a folder whose name holds the characters of a glob', async () => {
    const root = makeTree(['set[1]/x.txt', 'set1/y.txt']);
    const { inputs } = await collect(files(['*.txt']), { cwd: join(root, 'set[1]') });
    expect(inputs).toEqual([join(root, 'set[1]/x.txt')]);
  });

  it('follow the links that they name, and end where links lead in a circle', async () => {
    const root = makeTree(['2024/a.txt']);
    symlinkSync('2024', join(root, 'latest'));
    symlinkSync('..', join(root, '2024/up'));
    expect((await namesBelow(root, ['l*t/*.txt'])).names).toEqual(['latest/a.txt']);
    expect((await namesBelow(root, ['**/*.txt'])).names).toEqual(['2024/a.txt']);
  });
});

describe('files that are not there', () => {
  it('names the path and where it stops being one', async () => {
    const root = makeTree(['photos/a.jpg']);
    await expect(collect(files(['photos/b.jpg']), { cwd: root })).rejects.toEqual(
      rejection(
        'NO_SUCH_PATH',
        `^There is no file or folder ${root}/photos/b.jpg: ${root}/photos has nothing named "b.jpg"\\.$`,
      ),
    );
    await expect(collect(files(['fotos/x/b.jpg', 'photos', 'c']), { cwd: root })).rejects.toEqual(
      rejection(
        'NO_SUCH_PATH',
        `${root} has nothing named "fotos"\\. 1 more of the 3 paths is wrong too\\.$`,
      ),
    );
    await expect(collect(files(['photos/a.jpg/x']), { cwd: root })).rejects.toEqual(
      rejection('NO_SUCH_PATH', 'a.jpg has nothing named "x"'),
    );
    await expect(collect(files(['nowhere/*.txt']), { cwd: root })).rejects.toEqual(
      rejection('NO_SUCH_PATH', `^The pattern nowhere/\\*\\.txt starts in ${root}/nowhere\\.`),
    );
    await expect(collect(files(['a\0b']))).rejects.toEqual(rejection('NO_SUCH_PATH', 'holds a NUL'));
  });

  it('says when a folder, a pattern or everything together holds no files', async () => {
    const root = makeTree(['empty/', 'hidden/.x', 'a.txt']);
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const cases: [string[], RegExp][] = [
      [['empty'], /^The folder .*empty holds no files that are not hidden: /],
      [['hidden'], /holds no files that are not hidden/],
      [['*.jpgg'], /^No file that is not hidden below .* matches \*\.jpgg: /],
      [['e*'], /matches e\*: check the pattern/],
      [['empty', 'hidden'], /^None of the 2 paths given holds a file/],
      [['pipe'], /pipe is a named pipe, not a file: choose/],
    ];
    for (const [paths, message] of cases) {
      await expect(collect(files(paths), { cwd: root })).rejects.toEqual(rejection('NO_INPUTS', message));
    }
    await expect(collect(files(['empty'], true), { cwd: root })).rejects.toEqual(
      rejection('NO_INPUTS', 'empty holds no files: choose'),
    );
  });

  it('warns of an empty part and takes the others', async () => {
    const root = makeTree(['empty/', 'a.txt']);
    const { names, warnings } = await namesBelow(root, ['empty', 'a.txt', '*.md']);
    expect(names).toEqual(['a.txt']);
    expect(warnings).toHaveLength(2);
  });
});

it('stops when its signal aborts', async () => {
  const root = makeTree(['a', 'b']);
  const stop = new AbortController();
  stop.abort(new Error('enough'));
  await expect(collect(files([root]), { signal: stop.signal })).rejects.toThrow('enough');
});

/** As an ordinary user from here on, where the tests run as root, who may read everything. */
function withoutPrivileges(): () => void {
  if (process.geteuid?.() !== 0) return () => {};
  process.seteuid?.(65534);
  return () => process.seteuid?.(0);
}
