import { describe, expect, it } from 'vitest';
import { makeContext, runBuiltin } from './test-run.ts';

describe('primes', () => {
  it.each([
    [-5, 0],
    [2, 0],
    [3, 1],
    [3.5, 2],
    [10, 4],
    [11, 4],
    [100, 25],
    ['1000', 168],
    [262_144, 23_000],
    [262_145, 23_000],
    [1e6, 78_498],
    [1e8, 5_761_455],
  ])('below %s are %i', async (below, count) => {
    expect(await runBuiltin('primes', below)).toBe(count);
  });

  it('agree with trial division around every small number', async () => {
    let count = 0;
    for (let below = 0; below < 500; below += 1) {
      expect(await runBuiltin('primes', below)).toBe(count);
      let divisor = 2;
      while (divisor * divisor <= below && below % divisor !== 0) divisor += 1;
      if (below >= 2 && divisor * divisor > below) count += 1;
    }
  });

  it('can be canceled', async () => {
    const stop = new AbortController();
    const context = makeContext(stop.signal);
    context.progress = () => stop.abort(new Error('canceled'));
    await expect(runBuiltin('primes', 1e12, {}, context)).rejects.toThrow('canceled');
  });

  it('need a number', async () => {
    await expect(runBuiltin('primes', 'many')).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: 'primes works on numbers, and its input is "many": give a range or a list of numbers.',
    });
    await expect(runBuiltin('primes', 1e16)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('sleep', () => {
  it('waits as long as its input or its parameter says', async () => {
    const start = performance.now();
    expect(await runBuiltin('sleep', '0.05')).toBe(0.05);
    expect(performance.now() - start).toBeGreaterThan(49);
    expect(await runBuiltin('sleep', 'anything', { seconds: 0 })).toBe(0);
  });

  it('ends at once when it is canceled', async () => {
    const stop = new AbortController();
    const sleeping = runBuiltin('sleep', 10_000, {}, makeContext(stop.signal));
    setImmediate(() => stop.abort(new Error('canceled')));
    await expect(sleeping).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('cannot wait less than nothing', async () => {
    await expect(runBuiltin('sleep', -1)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(runBuiltin('sleep', 'file.txt')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
