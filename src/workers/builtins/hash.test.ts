import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeContext, makeFolder, runBuiltin } from './test-run.ts';

const programs = { sha256: 'sha256sum', sha1: 'sha1sum', md5: 'md5sum', blake2b: 'b2sum' };
const sizes = [0, 1, 63, 64, 4096, 1_048_575, 1_048_576, 1_048_577, 5_000_000];

describe('hash', () => {
  it.each(Object.entries(programs))('%s equals %s for files of every size', async (algorithm, program) => {
    const folder = makeFolder();
    for (const size of sizes) {
      const path = join(folder, `of ${size}\n`);
      writeFileSync(path, randomBytes(size));
      const expected = execFileSync(program, ['--zero', path]).toString().split(' ')[0];
      expect(await runBuiltin('hash', path, { algorithm })).toEqual({
        algorithm,
        digest: expected,
        bytes: size,
      });
    }
  });

  it('keeps files apart that are hashed at once', async () => {
    const folder = makeFolder();
    const paths = [1, 2, 3, 4].map((n) => join(folder, `${n}`));
    for (const [n, path] of paths.entries()) writeFileSync(path, Buffer.alloc(3_000_000 + n, n));
    for (const algorithm of ['sha256', 'blake2b']) {
      const alone = [];
      for (const path of paths) alone.push(await runBuiltin('hash', path, { algorithm }));
      expect(await Promise.all(paths.map((path) => runBuiltin('hash', path, { algorithm })))).toEqual(alone);
    }
  });

  it('stops in the middle of a large file when it is canceled, and reports how far it is', async () => {
    const path = join(makeFolder(), 'large');
    writeFileSync(path, '');
    execFileSync('truncate', ['-s', '3G', path]);
    const stop = new AbortController();
    const context = makeContext(stop.signal);
    context.progress = (fraction) => {
      context.fractions.push(fraction);
      stop.abort(new Error('canceled'));
    };
    await expect(runBuiltin('hash', path, {}, context)).rejects.toThrow('canceled');
    expect(context.fractions[0]).toBeGreaterThan(0);
    expect(context.fractions[0]).toBeLessThan(1);
  });

  it.each([
    ['none', 'ENOENT', /none: there is no such file; it was moved or deleted/],
    ['folder', 'NOT_A_FILE', /folder is a folder, not a file\.$/],
    ['pipe', 'NOT_A_FILE', /pipe is a device, a pipe or a socket, not a file\.$/],
    ['circle', 'ELOOP', /its links lead in a circle/],
  ])('says what is wrong with %s', async (name, code, message) => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync('circle', join(folder, 'circle'));
    await expect(runBuiltin('hash', join(folder, name))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it.each([[5], [null], [''], [{ a: 1 }]])('works on files, and not on %j', async (input) => {
    await expect(runBuiltin('hash', input)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
