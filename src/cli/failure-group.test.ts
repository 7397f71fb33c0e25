import { expect, test } from 'vitest';
import { chooseGroup } from './failure-group.ts';
import { testGroups } from './test-groups.ts';

const groups = testGroups(
  { count: 3, message: 'page 1 is blank' },
  { message: 'ENOENT: no such file' },
  { message: 'page is torn' },
);
const choose = (wanted: string) => chooseGroup(groups, wanted).key;

test('a group is chosen by the number that show gives it', () => {
  expect(choose('1')).toBe('group-0');
  expect(choose('3')).toBe('group-2');
});

test('a group is chosen by a part of its error, ignoring case', () => {
  expect(choose('BLANK')).toBe('group-0');
  expect(choose('error: enoent')).toBe('group-1');
});

test.each([
  ['4', 'Batch 12 has no group 4 of failures'],
  ['0', 'Batch 12 has no group 0 of failures'],
  ['soaked', 'No group of failures of batch 12 has "soaked" in its error'],
  ['page', '2 groups of failures of batch 12 have "page" in their error'],
])('"%s" is refused, and the groups are listed', (wanted, sentence) => {
  const listed =
    '; its groups are: 1. Error: page 1 is blank (3 tasks); 2. Error: ENOENT: no such file (1 task); ' +
    '3. Error: page is torn (1 task).';
  expect(() => chooseGroup(groups, wanted)).toThrow(
    expect.objectContaining({ code: 'NO_SUCH_GROUP', message: sentence + listed }),
  );
});
