import { afterEach, expect, test } from 'vitest';
import { speak } from '../words/t.ts';
import { momentText, ticksOf } from './ticks.ts';

afterEach(() => speak('en', {}));

test('ticks stand at round moments, far enough apart', () => {
  expect(ticksOf({ from: 0, to: 60_000 }, 800).at).toEqual([
    0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000,
  ]);
  expect(ticksOf({ from: 1234, to: 1244 }, 800).step).toBe(2);
  expect(ticksOf({ from: 0, to: 40 * 86_400_000 }, 800).step % 86_400_000).toBe(0);
});

test('moments are written as exactly as ticks are apart', () => {
  expect(momentText(0, 1000)).toBe('0:00');
  expect(momentText(41_000, 1000)).toBe('0:41');
  expect(momentText(3_723_000, 1000)).toBe('1:02:03');
  expect(momentText(12_350, 10)).toBe('12.35 s');
  expect(momentText(65_250, 10)).toBe('1:05.25');
  expect(momentText(1.5, 0.5)).toBe('0.0015 s');
});

test('the unit of a moment is that of the language', () => {
  speak('zh-CN', {});
  expect(momentText(12_350, 10)).toBe('12.35秒');
  expect(momentText(41_000, 1000)).toBe('0:41');
});
