import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WatchSource } from '../../shared/inputs.ts';
import { previewInputs } from './preview.ts';
import { makeTree } from './test-tree.ts';
import { checkWatched, FolderWatch, type WatchedFile, type WatchOptions } from './watch.ts';

/** Watches a folder; `next` gives the names of the files that come next, and waits for them. */
function follow(folder: string, source: Partial<WatchSource> = {}, options: Partial<WatchOptions> = {}) {
  const warnings: string[] = [];
  const abort = new AbortController();
  const watch = new FolderWatch(
    { kind: 'watch', folder, settleMs: 40, ...source },
    { warn: (sentence) => warnings.push(sentence), signal: abort.signal, pollMs: 60_000, ...options },
  );
  const files = watch.files();
  const waiting: string[] = [];
  onTestFinished(async () => {
    watch.stop();
    await files.return(undefined).catch(() => {});
  });
  const nextFile = async (): Promise<string> => {
    while (waiting.length === 0) {
      const { value, done } = await files.next();
      if (done) throw new Error('The watching has ended.');
      waiting.push(...(value as WatchedFile[]).map(({ path }) => path.slice(folder.length + 1)));
    }
    return waiting.shift()!;
  };
  return {
    watch,
    warnings,
    abort,
    files,
    async next(count = 1): Promise<string[]> {
      const names: string[] = [];
      while (names.length < count) names.push(await nextFile());
      return names.sort();
    },
  };
}

/** What is there at the start, as a batch knows it. */
async function knowAll(watch: FolderWatch): Promise<void> {
  for await (const files of watch.present()) watch.know(files);
}

/** An old file put in place of a new one: it is complete at once. */
function place(path: string, content: string): void {
  const outside = makeTree({ file: content });
  utimesSync(join(outside, 'file'), 1000, 1000);
  renameSync(join(outside, 'file'), path);
}

describe.each([
  ['hearing of changes', { listen: true, pollMs: 60_000 }],
  ['looking only', { listen: false, pollMs: 20 }],
])('%s', (_how, options) => {
  test('new files come once they are complete, those that were there do not', async () => {
    const folder = makeTree({ old: 'x' });
    const { watch, next } = follow(folder, {}, options);
    await knowAll(watch);
    const first = next();
    writeFileSync(join(folder, 'a.txt'), 'a');
    expect(await first).toEqual(['a.txt']);
    writeFileSync(join(folder, 'b.txt'), 'b');
    writeFileSync(join(folder, 'c.txt'), 'c');
    expect(await next(2)).toEqual(['b.txt', 'c.txt']);
  });

  test('files of new folders come too, those that are hidden do not', async () => {
    const folder = makeTree(['.git/', '.hidden']);
    const { next } = follow(folder, {}, options);
    const first = next(2);
    mkdirSync(join(folder, 'sub/deeper'), { recursive: true });
    writeFileSync(join(folder, '.git/index'), 'x');
    writeFileSync(join(folder, 'sub/a'), 'a');
    writeFileSync(join(folder, 'sub/deeper/b'), 'b');
    expect(await first).toEqual(['sub/a', 'sub/deeper/b']);
    writeFileSync(join(folder, 'sub/deeper/c'), 'c');
    expect(await next()).toEqual(['sub/deeper/c']);
  });

  test('a path comes again only when its content has changed', async () => {
    const folder = makeTree({ a: 'one' });
    const { next } = follow(folder, {}, options);
    expect(await next()).toEqual(['a']);
    const again = next();
    // The same bytes, written anew, and a second file with them.
    utimesSync(join(folder, 'a'), 2000, 2000);
    expect(await again).toEqual(['a']);
    writeFileSync(join(folder, 'copy'), 'one');
    expect(await next()).toEqual(['copy']);
  });

  test('the folder may go away and come back', async () => {
    const parent = makeTree({ 'in/a': 'a' });
    const folder = join(parent, 'in');
    const { next } = follow(folder, {}, { ...options, pollMs: 20 });
    expect(await next()).toEqual(['a']);
    const back = next();
    renameSync(folder, join(parent, 'away'));
    writeFileSync(join(parent, 'away/b'), 'b');
    renameSync(join(parent, 'away'), folder);
    expect(await back).toEqual(['b']);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    writeFileSync(join(folder, 'c'), 'c');
    expect(await next()).toEqual(['c']);
  });
});

