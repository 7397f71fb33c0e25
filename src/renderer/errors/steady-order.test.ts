import { expect, test } from 'vitest';
import type { ErrorGroup } from '../../shared/contract/errors.ts';
import { inOrderOf } from './steady-order.ts';

const group = (key: string, count: number): ErrorGroup => ({ key, count }) as ErrorGroup;

test('groups keep their places while one points at them, and those that are new come last', () => {
  const now = [group('d', 9), group('b', 7), group('a', 5), group('c', 3)];
  const shown = inOrderOf(['a', 'b'], now);
  expect(shown.map(({ key }) => key)).toEqual(['a', 'b', 'd', 'c']);
  expect(shown[0]!.count).toBe(5);
});

test('a group that is gone leaves no gap', () => {
  expect(inOrderOf(['a', 'b', 'c'], [group('c', 2), group('a', 1)]).map(({ key }) => key)).toEqual([
    'a',
    'c',
  ]);
});
