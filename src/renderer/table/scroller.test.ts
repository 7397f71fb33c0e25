import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clampTop,
  elementHeight,
  type Geometry,
  isScaled,
  maxElementHeight,
  maxTop,
  revealing,
  scrollTopOf,
  settleTop,
  topOf,
  visibleRows,
} from './scroller.ts';

const table = (rows: number, viewport = 560): Geometry => ({ rows, rowHeight: 28, viewport });
const geometries = fc.record({
  rows: fc.integer({ min: 1, max: 20_000_000 }),
  rowHeight: fc.constant(28),
  viewport: fc.integer({ min: 1, max: 3000 }),
});
/** What a browser makes of a scrollTop that it is given: whole physical pixels, within the element. */
const asBrowser = (scrollTop: number, g: Geometry) =>
  Math.round(Math.min(Math.max(0, scrollTop), Math.max(0, elementHeight(g) - g.viewport)));

describe('a table that an element can hold', () => {
  test('is as tall as its rows and scrolls pixel by pixel', () => {
    const g = table(10_000);
    expect(isScaled(g)).toBe(false);
    expect(elementHeight(g)).toBe(280_000);
    expect(topOf(12_345, g)).toBe(12_345);
    expect(scrollTopOf(12_345, g)).toBe(12_345);
  });

  test('of fewer rows than are seen does not scroll', () => {
    const g = table(3);
    expect(maxTop(g)).toBe(0);
    expect(topOf(0, g)).toBe(0);
    expect(visibleRows(0, g)).toEqual({ first: 0, count: 3 });
  });

  test('without rows shows none', () => {
    expect(visibleRows(0, table(0))).toEqual({ first: 0, count: 0 });
    expect(visibleRows(0, table(10, 0))).toEqual({ first: 0, count: 0 });
  });
});

describe('a million rows', () => {
  const g = table(1_000_000);

  test('are given an element within what browsers allow', () => {
    expect(isScaled(g)).toBe(true);
    expect(elementHeight(g)).toBe(maxElementHeight);
  });

  test('begin with the first row and end with the last one, exactly', () => {
    expect(visibleRows(topOf(0, g), g)).toEqual({ first: 0, count: 20 });
    expect(visibleRows(topOf(maxElementHeight - 560, g), g)).toEqual({ first: 999_980, count: 20 });
  });

  test('a scrollTop that the browser rounded down still reaches the last row', () => {
    expect(topOf(maxElementHeight - 560 - 0.7, g)).toBe(maxTop(g));
  });

  test('can be moved by less than one pixel of the element stands for', () => {
    const moved = settleTop(asBrowser(scrollTopOf(500_028, g), g), 500_028, g);
    expect(moved).toBe(500_028);
  });

  test('follow the scrollbar where it was dragged', () => {
    const half = (maxElementHeight - 560) / 2;
    expect(settleTop(half, 0, g)).toBeCloseTo(maxTop(g) / 2, 3);
  });
});

test('whatever the table, a place that was shown is kept when the browser reports it', () => {
  fc.assert(
    fc.property(geometries, fc.double({ min: 0, max: 1, noNaN: true }), (g, share) => {
      const top = share * maxTop(g);
      expect(settleTop(asBrowser(scrollTopOf(top, g), g), top, g)).toBeCloseTo(top, 6);
    }),
  );
});

test('whatever the table, its end is the last row and its start the first', () => {
  fc.assert(
    fc.property(geometries, (g) => {
      const last = visibleRows(topOf(Math.max(0, elementHeight(g) - g.viewport), g), g);
      expect(last.first + last.count).toBe(g.rows);
      expect(visibleRows(topOf(0, g), g).first).toBe(0);
    }),
  );
});

test('whatever the table, scrolling further down never goes up', () => {
  fc.assert(
    fc.property(geometries, fc.nat(maxElementHeight), fc.nat(1000), (g, scrollTop, more) => {
      const end = Math.max(0, elementHeight(g) - g.viewport);
      const [a, b] = [Math.min(scrollTop, end), Math.min(scrollTop + more, end)];
      expect(topOf(b, g)).toBeGreaterThanOrEqual(topOf(a, g));
    }),
  );
});

test('whatever the table, a revealed row is seen whole, and one that is seen already moves nothing', () => {
  fc.assert(
    fc.property(geometries, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (g, at, share) => {
      fc.pre(g.viewport >= g.rowHeight);
      const row = at % g.rows;
      const top = revealing(row, share * maxTop(g), g);
      expect(top).toBeLessThanOrEqual(row * g.rowHeight);
      expect(top + g.viewport).toBeGreaterThanOrEqual((row + 1) * g.rowHeight);
      expect(revealing(row, top, g)).toBe(top);
      expect(clampTop(top, g)).toBe(top);
    }),
  );
});
