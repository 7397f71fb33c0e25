import { expect, test } from 'vitest';
import { failureLines } from './failures.ts';
import { testGroups } from './test-groups.ts';

test('lines name the first task of each group, and count the rest', () => {
  const groups = testGroups(
    { count: 2, index: 3, message: 'page 1 is blank' },
    { index: 5, message: 'torn' },
    { index: 6, message: 'wet' },
  );
  expect(failureLines(groups, 2, 200)).toEqual([
    '  1. 2 tasks, first task 3 (/photos/3.jpg): Error: page 1 is blank',
    '  2. task 5 (/photos/5.jpg): Error: torn',
    '  and 1 other error',
  ]);
  expect(failureLines({ ...groups, moreGroups: 4000 }, 2, 200).at(-1)).toBe('  and 4,001 other errors');
});

test('lines fit the terminal and cannot control it', () => {
  const groups = testGroups({ message: `\x1b]0;title\x07 bad\nnews ${'x'.repeat(500)}` });
  const [line = ''] = failureLines(groups, 5, 80);
  expect(line).toContain('Error:  bad news xxx');
  expect(line.length).toBeLessThan(80);
  expect(line).not.toMatch(/\p{Cc}/u);
});
