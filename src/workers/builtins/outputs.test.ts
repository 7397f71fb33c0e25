import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadBuiltin } from './index.ts';
import { makeContext, makeFolder, runBuiltin } from './test-run.ts';

/** A folder with one file of this content. */
function makeFile(content: string | Buffer, name = 'a b.txt') {
  const folder = makeFolder();
  const path = join(folder, name);
  writeFileSync(path, content);
  return { folder, path };
}

describe('gzip, gunzip and zstd', () => {
  const content = Buffer.concat([randomBytes(300_000), Buffer.alloc(700_000, 'text ')]);

  it('write what gzip and zstd unpack, with the times and permissions of the input', async () => {
    const { folder, path } = makeFile(content);
    utimesSync(path, 1_000_000, 2_000_000);
    execFileSync('chmod', ['640', path]);
    const packed = (await runBuiltin('gzip', path)) as { output: string; outputBytes: number };
    expect(packed).toEqual({
      output: join(folder, 'a b.txt.gz'),
      bytes: content.length,
      outputBytes: statSync(packed.output).size,
    });
    expect(execFileSync('gzip', ['-dc', packed.output], { maxBuffer: 1e8 }).equals(content)).toBe(true);
    expect(statSync(packed.output)).toMatchObject({ mtimeMs: 2e9, mode: 0o100640 });
    expect(await runBuiltin('zstd', path, { level: 9 })).toMatchObject({
      output: join(folder, 'a b.txt.zst'),
    });
    expect(readdirSync(folder).sort()).toEqual(['a b.txt', 'a b.txt.gz', 'a b.txt.zst']);
  });

  it('unpack what they packed', async () => {
    const { folder, path } = makeFile(content);
    for (const name of ['gzip', 'zstd']) await runBuiltin(name, path, { out: join(folder, 'packed') });
    const out = join(folder, 'un/packed');
    await runBuiltin('gunzip', join(folder, 'packed/a b.txt.gz'), { out });
    await runBuiltin('zstd', join(folder, 'packed/a b.txt.zst'), { out, decompress: true, name: 'z-{/.}' });
    for (const name of ['a b.txt', 'z-a b.txt'])
      expect(readFileSync(join(out, name)).equals(content)).toBe(true);
  });

  it.each([
    ['gunzip', gzipSync, 'gz', {}],
    ['zstd', zstdCompressSync, 'zst', { decompress: true }],
  ] as const)(
    '%s says what is wrong with a file, and leaves nothing behind',
    async (name, pack, ending, params) => {
      const packed = pack(content);
      for (const [bad, message] of [
        [packed.subarray(0, 100_000), /was cut off/],
        [Buffer.from('plain text'), /is no (gzip|Zstandard) file, or is damaged/],
      ] as const) {
        const { folder, path } = makeFile(bad, `x.${ending}`);
        await expect(runBuiltin(name, path, params)).rejects.toMatchObject({
          code: 'BAD_ARCHIVE',
          message: expect.stringMatching(message),
        });
        expect(readdirSync(folder)).toEqual([`x.${ending}`]);
      }
      const { path } = makeFile('x', 'x.txt');
      await expect(runBuiltin(name, path, params)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    },
  );

  it('stop when canceled, and leave nothing behind', async () => {
    const { folder, path } = makeFile('');
    execFileSync('truncate', ['-s', '2G', path]);
    const stop = new AbortController();
    const context = makeContext(stop.signal);
    context.progress = (fraction) => {
      expect(fraction).toBeLessThan(1);
      stop.abort(new Error('canceled'));
    };
    await expect(runBuiltin('gzip', path, {}, context)).rejects.toThrow('canceled');
    expect(readdirSync(folder)).toEqual(['a b.txt']);
  });
});

describe('copy-rename', () => {
  it('copies under a name made from replacement strings', async () => {
    const { folder, path } = makeFile('content');
    const context = { ...makeContext(), index: 6 };
    const value = await runBuiltin('copy-rename', path, { out: folder, name: 'new/{#}-{/.}-{/}' }, context);
    expect(value).toEqual({ output: join(folder, 'new/7-a b-a b.txt'), bytes: 7 });
    expect(readFileSync(join(folder, 'new/7-a b-a b.txt'), 'utf8')).toBe('content');
  });

  it.each([
    ['../{/}', 'leads out of the folder'],
    ['{}', 'leads out of the folder'],
    ['{.}', 'leads out of the folder'],
    ['/tmp/{/}', 'leads out of the folder'],
    ['.', 'is empty'],
    ['x/', 'is empty'],
    ['{%}', '{%} has no meaning in the output name'],
    ['{name}', '{name} has no meaning in the output name'],
  ])('refuses the name %j', async (name, message) => {
    const { path } = makeFile('content');
    await expect(runBuiltin('copy-rename', path, { name })).rejects.toMatchObject({
      code: 'BAD_PARAM',
      message: expect.stringContaining(message),
    });
  });

  it('needs a name', async () => {
    await expect(loadBuiltin('copy-rename', {})).rejects.toThrow(
      'The parameter name is missing; give a text.',
    );
  });
});

describe('an output', () => {
  it('never overwrites its input, by whatever path', async () => {
    const { folder, path } = makeFile('precious');
    symlinkSync(folder, join(folder, 'here'));
    for (const ifExists of ['fail', 'skip', 'overwrite']) {
      for (const out of ['', folder, join(folder, 'here')]) {
        await expect(runBuiltin('copy-rename', path, { name: '{/}', out, ifExists })).rejects.toMatchObject({
          code: 'OUTPUT_IS_INPUT',
        });
      }
    }
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  it('that exists is refused, skipped or replaced', async () => {
    const { folder, path } = makeFile('new');
    const output = join(folder, 'b');
    writeFileSync(output, 'old');
    await expect(runBuiltin('copy-rename', path, { name: 'b' })).rejects.toMatchObject({
      code: 'OUTPUT_EXISTS',
      message: `${output} exists: choose another folder or name, or set ifExists to skip or overwrite.`,
    });
    expect(await runBuiltin('copy-rename', path, { name: 'b', ifExists: 'skip' })).toEqual({
      output,
      skipped: true,
    });
    expect(readFileSync(output, 'utf8')).toBe('old');
    expect(await runBuiltin('copy-rename', path, { name: 'b', ifExists: 'overwrite' })).toEqual({
      output,
      bytes: 3,
    });
    expect(readFileSync(output, 'utf8')).toBe('new');
    mkdirSync(join(folder, 'dir'));
    await expect(runBuiltin('copy-rename', path, { name: 'dir', ifExists: 'overwrite' })).rejects.toThrow(
      'is a folder',
    );
    expect(readdirSync(folder).sort()).toEqual(['a b.txt', 'b', 'dir']);
  });

  it('is written by one of many tasks that want it at the same moment', async () => {
    const { folder } = makeFile('');
    const inputs = Array.from({ length: 20 }, (_, i) => join(folder, `in-${i}`));
    for (const input of inputs) writeFileSync(input, input);
    const runs = inputs.map((input) => runBuiltin('copy-rename', input, { name: 'same' }));
    const results = await Promise.allSettled(runs);
    const winners = results.flatMap((result, i) => (result.status === 'fulfilled' ? [inputs[i]] : []));
    expect(winners).toEqual([readFileSync(join(folder, 'same'), 'utf8')]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.poolboard'))).toEqual([]);
  });

  it('says whether the input or the output is what is wrong', async () => {
    const { folder, path } = makeFile('x');
    await expect(runBuiltin('gzip', join(folder, 'none'))).rejects.toMatchObject({
      code: 'ENOENT',
      message: expect.stringContaining(`${folder}/none: there is no such file`),
    });
    await expect(runBuiltin('gzip', folder)).rejects.toMatchObject({ code: 'NOT_A_FILE' });
    await expect(runBuiltin('gzip', path, { out: path })).rejects.toMatchObject({
      code: 'EEXIST',
      message: `The output folder ${path} is a file: choose another.`,
    });
    expect(existsSync(`${path}.gz`)).toBe(false);
  });
});

it('the copies of many files equal them', async () => {
  const folder = makeFolder();
  const inputs = Array.from({ length: 30 }, (_, i) => join(folder, `f${i}`));
  for (const [i, input] of inputs.entries()) writeFileSync(input, randomBytes(i * 10_000));
  const runner = await loadBuiltin('copy-rename', { name: 'copies/{/}.copy' });
  await Promise.all(inputs.map((input) => runner.run(input, makeContext())));
  const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  for (const [i, input] of inputs.entries())
    expect(digest(join(folder, `copies/f${i}.copy`))).toBe(digest(input));
});
