import { expect, test } from 'vitest';
import { inputSourceSchema } from '../../shared/inputs.ts';
import { emptyTable, rowsSource, tableOptions } from './table-options.ts';

const all = { ...emptyTable, delimiter: ';', encoding: ' windows-1252 ', sheet: 'May', header: false };

test('what was not set is left to be found out', () => {
  expect(rowsSource('/t/people.csv', emptyTable)).toEqual({ kind: 'rows', file: '/t/people.csv' });
});

test.each([
  ['/t/a.csv.gz', { delimiter: ';', encoding: 'windows-1252', header: false }],
  ['/t/a.xlsx', { sheet: 'May', header: false }],
  ['/t/a.parquet', {}],
  ['/t/a.jsonl', { encoding: 'windows-1252' }],
])('%s is read with the options that its format knows', (file, options) => {
  expect(rowsSource(file, all)).toEqual({ kind: 'rows', file, ...options });
});

test('a format that was chosen goes before the one that the name tells', () => {
  const table = { ...all, format: 'csv' as const };
  expect(tableOptions('/t/data.txt', table)).toContain('delimiter');
  expect(rowsSource('/t/data.txt', table)).toMatchObject({ format: 'csv', delimiter: ';' });
});

test('what comes of it is what the host takes', () => {
  for (const format of ['', 'csv', 'xlsx', 'lines'] as const) {
    const source = rowsSource('/t/a', { ...all, format });
    expect(inputSourceSchema.safeParse(source).success).toBe(true);
  }
});
