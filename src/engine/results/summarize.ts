import type { ColumnSummary } from '../../shared/contract/results.ts';
import { DistinctCounter } from '../../shared/distinct-counter.ts';
import { kindOf, timeOf } from './kinds.ts';
import { cellOf } from './values.ts';

/** Parts of a histogram. */
export const barCount = 24;
/** Different values that are counted each; with more of them, none is frequent. */
const maxCounted = 1000;
const maxFrequent = 6;
const shownCharacters = 200;

/** Gathers what there is to say of a column, a value at a time: eight bytes a number, and little else. */
export class ColumnSummarizer {
  private readonly column: string;
  private rows = 0;
  private filled = 0;
  private readonly distinct = new DistinctCounter();
  private counts: Map<string, number> | null = new Map();
  private numbers = new Float64Array(1024);
  private numberCount = 0;
  /** False once a value is no number (or, for times, no time). */
  private allNumbers = true;
  private allTimes = true;

  constructor(column: string) {
    this.column = column;
  }

  add(value: unknown): void {
    this.rows += 1;
    if (value === null || value === undefined || value === '') return;
    this.filled += 1;
    const cell = cellOf(value);
    const text = String(cell);
    this.distinct.add(text);
    this.count(text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text);
    this.measure(value);
  }

  summary(): ColumnSummary {
    const { column, rows, filled } = this;
    const measured = filled > 0 && (this.allNumbers || this.allTimes);
    const numbers = measured ? this.numbers.subarray(0, this.numberCount) : null;
    return {
      column,
      rows,
      filled,
      distinct: this.distinct.count(),
      distinctIsEstimate: this.distinct.isEstimate,
      ...(numbers ? describe(numbers) : { numbers: null, bars: [] }),
      frequent: this.frequent(),
    };
  }

  private count(text: string): void {
    if (!this.counts) return;
    this.counts.set(text, (this.counts.get(text) ?? 0) + 1);
    if (this.counts.size > maxCounted) this.counts = null;
  }

  private measure(value: unknown): void {
    if (typeof value !== 'number') this.allNumbers = false;
    if (!(this.allTimes && kindOf(value) === 'time')) this.allTimes = false;
    if (!this.allNumbers && !this.allTimes) return;
    if (this.numberCount === this.numbers.length) {
      const larger = new Float64Array(this.numbers.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.numberCount++] = typeof value === 'number' ? value : timeOf(value as string);
  }

  private frequent(): ColumnSummary['frequent'] {
    const all = [...(this.counts ?? [])].map(([value, count]) => ({ value, count }));
    return all.sort((a, b) => b.count - a.count).slice(0, maxFrequent);
  }
}

function describe(numbers: Float64Array): Pick<ColumnSummary, 'numbers' | 'bars'> {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  // What the last digits of the sum could not hold (Neumaier's summation).
  let lost = 0;
  for (const number of numbers) {
    if (number < min) min = number;
    if (number > max) max = number;
    const next = sum + number;
    lost += Math.abs(sum) >= Math.abs(number) ? sum - next + number : number - next + sum;
    sum = next;
  }
  const bars = new Array<number>(min === max ? 1 : barCount).fill(0);
  const width = (max - min) / bars.length;
  for (const number of numbers) {
    const bar = width === 0 ? 0 : Math.min(bars.length - 1, Math.floor((number - min) / width));
    bars[bar]! += 1;
  }
  return { numbers: { min, max, mean: (sum + lost) / numbers.length }, bars };
}
