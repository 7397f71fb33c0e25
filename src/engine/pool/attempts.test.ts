import { describe, expect, it } from 'vitest';
import { Attempts } from './attempts.ts';

const retries = (count: number) => ({ retries: count });

describe('the attempts of a task', () => {
  it('are numbered from one', () => {
    const attempts = new Attempts();
    expect(attempts.number(7)).toBe(1);
    attempts.failed(7, 'error', retries(2));
    expect(attempts.number(7)).toBe(2);
  });

  it('are as many as the retries, and one', () => {
    const attempts = new Attempts();
    expect([1, 2, 3].map(() => attempts.failed(0, 'error', retries(2)))).toEqual([true, true, false]);
  });

  it('are followed by another one only after the outcomes that were asked for', () => {
    const options = { retries: 5, retryOn: ['timeout' as const] };
    expect(new Attempts().failed(0, 'error', options)).toBe(false);
    expect(new Attempts().failed(0, 'crash', options)).toBe(false);
    expect(new Attempts().failed(0, 'timeout', options)).toBe(true);
    expect(new Attempts().failed(0, 'canceled', retries(5))).toBe(false);
  });

  it('end with the third worker that the task has killed', () => {
    const attempts = new Attempts();
    const again = ['crash', 'error', 'crash', 'crash'].map((outcome) =>
      attempts.failed(0, outcome as 'crash', retries(100)),
    );
    expect(again).toEqual([true, true, true, false]);
    expect(attempts.isDeadly(0)).toBe(true);
  });

  it('before this run are counted in the number and not against the retries', () => {
    const attempts = new Attempts();
    attempts.know(0, 4, 1);
    expect(attempts.number(0)).toBe(5);
    expect([1, 2].map(() => attempts.failed(0, 'error', retries(1)))).toEqual([true, false]);
    expect(attempts.number(0)).toBe(7);
  });

  it('of a task that killed workers before this run count as killings', () => {
    const attempts = new Attempts();
    attempts.know(0, 2, 2);
    expect(attempts.failed(0, 'crash', retries(9))).toBe(false);
  });

  it('that were not its fault are followed by another one in any case', () => {
    const attempts = new Attempts();
    expect(attempts.failed(0, 'error', retries(0), true)).toBe(true);
    expect(attempts.failures(0)).toBe(0);
    expect(attempts.failed(0, 'error', retries(0))).toBe(false);
    expect(attempts.failures(0)).toBe(1);
  });
});
