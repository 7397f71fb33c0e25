import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { columnValues } from '../../shared/json-column.ts';
import { enumerate } from './enumerate.ts';
import { collect, makeTree } from './test-tree.ts';

type Content = string | Buffer;

async function linesOf(content: Content, more: { encoding?: string; name?: string } = {}) {
  const { encoding, name = 'lines' } = more;
  const root = makeTree({ [name]: content });
  return collect({ kind: 'rows', file: join(root, name), encoding });
}

describe('the lines of a text file', () => {
  it.each([
    ['a\nb\n', ['a', 'b']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\n\nb\n\n', ['a', '', 'b', '']],
    ['\n', ['']],
    ['\uFEFFa\n', ['a']],
    ['a\u2028b\rc\td\0"\\\n', ['a\u2028b\rc\td\0"\\']],
    ['日本語 🎉\n', ['日本語 🎉']],
  ])('%j are %j', async (content, expected) => {
    expect((await linesOf(content)).inputs).toEqual(expected);
  });

  it('are whole and in order where they span pieces of the file', async () => {
    const expected = Array.from({ length: 50_000 }, (_, i) => `${i} ${'é🎉'.repeat(i % 37)}`);
    const { inputs } = await linesOf(`${expected.join('\n')}\n`);
    expect(inputs).toEqual(expected);
  });

  it('may be 100 MB long', async () => {
    const root = makeTree();
    writeFileSync(join(root, 'long'), Buffer.alloc(100_000_000, 'x'));
    let characters = 0;
    for await (const block of enumerate({ kind: 'rows', file: join(root, 'long') }, { warn: () => {} })) {
      characters += block.inputs.length;
    }
    expect(characters).toBe(100_000_002);
  });

  it('are read in the encoding that the byte order mark or the caller names', async () => {
    const utf16 = Buffer.from('\uFEFFzażółć\n🎉', 'utf16le');
    expect((await linesOf(utf16)).inputs).toEqual(['zażółć', '🎉']);
    expect((await linesOf(Buffer.from(utf16).swap16())).inputs).toEqual(['zażółć', '🎉']);
    const western = Buffer.from([0x63, 0xe9, 0x80, 0x0a]);
    expect((await linesOf(western, { encoding: 'latin1' })).inputs).toEqual(['cé€']);
    expect((await linesOf(Buffer.from([0x82, 0xa0]), { encoding: 'shift_jis' })).inputs).toEqual(['あ']);
    await expect(linesOf('a', { encoding: 'klingon' })).rejects.toMatchObject({
      code: 'BAD_ENCODING',
      message: expect.stringContaining('klingon'),
    });
  });

  it('warn once of bytes that are not UTF-8, with the line', async () => {
    const bytes = Buffer.concat([Buffer.from('one\ntwo \uFFFD\nthr'), Buffer.from([0xe9, 0x0a, 0xe9])]);
    const { inputs, warnings } = await linesOf(bytes.subarray(bytes.indexOf('thr')));
    expect(inputs).toEqual(['thr\uFFFD', '\uFFFD']);
    expect(warnings).toEqual([
      expect.stringMatching(/^\S.* holds bytes that are not UTF-8, first in line 1:/),
    ]);
    expect((await linesOf('really \uFFFD')).warnings).toEqual([]);
  });

  it('may be gzipped, under any name', async () => {
    const packed = Buffer.concat([gzipSync('a\nb\n'), gzipSync('c\n')]);
    expect((await linesOf(packed, { name: 'x.txt.gz' })).inputs).toEqual(['a', 'b', 'c']);
    expect((await linesOf(packed)).inputs).toEqual(['a', 'b', 'c']);
  });

  it('say where gzip was cut off or damaged', async () => {
    const packed = gzipSync(Buffer.from(Array.from({ length: 9999 }, (_, i) => `${i}\n`).join('')));
    await expect(linesOf(packed.subarray(0, 5000), { name: 'x.gz' })).rejects.toMatchObject({
      code: 'BAD_GZIP',
      message: expect.stringMatching(/x\.gz ends in the middle of its gzip data: it was cut off/),
    });
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, 3000, 3100);
    await expect(linesOf(damaged)).rejects.toMatchObject({
      code: 'BAD_GZIP',
      message: expect.stringContaining('is damaged'),
    });
  });

  it('say when there are none', async () => {
    const root = makeTree({ empty: '' });
    await expect(collect({ kind: 'rows', file: join(root, 'empty') })).rejects.toMatchObject({
      code: 'NO_INPUTS',
      message: `${root}/empty holds no rows: it is empty.`,
    });
    await expect(collect({ kind: 'rows', file: join(root, 'none') })).rejects.toMatchObject({
      code: 'NO_SUCH_PATH',
    });
    await expect(collect({ kind: 'rows', file: root })).rejects.toMatchObject({ code: 'NOT_A_FILE' });
    await expect(collect({ kind: 'rows', file: '-' })).rejects.toMatchObject({ code: 'NO_STDIN' });
  });

  it('equal those that wc and the shell count in a file of this machine', async () => {
    const file = '/etc/services';
    const { inputs } = await collect({ kind: 'rows', file });
    expect(`${inputs.join('\n')}\n`).toBe(execFileSync('cat', [file]).toString());
  });
});

describe('the lines of standard input', () => {
  it('come when they are there, without waiting for the end or for a full block', async () => {
    const stdin = new PassThrough();
    const blocks = enumerate({ kind: 'rows', file: '-' }, { warn: () => {}, stdin })[Symbol.asyncIterator]();
    for (const line of ['one', 'two', 'three']) {
      stdin.write(`${line}\n`);
      const { value } = await blocks.next();
      expect(value && columnValues(value.inputs, value.count)).toEqual([line]);
    }
    stdin.end('four');
    expect((await blocks.next()).value?.inputs).toBe('"four"');
    expect((await blocks.next()).done).toBe(true);
  });

  it('end when the signal aborts, although nothing comes', async () => {
    const stdin = new PassThrough();
    const stop = new AbortController();
    const options = { warn: () => {}, stdin, signal: stop.signal };
    const blocks = enumerate({ kind: 'rows', file: '-' }, options)[Symbol.asyncIterator]();
    stdin.write('a\n');
    await blocks.next();
    const next = blocks.next();
    stop.abort(new Error('canceled'));
    await expect(next).rejects.toThrow('canceled');
    expect(stdin.destroyed).toBe(true);
  });

  it('are let go when the other source of two in step fails', async () => {
    const stdin = new PassThrough();
    const sources = [
      { kind: 'rows' as const, file: '-' },
      { kind: 'rows' as const, file: '/nowhere' },
    ];
    await expect(collect({ kind: 'zip', sources }, { stdin })).rejects.toMatchObject({
      code: 'NO_SUCH_PATH',
    });
    expect(stdin.destroyed).toBe(true);
  });
});