test('a file that is still written is waited for', async () => {
  const folder = makeTree();
  const { next, watch } = follow(folder, { settleMs: 600_000 });
  const first = next();
  writeFileSync(join(folder, 'growing'), 'x');
  place(join(folder, 'whole'), 'x');
  expect(await first).toEqual(['whole']);
  appendFileSync(join(folder, 'growing'), 'x');
  place(join(folder, 'whole 2'), 'x');
  expect(await next()).toEqual(['whole 2']);
  expect(watch.unsettled.map((path) => basename(path))).toEqual(['growing']);
});

test('what a browser or rsync has finished comes at once, and never before', async () => {
  const folder = makeTree();
  const { next } = follow(folder, { settleMs: 600_000 });
  const first = next();
  writeFileSync(join(folder, 'film.mp4.crdownload'), 'x');
  writeFileSync(join(folder, '.data.csv.Xa81zQ'), 'x');
  // Seen before they are renamed, for this comes after them.
  place(join(folder, 'mark'), 'x');
  expect(await first).toEqual(['mark']);
  renameSync(join(folder, 'film.mp4.crdownload'), join(folder, 'film.mp4'));
  renameSync(join(folder, '.data.csv.Xa81zQ'), join(folder, 'data.csv'));
  expect(await next(2)).toEqual(['data.csv', 'film.mp4']);
});

test('a pattern without a slash is one of names, with one it is one of paths', async () => {
  const files = { 'a.jpg': '', 'a.png': '', 'sub/b.jpg': '', 'sub/b.png': '' };
  const names = follow(makeTree(files), { pattern: '*.jpg' });
  expect(await names.next(2)).toEqual(['a.jpg', 'sub/b.jpg']);
  const paths = follow(makeTree(files), { pattern: 'sub/*.{png,gif}' });
  expect(await paths.next()).toEqual(['sub/b.png']);
});

test('links are followed as in a folder of files: a loop ends, and a link to a file is one', async () => {
  const folder = makeTree({ 'a/one': '1' });
  const outside = makeTree({ two: '2', 'three/3': '3' });
  symlinkSync(folder, join(folder, 'a/loop'));
  symlinkSync(join(outside, 'two'), join(folder, 'link'));
  symlinkSync(join(outside, 'three'), join(folder, 'far'));
  const { next, warnings } = follow(folder);
  expect(await next(3)).toEqual(['a/one', 'far/3', 'link']);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('loop');
});

test('folders of the batch’s own outputs are passed over', async () => {
  const folder = makeTree({ 'in.txt': '', 'out/in.gz': '' });
  const { next } = follow(folder, { except: [join(folder, 'out')] });
  expect(await next()).toEqual(['in.txt']);
  writeFileSync(join(folder, 'out/more.gz'), 'x');
  writeFileSync(join(folder, 'outer.txt'), 'x');
  expect(await next()).toEqual(['outer.txt']);
});

test('it ends when it is stopped, and throws when it is aborted', async () => {
  const folder = makeTree();
  const stopped = follow(folder);
  const ended = stopped.files.next();
  stopped.watch.stop();
  expect(await ended).toEqual({ done: true, value: undefined });

  const aborted = follow(folder);
  const failed = aborted.files.next();
  aborted.abort.abort(new Error('enough'));
  await expect(failed).rejects.toThrow('enough');
});

test('a folder that is not there, or is a file, is refused with what it is', async () => {
  const folder = makeTree({ file: '' });
  const source = (path: string): WatchSource => ({ kind: 'watch', folder: path, settleMs: 0 });
  await expect(checkWatched(source(join(folder, 'none')))).rejects.toThrow(
    `${folder}/none cannot be watched`,
  );
  await expect(checkWatched(source(join(folder, 'file')))).rejects.toThrow('is a file: choose a folder');
});

test('the preview tells what is there now', async () => {
  const folder = makeTree({ 'a.jpg': '', 'b.jpg': '', 'c.jpg.part': '', 'd.txt': '' });
  const preview = await previewInputs({ kind: 'watch', folder, pattern: '*.jpg', settleMs: 0 });
  expect(preview).toMatchObject({
    count: 2,
    complete: true,
    first: [join(folder, 'a.jpg'), join(folder, 'b.jpg')],
  });
  unlinkSync(join(folder, 'a.jpg'));
});
