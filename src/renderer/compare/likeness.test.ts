import { expect, test } from 'vitest';
import { type BatchSummary, batchSpecSchema, noCounts } from '../../shared/batch.ts';
import { mergeBatches } from '../state/batch-groups.ts';
import { likenessOf, othersOf } from './likeness.ts';

const batch = (id: number, task: string, to: number, succeeded = 1): BatchSummary =>
  ({
    id,
    counts: { ...noCounts(), succeeded },
    spec: batchSpecSchema.parse({
      definition: { kind: 'builtin', name: task },
      inputs: { kind: 'range', from: 0, to },
    }),
  }) as unknown as BatchSummary;

test('what is most like a batch is offered first, the newest first; what has no results is not', () => {
  const all = mergeBatches(new Map(), [
    batch(1, 'hash', 10),
    batch(2, 'hash', 20),
    batch(3, 'primes', 10),
    batch(4, 'primes', 20),
    batch(5, 'hash', 10),
    batch(6, 'hash', 10, 0),
    batch(7, 'hash', 10),
  ]);
  const groups = othersOf(all, 5);
  expect(groups.likely.map(({ id }) => id)).toEqual([7, 1]);
  expect(groups['same-inputs'].map(({ id }) => id)).toEqual([3]);
  expect(groups['same-task'].map(({ id }) => id)).toEqual([2]);
  expect(groups.others.map(({ id }) => id)).toEqual([4]);
  expect(othersOf(all, 99).likely).toEqual([]);
});

test('of long lists only the start is known here: they are alike where their lengths and tasks agree too', () => {
  const long = (given: number, total: number): BatchSummary =>
    ({
      ...batch(1, 'hash', 1),
      total,
      spec: batchSpecSchema.parse({
        definition: { kind: 'builtin', name: 'hash' },
        inputs: { kind: 'files', paths: ['/a', '/b'], given },
      }),
    }) as BatchSummary;
  expect(likenessOf(long(200, 300), long(200, 300))).toBe('likely');
  expect(likenessOf(long(200, 300), long(201, 300))).toBe('same-task');
  expect(likenessOf(long(200, 300), long(200, 301))).toBe('same-task');
});
