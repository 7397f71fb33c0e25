import { expect, test } from 'vitest';
import { type BatchSummary, noCounts } from '../../shared/batch.ts';
import { matchesSearch } from './batch-search.ts';

const batch = {
  name: 'Resize photos',
  state: 'completed',
  error: null,
  counts: { ...noCounts(), failed: 2 },
  spec: { definition: { kind: 'module', file: '/home/ada/tasks/shrink.ts' } },
} as unknown as BatchSummary;

test.each([
  ['', true],
  ['photos', true],
  ['PHOTOS resize', true],
  ['shrink', true],
  ['completed', true],
  ['2 failed', true],
  ['3 failed', false],
  ['photos canceled', false],
  ['videos', false],
])('a search for %j finds it: %s', (text, found) => {
  expect(matchesSearch(batch, text)).toBe(found);
});

test('a batch is found by its state as the window says it', () => {
  expect(matchesSearch({ ...batch, state: 'interrupted' }, 'interrupted')).toBe(true);
  const halted = { ...batch, counts: { ...noCounts(), skipped: 3 } };
  expect(matchesSearch(halted, 'stopped early')).toBe(true);
});

test('without a word, nothing is looked up in the batch', () => {
  const closed = new Proxy(batch, {
    get: () => {
      throw new Error('It is read');
    },
  });
  expect(matchesSearch(closed, ' ')).toBe(true);
});
