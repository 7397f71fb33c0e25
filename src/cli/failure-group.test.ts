import { expect, test } from 'vitest';
import type { ExportRow } from '../engine/store/store.ts';
import { selectGroup } from './failure-group.ts';

const failed = (index: number, message: string): ExportRow => ({
  index,
  input: String(index),
  state: 'failed',
  value: null,
  error: { name: 'Error', message },
  attempts: 1,
  ms: 1,
  startedAt: 1,
  worker: 1,
});
const messages = [
  'page 1 is blank',
  'ENOENT: no such file',
  'page 2 is blank',
  'page is torn',
  'page 9 is blank',
];
async function* rows() {
  for (const [index, message] of messages.entries()) yield [failed(index, message)];
}
const select = (wanted: string) => selectGroup(rows, wanted, 12);

test('a group is chosen by the number that show gives it', async () => {
  expect(await select('1')).toEqual([0, 2, 4]);
  expect(await select('2')).toEqual([1]);
  expect(await select('3')).toEqual([3]);
});

test('a group is chosen by a part of its error, ignoring case', async () => {
  expect(await select('BLANK')).toEqual([0, 2, 4]);
  expect(await select('error: enoent')).toEqual([1]);
});

test.each([
  ['4', 'Batch 12 has no group 4 of failures'],
  ['0', 'Batch 12 has no group 0 of failures'],
  ['soaked', 'No group of failures of batch 12 has "soaked" in its error'],
  ['page', '2 groups of failures of batch 12 have "page" in their error'],
])('"%s" is refused, and the groups are listed', async (wanted, sentence) => {
  const listed =
    '; its groups are: 1. Error: page 1 is blank (3 tasks); 2. Error: ENOENT: no such file (1 task); ' +
    '3. Error: page is torn (1 task).';
  await expect(select(wanted)).rejects.toMatchObject({ code: 'NO_SUCH_GROUP', message: sentence + listed });
});

test('all tasks of a group are found, also beyond those that were grouped', async () => {
  async function* many() {
    for (let from = 0; from < 45_000; from += 5000) {
      yield Array.from({ length: 5000 }, (_, at) => failed(from + at, at % 2 ? 'odd' : 'even'));
    }
  }
  expect(await selectGroup(many, 'odd', 12)).toHaveLength(22_500);
});
