import { expect, test } from 'vitest';
import { formatOfPath } from './format.ts';

test.each([
  ['results.csv', 'csv'],
  ['/a.b/RESULTS.JSON', 'json'],
  ['lines.jsonl', 'jsonl'],
])('%s is exported as %s', (file, format) => {
  expect(formatOfPath(file)).toBe(format);
});

test.each(['a.parquet', 'a.xlsx', 'a.HTML'])('%s says that it is not available yet', (file) => {
  expect(() => formatOfPath(file)).toThrow(
    `${file}: ${file.slice(1).toLowerCase()} exports are not available yet. Name the file .csv, .json, .jsonl.`,
  );
});

test.each(['a.txt', 'csv', '.csv', 'a.csv/b'])('%s is refused with the formats that there are', (file) => {
  expect(() => formatOfPath(file)).toThrow('Name the file .csv, .json, .jsonl.');
});
