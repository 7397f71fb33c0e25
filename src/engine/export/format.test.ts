import { expect, test } from 'vitest';
import { formatOfPath } from './format.ts';

test.each([
  ['results.csv', 'csv'],
  ['/a.b/RESULTS.JSON', 'json'],
  ['lines.jsonl', 'jsonl'],
  ['a.parquet', 'parquet'],
  ['a.xlsx', 'xlsx'],
  ['a.HTML', 'html'],
])('%s is exported as %s', (file, format) => {
  expect(formatOfPath(file)).toBe(format);
});

test.each(['a.txt', 'csv', '.csv', 'a.csv/b'])('%s is refused with the formats that there are', (file) => {
  expect(() => formatOfPath(file)).toThrow('Name the file .csv, .json, .jsonl, .parquet, .xlsx, .html.');
});
