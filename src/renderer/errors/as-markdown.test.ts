import { expect, test } from 'vitest';
import type { ErrorGroup } from '../../shared/contract/errors.ts';
import { allAsMarkdown, asMarkdown } from './as-markdown.ts';

const group: ErrorGroup = {
  key: 'k',
  outcome: 'error',
  name: 'TypeError',
  code: 'E1',
  shape: '',
  place: { file: '/t/a.mjs', line: 3 },
  count: 37,
  firstAt: null,
  lastAt: null,
  index: 5,
  input: 'a.jpg',
  message: 'no `way`\n# <out>',
  retried: 0,
  recovered: 0,
};

test('a group tells what, how often, where and an example with its stack', () => {
  const error = { name: 'TypeError', message: 'no', stack: 'TypeError: ```\n    at f (/t/a.mjs:3:1)' };
  expect(asMarkdown(group, { index: 5, input: '"a`b.jpg"', error })).toBe(
    [
      '### TypeError: no \\`way\\` \\# \\<out\\>',
      '37 tasks · E1 · `/t/a.mjs:3`',
      'Example: task 5 `` "a`b.jpg" ``',
      '````\nTypeError: ```\n    at f (/t/a.mjs:3:1)\n````',
    ].join('\n\n'),
  );
});

test('all of them are parts of one text, also those without an example at hand', () => {
  const text = allAsMarkdown('my *batch*', [
    { group, example: null },
    { group, example: null },
  ]);
  expect(text).toMatch(/^## my \\\*batch\\\*\n\n### TypeError/);
  expect(text.match(/Example: task 5 `a.jpg`/g)).toHaveLength(2);
});
