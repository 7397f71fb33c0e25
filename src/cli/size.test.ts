import { expect, test } from 'vitest';
import { size, sizeText } from './size.ts';

test.each([
  ['500M', 500_000_000],
  ['2g', 2_000_000_000],
  ['512K', 512_000],
  ['1.5GB', 1_500_000_000],
  ['1T', 1_000_000_000_000],
  ['4096', 4096],
  ['0.5k', 500],
])('%s is %i bytes', (text, bytes) => {
  expect(size('--memfree', 1)(text)).toBe(bytes);
});

test.each(['', 'M', '5 M', '5MiB', '-5M', '1e9', 'half'])('"%s" is no size', (text) => {
  expect(() => size('--memfree', 1)(text)).toThrow('--memfree takes a size in bytes, for example 500M');
});

test('sizes out of bounds are refused with the bounds', () => {
  expect(() => size('--memfree', 1)('0')).toThrow('--memfree takes 1 or more, not "0".');
  expect(() => size('--heap-limit', 16e6, 1e12)('8M')).toThrow('--heap-limit takes 16M to 1T, not "8M".');
});

test('sizes are written as one types them', () => {
  expect([1, 4096, 512_000, 1_500_000_000, 1_000_000_000_000].map(sizeText)).toEqual([
    '1',
    '4.096K',
    '512K',
    '1.5G',
    '1T',
  ]);
});
