import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunningMedian } from './running-median.ts';

describe('the running median', () => {
  it('is unknown before the first duration', () => {
    expect(new RunningMedian().value).toBeNull();
  });

  it('is within two percent of the exact one, whatever comes', () => {
    const duration = fc.double({ min: 0.001, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 199 }), (durations) => {
        const median = new RunningMedian();
        for (const ms of durations) median.add(ms);
        const sorted = durations.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(sorted.length / 2) - 1]!;
        expect(median.value! / exact).toBeGreaterThan(0.98);
        expect(median.value! / exact).toBeLessThan(1.02);
      }),
    );
  });
});
