import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

describe('the wait before another attempt', () => {
  it('doubles with each failure', () => {
    expect([1, 2, 3, 4].map((failures) => backoffMs(failures, 1000, 0))).toEqual([1000, 2000, 4000, 8000]);
  });

  it('leaves out up to half of it at random', () => {
    expect([backoffMs(2, 1000, 0), backoffMs(2, 1000, 0.5), backoffMs(2, 1000, 1)]).toEqual([
      2000, 1500, 1000,
    ]);
  });

  it('grows to a minute and not beyond, unless it began longer', () => {
    expect(backoffMs(60, 1000, 0)).toBe(60_000);
    expect(backoffMs(3, 120_000, 0)).toBe(120_000);
  });

  it('is nothing where none is wanted', () => {
    expect(backoffMs(5, 0)).toBe(0);
  });
});
