import { expect, test } from 'vitest';
import { type ComparisonRow, comparisonQuerySchema } from '../../shared/contract/compare.ts';
import { pageRows, RowPages } from './difference-rows.ts';

const query = comparisonQuerySchema.parse({ before: 1, after: 2 });
const rows = (name: string): ComparisonRow[] =>
  Array.from({ length: pageRows }, (_, at) => ({ input: `${name} ${at}` }) as ComparisonRow);

test('each page is asked for once, and again only where it could not be had', () => {
  const pages = new RowPages(query);
  expect(pages.missing(pageRows - 1, 2)).toEqual([0, 1]);
  expect(pages.missing(0, 10)).toEqual([]);
  expect(pages.row(3)).toBeUndefined();
  pages.take(0, rows('a'));
  expect(pages.row(3)?.input).toBe('a 3');
  pages.drop(1);
  expect(pages.missing(pageRows, 1)).toEqual([1]);
});

test('pages that were not used for long are let go', () => {
  const pages = new RowPages(query);
  pages.missing(0, 1);
  pages.take(0, rows('a'));
  for (let page = 1; page < 40; page++) pages.missing(page * pageRows, 1);
  expect(pages.row(0)).toBeUndefined();
  // What comes late for a page that nobody looks at any more is let go too.
  pages.take(0, rows('a'));
  expect(pages.row(0)).toBeUndefined();
});
