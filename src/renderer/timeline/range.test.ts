import { expect, test } from 'vitest';
import { pan, rangeOf, reveal, type Shown, setFollow, zoom } from './range.ts';

const whole: Shown = { kind: 'whole' };

test('the whole batch is shown as it grows, and never as less than a moment', () => {
  expect(rangeOf(whole, 10_000, true)).toEqual({ from: 0, to: 10_000 });
  expect(rangeOf(whole, 30, true)).toEqual({ from: 0, to: 1000 });
  expect(rangeOf(whole, 30, false)).toEqual({ from: 0, to: 30 });
});

test('zooming keeps the moment under the pointer where it is', () => {
  const shown = zoom(whole, 10_000, false, 4, 2000);
  const { from, to } = rangeOf(shown, 10_000, false);
  expect(to - from).toBe(2500);
  expect((2000 - from) / (to - from)).toBeCloseTo(0.2);
});

test('zooming out beyond the batch shows the whole of it, and zooming in ends at a millisecond', () => {
  expect(zoom({ kind: 'fixed', from: 100, to: 200 }, 1000, false, 0.01)).toEqual(whole);
  const { from, to } = rangeOf(zoom(whole, 1000, false, 1e9, 500), 1000, false);
  expect(to - from).toBeCloseTo(1);
});

test('zooming with keys into a batch that runs follows its end', () => {
  expect(zoom(whole, 60_000, true, 2)).toEqual({ kind: 'follow', span: 30_000 });
  expect(rangeOf({ kind: 'follow', span: 30_000 }, 70_000, true)).toEqual({ from: 40_000, to: 70_000 });
});

test('moving stays within the batch', () => {
  const shown: Shown = { kind: 'fixed', from: 100, to: 200 };
  expect(pan(shown, 1000, false, -5)).toEqual({ kind: 'fixed', from: 0, to: 100 });
  expect(pan(shown, 1000, false, Number.NEGATIVE_INFINITY)).toEqual({ kind: 'fixed', from: 0, to: 100 });
  expect(pan(shown, 1000, false, 50)).toEqual({ kind: 'fixed', from: 900, to: 1000 });
  expect(pan(whole, 1000, false, 1)).toEqual(whole);
});

test('following stops where it is, and a task that is not seen is brought into view', () => {
  const followed: Shown = { kind: 'follow', span: 500 };
  expect(setFollow(followed, 2000, true, false)).toEqual({ kind: 'fixed', from: 1500, to: 2000 });
  expect(setFollow({ kind: 'fixed', from: 0, to: 400 }, 2000, true, true)).toEqual({
    kind: 'follow',
    span: 400,
  });
  const shown: Shown = { kind: 'fixed', from: 0, to: 100 };
  expect(reveal(shown, 1000, false, { from: 10, to: 20 })).toBe(shown);
  expect(reveal(shown, 1000, false, { from: 490, to: 510 })).toEqual({ kind: 'fixed', from: 450, to: 550 });
});
