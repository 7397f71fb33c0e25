import { DistinctCounter } from '../../shared/distinct-counter.ts';

export type ColumnType = 'empty' | 'integer' | 'number' | 'boolean' | 'date' | 'text';

export interface ColumnSummary {
  name: string;
  /** The narrowest type that fits every field that is not empty. */
  type: ColumnType;
  /** Empty fields, and those that short rows do not have. */
  nulls: number;
  /** Of numbers by value, of everything else by code point; null where all fields are empty. */
  min: number | string | null;
  max: number | string | null;
  /** Of numbers only. */
  mean: number | null;
  distinct: number;
  /** True where there are so many distinct values that their number is an estimate, good to about 1%. */
  distinctIsEstimate: boolean;
}

const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const boolean = /^(true|false|yes|no)$/i;
const date = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
const shownCharacters = 200;

/** Gathers what there is to say of a column, a field at a time, in memory that does not grow with the file. */
export class ColumnCollector {
  private nulls = 0;
  private filled = 0;
  private integers = 0;
  private numbers = 0;
  private booleans = 0;
  private dates = 0;
  private least = Number.POSITIVE_INFINITY;
  private greatest = Number.NEGATIVE_INFINITY;
  /** The sum, and what its last digits could not hold (Neumaier's summation). */
  private sum = 0;
  private lost = 0;
  private first: string | null = null;
  private last = '';
  private readonly distinct = new DistinctCounter();

  addMissing(count = 1): void {
    this.nulls += count;
  }

  add(field: string): void {
    const text = field.trim();
    if (text === '') {
      this.nulls += 1;
      return;
    }
    this.filled += 1;
    this.distinct.add(text);
    if (decimal.test(text)) this.addNumber(text);
    else if (boolean.test(text)) this.booleans += 1;
    else if (date.test(text)) this.dates += 1;
    if (this.first === null || text < this.first) this.first = text;
    if (text > this.last) this.last = text;
  }

  private addNumber(text: string): void {
    const number = Number(text);
    this.numbers += 1;
    if (integer.test(text)) this.integers += 1;
    this.least = Math.min(this.least, number);
    this.greatest = Math.max(this.greatest, number);
    const sum = this.sum + number;
    this.lost += Math.abs(this.sum) >= Math.abs(number) ? this.sum - sum + number : number - sum + this.sum;
    this.sum = sum;
  }

  summary(name: string): ColumnSummary {
    const type = this.type();
    const isNumber = type === 'integer' || type === 'number';
    return {
      name,
      type,
      nulls: this.nulls,
      min: isNumber ? this.least : (this.first?.slice(0, shownCharacters) ?? null),
      max: isNumber ? this.greatest : this.filled > 0 ? this.last.slice(0, shownCharacters) : null,
      mean: isNumber ? (this.sum + this.lost) / this.numbers : null,
      distinct: this.distinct.count(),
      distinctIsEstimate: this.distinct.isEstimate,
    };
  }

  private type(): ColumnType {
    if (this.filled === 0) return 'empty';
    if (this.integers === this.filled) return 'integer';
    if (this.numbers === this.filled) return 'number';
    if (this.booleans === this.filled) return 'boolean';
    return this.dates === this.filled ? 'date' : 'text';
  }
}
