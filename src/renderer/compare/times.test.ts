import { expect, test } from 'vitest';
import { timesText } from './times.ts';

test.each([
  [100, 210, '2.1×'],
  [100, 99, '1.0×'],
  [1, 12.4, '12×'],
  [0.05, 600, '12,000×'],
  [300, 8.5, '÷35'],
  [100, 60, '÷1.7'],
  [0, 5, ''],
])('%f ms and then %f ms is %s', (before, after, text) => {
  expect(timesText(before, after)).toBe(text);
});
