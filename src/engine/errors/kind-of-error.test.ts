import { expect, test } from 'vitest';
import { fold, keyOfKind, kindOfError } from './kind-of-error.ts';
import { firstOwnFrame } from './own-place.ts';

test.each([
  ["ENOENT: no such file or directory, open '/a/b c.jpg'", 'ENOENT: no such file or directory, open …'],
  ["can't open 'x', isn't there", "can't open …, isn't there"],
  ['cannot read /photos/3.jpg: truncated', 'cannot read …: truncated'],
  ['cannot read C:\\photos\\5.jpg: truncated', 'cannot read …: truncated'],
  ['GET https://example.org/z?q=1, twice', 'GET …, twice'],
  ['user 550e8400-e29b-41d4-a716-446655440000 at 0x7fff12', 'user … at …'],
  ['page 3.14 of 7 is blank', 'page 0 of 0 is blank'],
  ['bad digest d41d8cd98f00b204', 'bad digest …'],
  ['and/or', 'and/or'],
])('of "%s" only what tasks have in common is left', (message, shape) => {
  expect(fold(message)).toBe(shape);
});

test.each([
  ['Error: x\n    at node:internal/fs:1:2\n    at parse (file:///tasks/a%20b.mjs:3:9)', '/tasks/a b.mjs', 3],
  ['Error: x\n    at async file:///tasks/a.mjs?v=1:4:9', '/tasks/a.mjs', 4],
  [
    'Error: x\n    at f (/p/node_modules/q/i.js:1:1)\n    at JSON.parse (<anonymous>)\n    at g (/t/c.ts:7:1)',
    '/t/c.ts',
    7,
  ],
  ['Error: x\n    at f (C:\\task dir\\a.mjs:5:9)', 'C:\\task dir\\a.mjs', 5],
  [
    'Traceback:\n  File "/t/a.py", line 3, in f\n    g()\n  File "/usr/lib/python3.12/json/x.py", line 1, in g',
    '/t/a.py',
    3,
  ],
])('the place is the first line of the own code', (stack, file, line) => {
  expect(firstOwnFrame(stack)).toEqual({ file, line });
});

test('a kind keeps its key, and another place or outcome is another kind', () => {
  const error = { name: 'Error', message: 'page 3 is torn', stack: 'Error: x\n    at f (/t/a.mjs:1:1)' };
  const key = (message: string, stack = error.stack, outcome: 'error' | 'crash' = 'error') =>
    keyOfKind(kindOfError({ ...error, message, stack }, outcome));
  expect(key('page 3 is torn')).toBe(key('page 4 is torn'));
  expect(key('page 3 is torn')).not.toBe(key('page 3 is wet'));
  expect(key('page 3 is torn')).not.toBe(key('page 3 is torn', 'Error: x\n    at f (/t/a.mjs:2:1)'));
  expect(key('page 3 is torn')).not.toBe(key('page 3 is torn', error.stack, 'crash'));
});
