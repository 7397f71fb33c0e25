import { expect, test } from 'vitest';
import type { LogPiece } from '../../shared/contract/logs.ts';
import { coloursAfter, plainLine, styled } from './ansi.ts';
import { contrast, leastContrast, paletteColour, readable } from './colours.ts';
import { LogLines } from './log-lines.ts';

const piece = (id: number, text: string, more: Partial<LogPiece> = {}): LogPiece => ({
  id,
  index: 0,
  worker: 1,
  stream: 'stdout',
  text,
  at: 1000 + id,
  ...more,
});
const texts = (log: LogLines) => log.lines.map(({ text }) => text);

test('lines that came in parts are one, although others came between', () => {
  const log = new LogLines();
  log.append([piece(1, 'a\nb'), piece(2, 'x\n', { index: 1 }), piece(3, 'b\nc')]);
  expect(texts(log)).toEqual(['a', 'bb', 'x', 'c']);
  log.append([piece(4, 'c\n')]);
  expect(texts(log)).toEqual(['a', 'bb', 'x', 'cc']);
  expect(log.find(3, 0)?.text).toBe('bb');
  expect(log.find(3, 1)?.text).toBe('cc');
});

test('older pieces come before, and what was there keeps its number', () => {
  const log = new LogLines();
  log.append([piece(5, 'b\nc\nd\n')]);
  log.prepend([piece(3, 'first\nse'), piece(4, 'cond\na')]);
  expect(texts(log)).toEqual(['first', 'second', 'ab', 'c', 'd']);
  expect(log.find(5, 1)).toMatchObject({ text: 'c', seq: 1 });
  expect(log.lines.map(({ seq }) => seq)).toEqual([-2, -1, 0, 1, 2]);
});

test('no more is held than a window can show with ease', () => {
  const log = new LogLines();
  const many = (id: number) => piece(id, `${id}\n`.repeat(100));
  expect(log.append(Array.from({ length: 50 }, (_, n) => many(n + 1)))).toBe(false);
  expect(log.append(Array.from({ length: 50 }, (_, n) => many(n + 51)))).toBe(true);
  expect(log.lines.length).toBeLessThanOrEqual(6100);
  expect(log.last).toBe(100);
  expect(log.lines.at(-1)).toMatchObject({ text: '100', seq: 9999 });
});

test('what a carriage return writes over is gone, and so are escapes that are no colours', () => {
  expect(plainLine('10%\r20%\r30%\r')).toBe('30%');
  expect(plainLine('\u001b[2K\u001b]0;title\u0007\u001b[1Ga\u001b[31mb\u0008\u0000')).toBe('a\u001b[31mb');
});

test('colours hold over lines until they are ended', () => {
  expect(coloursAfter('\u001b[1m\u001b[31mred', '')).toBe('\u001b[1m\u001b[31m');
  expect(coloursAfter('more\u001b[0m', '\u001b[31m')).toBe('');
  expect(styled('more', '\u001b[31m', false)).toMatchObject([{ text: 'more', colour: 'red' }]);
  expect(styled('<b>&amp;', '', false)).toMatchObject([{ text: '<b>&amp;', colour: null }]);
});

test('every colour can be read in both themes', () => {
  for (let number = 0; number < 256; number++) {
    for (const dark of [false, true]) {
      const surface: [number, number, number] = dark ? [22, 24, 29] : [255, 255, 255];
      expect(contrast(readable(paletteColour(number), dark), surface)).toBeGreaterThanOrEqual(leastContrast);
    }
  }
});
