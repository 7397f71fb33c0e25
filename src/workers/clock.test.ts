import { afterEach, expect, test, vi } from 'vitest';
import { followClock, sinceEpoch } from './clock.ts';

afterEach(() => {
  vi.restoreAllMocks();
  followClock();
});

const now = () => sinceEpoch(performance.now());

test('readings of the monotonic clock are told as times of the machine’s', () => {
  followClock();
  expect(Math.abs(now() - Date.now())).toBeLessThan(25);
});

test.each([[3_600_000], [-3_600_000], [1000]])(
  'a machine’s clock that was moved by %d ms is followed',
  (ms) => {
    const real = Date.now.bind(Date);
    vi.spyOn(Date, 'now').mockImplementation(() => real() + ms);
    expect(Math.abs(now() - real())).toBeLessThan(25);
    followClock();
    expect(Math.abs(now() - real() - ms)).toBeLessThan(25);
  },
);

test('the difference of two times is not disturbed by a clock that counts whole milliseconds', () => {
  followClock();
  const reading = performance.now();
  const first = sinceEpoch(reading);
  for (let i = 0; i < 1000; i++) followClock();
  expect(sinceEpoch(reading)).toBe(first);
});
