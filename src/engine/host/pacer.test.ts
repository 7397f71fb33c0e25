import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPacer } from './pacer.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

test('the first request runs at once, and a storm of requests runs once more after the interval', async () => {
  const work = vi.fn();
  const pacer = createPacer(100, work);
  pacer.request();
  expect(work).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 1000; i++) pacer.request();
  await vi.advanceTimersByTimeAsync(99);
  expect(work).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(work).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(work).toHaveBeenCalledTimes(2);
});

test('requests all through a second run no more often than the interval allows', async () => {
  const work = vi.fn();
  const pacer = createPacer(100, work);
  for (let ms = 0; ms < 1000; ms += 5) {
    pacer.request();
    await vi.advanceTimersByTimeAsync(5);
  }
  expect(work.mock.calls.length).toBeGreaterThanOrEqual(10);
  expect(work.mock.calls.length).toBeLessThanOrEqual(11);
});

test('pacers that started at different times come to run together', async () => {
  const ranAt: number[][] = [[], []];
  for (const times of ranAt) {
    const pacer = createPacer(200, () => void times.push(Date.now()));
    for (let ms = 0; ms < 1000; ms += 5) setTimeout(() => pacer.request(), ms);
    await vi.advanceTimersByTimeAsync(70);
  }
  await vi.advanceTimersByTimeAsync(2000);
  expect(ranAt).toEqual([
    [0, 200, 400, 600, 800, 1000],
    [70, 200, 400, 600, 800, 1000, 1200],
  ]);
});

test('two runs never overlap, and what was asked for meanwhile is run afterwards', async () => {
  let running = 0;
  let most = 0;
  const work = vi.fn(async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 30));
    running--;
  });
  const pacer = createPacer(10, work);
  pacer.request();
  pacer.request();
  void pacer.now();
  await vi.advanceTimersByTimeAsync(1000);
  expect(most).toBe(1);
  expect(work).toHaveBeenCalledTimes(2);
});

test('slow work is given a pause of as long as it took', async () => {
  const startedAt: number[] = [];
  const pacer = createPacer(10, async () => {
    startedAt.push(performance.now());
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
  pacer.request();
  pacer.request();
  await vi.advanceTimersByTimeAsync(2000);
  expect(startedAt).toHaveLength(2);
  expect(startedAt[1]! - startedAt[0]!).toBe(1000);
});

test('now() does not wait for the interval', async () => {
  const work = vi.fn();
  const pacer = createPacer(100_000, work);
  pacer.request();
  await settle();
  await pacer.now();
  expect(work).toHaveBeenCalledTimes(2);
});

test('now() settles with the run that started after it was called', async () => {
  const results = [Promise.resolve(), Promise.reject(new Error('no such batch'))];
  const pacer = createPacer(10, () => results.shift());
  pacer.request();
  await expect(pacer.now()).rejects.toThrow('no such batch');
});

test('a requested run that fails is not an unhandled rejection, and the next request runs', async () => {
  const work = vi.fn(async () => {
    throw new Error('store closed');
  });
  const pacer = createPacer(10, work);
  pacer.request();
  await vi.advanceTimersByTimeAsync(20);
  pacer.request();
  await vi.advanceTimersByTimeAsync(20);
  expect(work).toHaveBeenCalledTimes(2);
});

test('after close nothing runs and nobody is left waiting', async () => {
  const work = vi.fn();
  const pacer = createPacer(100, work);
  pacer.request();
  await settle();
  pacer.request();
  pacer.close();
  await vi.advanceTimersByTimeAsync(1000);
  pacer.request();
  await pacer.now();
  expect(work).toHaveBeenCalledTimes(1);
});
