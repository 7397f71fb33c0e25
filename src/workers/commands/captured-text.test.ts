import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CapturedText } from './captured-text.ts';

function capture(chunks: Buffer[], kept?: number) {
  const live: string[] = [];
  const text = new CapturedText((piece) => live.push(piece), kept);
  for (const chunk of chunks) text.add(chunk);
  const beforeEnd = live.join('');
  const all = text.end();
  return { all, live: live.join(''), beforeEnd };
}

describe('CapturedText', () => {
  it('keeps and tells all of a short text, also characters that come in two halves', () => {
    const bytes = Buffer.from('é😀x');
    const chunks = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
    expect(capture(chunks)).toMatchObject({ all: 'é😀x', live: 'é😀x', beforeEnd: 'é😀x' });
  });

  it('keeps the beginning and the end of a long one, and says how much it left out', () => {
    const chunks = Array.from({ length: 100 }, (_, i) => Buffer.from(`${String(i).padStart(3)}.`));
    const { all, live, beforeEnd } = capture(chunks, 20);
    expect(all).toBe('  0.  1.  2.  3.  4.\n[… 360 characters left out …]\n 95. 96. 97. 98. 99.');
    expect(live).toHaveLength(400);
    expect(beforeEnd).toBe(live);
  });

  it('leaves out nothing of what is twice as long as the beginning', () => {
    expect(capture([Buffer.from('a'.repeat(20)), Buffer.from('b'.repeat(20))], 20).all).toBe(
      'a'.repeat(20) + 'b'.repeat(20),
    );
  });

  it('accounts for every character, and tells all of them, however the text comes', () => {
    const pieces = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n'), maxLength: 12 }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(pieces, (texts) => {
        const { all, live } = capture(
          texts.map((text) => Buffer.from(text)),
          16,
        );
        const whole = texts.join('');
        expect(live).toBe(texts.join(''));
        expect(all.isWellFormed()).toBe(true);
        const [, head, count, tail] =
          /^([\s\S]*?)\n\[… (\d+) characters left out …\]\n([\s\S]*)$/.exec(all) ?? [];
        if (count === undefined) {
          expect(all).toBe(whole);
          return;
        }
        expect(whole.startsWith(head!)).toBe(true);
        expect(whole.endsWith(tail!)).toBe(true);
        expect(head!.length + Number(count) + tail!.length).toBe(whole.length);
      }),
    );
  });

  it('keeps up with a flood in the same memory', () => {
    const text = new CapturedText(() => {});
    const chunk = Buffer.alloc(65536, 'x');
    for (let i = 0; i < 2000; i++) text.add(chunk);
    const all = text.end();
    expect(all.length).toBeLessThan(2 * 512 * 1024 + 100);
    expect(all).toContain('[… 130,023,424 characters left out …]');
  });
});
