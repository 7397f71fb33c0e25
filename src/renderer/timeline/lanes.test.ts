import { expect, test } from 'vitest';
import type { TimelineView } from '../../shared/contract/stats.ts';
import { drawnOf, laneAt, layoutOf } from './lanes.ts';
import { momentAt, xOf } from './paint.ts';

const counts = { failures: 0, retries: 0, starts: 0, recycles: 0, deaths: 0 };
const view: TimelineView = {
  length: 100,
  live: false,
  runs: [],
  from: 0,
  to: 100,
  columns: 3,
  lanes: [
    { worker: 1, shares: { succeeded: btoa('\x00\x7f\xff') }, marks: {}, busy: 0.5, counts },
    { worker: 7, shares: {}, marks: { deaths: btoa('\x00\x01\x00') }, busy: 0, counts },
  ],
  spans: { worker: [7, 1, 3], index: [0, 1, 2], from: [0, 10, 20], ms: [5, 5, 5], kind: [0, 0, 0] },
  attempts: 3,
  crowded: false,
  mostSpans: 2000,
};

test('what the host packed is unpacked, and attempts find the lanes of their workers', () => {
  const drawn = drawnOf(view);
  expect([...drawn.lanes[0]!.shares[0]!]).toEqual([0, 127, 255]);
  expect([...drawn.lanes[1]!.marks[4]!]).toEqual([0, 1, 0]);
  expect([...drawn.spanLanes!]).toEqual([1, 0, -1]);
});

test('few lanes are tall, many go on below what is seen, and each is found by its place', () => {
  const few = layoutOf(2, 800, 600);
  const many = layoutOf(256, 800, 600);
  expect(few.lane).toBeGreaterThan(many.lane);
  expect(many.height).toBeGreaterThan(600);
  expect(laneAt(few, few.axis + 1, 2)).toBe(0);
  expect(laneAt(few, few.axis + few.lane + few.gap + 1, 2)).toBe(1);
  expect(laneAt(few, few.axis - 1, 2)).toBe(-1);
  expect(laneAt(few, few.height + 1, 2)).toBe(-1);
});

test('a place and its moment belong together', () => {
  const layout = layoutOf(2, 816, 600);
  const range = { from: 500, to: 1500 };
  expect(momentAt(layout, range, xOf(layout, range, 750))).toBeCloseTo(750);
  expect(xOf(layout, range, 500)).toBe(layout.gutter);
  expect(xOf(layout, range, 1500)).toBe(layout.width);
});
