import type { ComparisonQuery, ComparisonRow } from '../../shared/contract/compare.ts';

/** Rows that are asked for at once. */
export const pageRows = 200;
/** Pages that are kept. */
const mostPages = 12;

/** Rows of one query, a page at a time, those that were used last. */
export class RowPages {
  readonly query: ComparisonQuery;
  readonly #pages = new Map<number, ComparisonRow[] | 'asked'>();

  constructor(query: ComparisonQuery) {
    this.query = query;
  }

  row(position: number): ComparisonRow | undefined {
    const page = this.#pages.get(Math.floor(position / pageRows));
    return page === 'asked' ? undefined : page?.[position % pageRows];
  }

  /** The numbers of pages that are wanted for these rows and were not asked for; they count as asked from now on. */
  missing(first: number, count: number): number[] {
    const missing: number[] = [];
    const last = Math.floor(Math.max(first, first + count - 1) / pageRows);
    for (let page = Math.floor(first / pageRows); page <= last; page++) {
      const known = this.#pages.get(page);
      this.#pages.delete(page);
      this.#pages.set(page, known ?? 'asked');
      if (known === undefined) missing.push(page);
    }
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= mostPages) break;
      this.#pages.delete(oldest);
    }
    return missing;
  }

  take(page: number, rows: ComparisonRow[]): void {
    if (this.#pages.has(page)) this.#pages.set(page, rows);
  }

  /** It could not be had: it is asked for again when it is wanted again. */
  drop(page: number): void {
    this.#pages.delete(page);
  }
}
