import { expect, test } from 'vitest';
import { written } from './written.ts';

test.each([
  ['csv', 0, '0 results are'],
  ['csv', 1, '1 result is'],
  ['jsonl', 1200, '1,200 results are'],
  ['html', 1200, 'A report is'],
] as const)('of %s, %i results are told as "%s"', (format, count, sentence) => {
  const { what, verb } = written(format, count);
  expect(`${what} ${verb}`).toBe(sentence);
});
