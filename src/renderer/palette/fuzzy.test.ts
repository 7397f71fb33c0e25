import { expect, test } from 'vitest';
import { fuzzyMatch } from './fuzzy.ts';

const best = (query: string, texts: string[]): string[] =>
  texts
    .flatMap((text) => {
      const match = fuzzyMatch(query, text);
      return match ? [{ text, score: match.score }] : [];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);

test('nothing typed matches everything alike', () => {
  expect(fuzzyMatch(' ', 'Pause')).toEqual({ score: 0, at: [] });
});

test('initials find what they are the initials of', () => {
  expect(fuzzyMatch('nb', 'New batch')?.at).toEqual([0, 4]);
  expect(best('rf', ['Search past batches for more', 'Retry 37 failed'])[0]).toBe('Retry 37 failed');
});

test('a whole word goes before characters in their order, and the start of a word before its middle', () => {
  expect(best('port', ['Pool of workers that', 'Export as CSV', 'Port scan'])).toEqual([
    'Port scan',
    'Export as CSV',
    'Pool of workers that',
  ]);
});

test('words are found in any order, and case does not matter', () => {
  expect(fuzzyMatch('csv EXPORT', 'Export as CSV')?.at).toEqual([0, 1, 2, 3, 4, 5, 10, 11, 12]);
});

test('what is not there does not match, nor what is strewn over a long text', () => {
  expect(fuzzyMatch('zip', 'Pause')).toBeNull();
  expect(fuzzyMatch('pz', `p${'a'.repeat(60)}z`)).toBeNull();
});

test('Chinese is found by any of its characters', () => {
  expect(fuzzyMatch('重败', '重试 3 个失败的任务')?.at).toEqual([0, 7]);
  expect(fuzzyMatch('批次', '新建批次')?.at).toEqual([2, 3]);
});
