import { expect, test } from 'vitest';
import { stableOrder } from './stable-order.ts';

const some = [3, -1.5, 0, -0, 1e300, -1e300, 5e-324, Number.NaN, 2, 2, 1_750_000_000_000.25, -7, Number.NaN];

test.each([false, true])('values stand in order, equal ones as they came, descending %s', (descending) => {
  const direction = descending ? -1 : 1;
  const wanted = some
    .map((value, at) => ({ value, at }))
    .sort((a, b) => {
      const [x, y] = [Number.isNaN(a.value), Number.isNaN(b.value)];
      return x || y ? Number(x) - Number(y) || a.at - b.at : direction * (a.value - b.value) || a.at - b.at;
    });
  expect([...stableOrder(Float64Array.from(some), descending)]).toEqual(wanted.map(({ at }) => at));
});

test('many values are in order', () => {
  const values = Float64Array.from({ length: 100_000 }, (_, at) => ((at * 104_729) % 100_003) / 7 - 5000);
  const order = stableOrder(values, false);
  expect(new Set(order).size).toBe(values.length);
  for (let at = 1; at < order.length; at++) {
    expect(values[order[at]!]! >= values[order[at - 1]!]!).toBe(true);
  }
});

test('nothing is in order', () => {
  expect([...stableOrder(new Float64Array(), true)]).toEqual([]);
});
