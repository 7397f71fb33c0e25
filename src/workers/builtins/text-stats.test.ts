import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFolder, runBuiltin } from './test-run.ts';
import { TextCounter } from './text-counter.ts';

/** GNU wc in the UTF-8 locale that has the same rules everywhere. */
function wc(path: string) {
  const text = execFileSync('wc', ['-l', '-w', '-m', '-c', path], {
    env: { ...process.env, LC_ALL: 'C.UTF-8', POSIXLY_CORRECT: undefined },
  }).toString();
  const [lines, words, characters, bytes] = text.trim().split(/\s+/).map(Number);
  return { lines, words, characters, bytes };
}

const bytes = (...values: number[]) => Buffer.from(values);
const isGnu = execFileSync('sh', ['-c', 'wc --version 2>/dev/null || true']).includes('GNU');
/** Coreutils from 9.5 on take unprintable characters and stray bytes for parts of words. */
const countsStrayBytes =
  isGnu &&
  execFileSync('wc', ['-w'], { input: bytes(1) })
    .toString()
    .trim() === '1';

const hostile: Record<string, Buffer> = {
  empty: bytes(),
  'no newline at the end': Buffer.from('one two\nthree'),
  'only newlines': Buffer.from('\n\n\n'),
  CRLF: Buffer.from('a b\r\nc\r\n'),
  'every ASCII space': Buffer.from('a\tb\nc\vd\fe\rf g'),
  'every Unicode space': Buffer.from(
    'a\u00a0b\u1680c\u2000d\u2003e\u2007f\u200ag\u202fh\u205fi\u2060j\u3000k',
  ),
  'what looks like a space and is none': Buffer.from('a\u0085b\u180ec\u200bd\u2028e\u2029f\ufeffg'),
  'combining characters': Buffer.from('e\u0301 \u0301 नमस्ते 👩‍👩‍👧 \u{1f1e9}\u{1f1ea}'),
  NUL: Buffer.from('a\0b \0c'),
  'invalid within words': Buffer.concat([
    Buffer.from('a'),
    bytes(0xff, 0xfe, 0x80),
    Buffer.from('b c'),
    bytes(0xc3),
  ]),
  'overlong and surrogates': bytes(
    0x61,
    0xc0,
    0x80,
    0xe0,
    0x80,
    0x80,
    0xed,
    0xa0,
    0x80,
    0xf0,
    0x80,
    0x80,
    0x80,
  ),
  'cut off in the middle': bytes(0x61, 0x20, 0xe2, 0x80, 0x62, 0xf0, 0x9f, 0x8e),
  'a byte order mark': Buffer.from('\ufeffa b\n'),
};
const unprintableOnly: Record<string, Buffer> = {
  controls: Buffer.from('\x01 \x7f\n\x1b \u0085'),
  'stray bytes': bytes(0xff, 0x20, 0x80, 0x0a),
  'beyond Unicode': bytes(0xf4, 0x90, 0x80, 0x80, 0x20, 0xf8, 0x88, 0x80, 0x80, 0x80),
  unassigned: Buffer.from('\u{e0fff} \u0378 \uffff'),
  'private use': Buffer.from('\ue000 \u{10fffd}'),
};

describe.skipIf(!isGnu)('text-stats equals wc', () => {
  it.each(Object.keys(hostile))('for %s', async (name) => {
    const path = join(makeFolder(), 'text');
    writeFileSync(path, hostile[name]!);
    expect(await runBuiltin('text-stats', path)).toEqual(wc(path));
  });

  it.skipIf(countsStrayBytes).each(Object.keys(unprintableOnly))('for %s', async (name) => {
    const path = join(makeFolder(), 'text');
    writeFileSync(path, unprintableOnly[name]!);
    expect(await runBuiltin('text-stats', path)).toEqual(wc(path));
  });

  it.skipIf(countsStrayBytes)('for arbitrary bytes, most of them close to being UTF-8', async () => {
    const path = join(makeFolder(), 'text');
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0x20, 0x0a, 0x80, 0xa0, 0xc2, 0xe2, 0xed, 0xf0),
    );
    // Old characters only: which are printable depends on how much of Unicode the system's library knows.
    const text = fc.string({ unit: fc.constantFrom(...'a \n\té\u3000\u00a0日🎉\u0301\0'), maxLength: 20 });
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc.array(byte, { maxLength: 8 }).map((values) => Buffer.from(values)),
      text.map((value) => Buffer.from(value)),
    );
    const content = fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.concat(pieces));
    await fc.assert(
      fc.asyncProperty(content, async (value) => {
        writeFileSync(path, value);
        expect(await runBuiltin('text-stats', path)).toEqual(wc(path));
      }),
      { numRuns: 300 },
    );
  });

  it('for a file of several megabytes with characters across all borders', async () => {
    const path = join(makeFolder(), 'text');
    writeFileSync(path, 'naïve 日本語 🎉\u3000ok\n'.repeat(150_000));
    expect(await runBuiltin('text-stats', path)).toEqual(wc(path));
  });
});

it('counts the same however a text is cut into chunks', () => {
  const content = fc.uint8Array({ maxLength: 60 });
  fc.assert(
    fc.property(content, fc.array(fc.nat(60), { maxLength: 6 }), (value, cuts) => {
      const whole = new TextCounter();
      whole.add(value);
      const pieces = new TextCounter();
      const borders = [0, ...cuts.filter((cut) => cut < value.length).sort((a, b) => a - b), value.length];
      for (let i = 1; i < borders.length; i += 1) pieces.add(value.subarray(borders[i - 1], borders[i]));
      expect(pieces.stats()).toEqual(whole.stats());
    }),
  );
});
