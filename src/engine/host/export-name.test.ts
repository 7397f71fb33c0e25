import { expect, test } from 'vitest';
import { exportName } from './export-name.ts';

test('an ordinary name keeps its words and gets the number of the batch', () => {
  expect(exportName({ id: 12, name: 'hash data' }, 'csv')).toBe('hash data 12.csv');
});

test('what a file system refuses, or a shell would trip over, is left out', () => {
  expect(exportName({ id: 1, name: '../../etc/passwd\n' }, 'json')).toBe('etc passwd 1.json');
  expect(exportName({ id: 1, name: 'a:b*c?"d"<e>|f\\g\u0000' }, 'jsonl')).toBe('a b c d e f g 1.jsonl');
  expect(exportName({ id: 1, name: '.hidden' }, 'csv')).toBe('hidden 1.csv');
});

test('a name of nothing, or one that Windows reserves, becomes "batch"', () => {
  expect(exportName({ id: 3, name: '///' }, 'csv')).toBe('batch 3.csv');
  expect(exportName({ id: 3, name: 'NUL' }, 'csv')).toBe('batch 3.csv');
});

test('names of other languages are kept, and long ones cut', () => {
  expect(exportName({ id: 5, name: 'фото 写真 🐈' }, 'csv')).toBe('фото 写真 🐈 5.csv');
  expect(exportName({ id: 5, name: 'x'.repeat(500) }, 'csv')).toBe(`${'x'.repeat(80)} 5.csv`);
});
