/**
 * The arithmetic of a table that is taller than an element may be. Chromium's tallest element is 33,554,431
 * physical pixels, so a million rows of 28 px can be too many: the element is then shorter than its content,
 * and a place in the one stands for a place in the other. `top` is always in pixels of the content.
 */
export interface Geometry {
  rows: number;
  rowHeight: number;
  /** Height of the part that is seen, in pixels. */
  viewport: number;
}

/** Within Chromium's limit at a device pixel ratio (with zoom) of up to 4. */
export const maxElementHeight = 8_000_000;

const contentHeight = (g: Geometry): number => g.rows * g.rowHeight;

/** Height that the scrolled element is given. */
export const elementHeight = (g: Geometry): number => Math.min(contentHeight(g), maxElementHeight);

/** True where the element is shorter than its content, so that a pixel of the one is more of the other. */
export const isScaled = (g: Geometry): boolean => contentHeight(g) > maxElementHeight;

/** The `top` at which the last row is seen whole at the bottom. */
export const maxTop = (g: Geometry): number => Math.max(0, contentHeight(g) - g.viewport);

const maxScrollTop = (g: Geometry): number => Math.max(0, elementHeight(g) - g.viewport);

export const clampTop = (top: number, g: Geometry): number => Math.min(Math.max(0, top), maxTop(g));

/** The place in the content for an element's `scrollTop`. Both ends are reached exactly. */
export function topOf(scrollTop: number, g: Geometry): number {
  const end = maxScrollTop(g);
  // Browsers round scrollTop to physical pixels, so the end may be a fraction away.
  if (scrollTop >= end - 1) return maxTop(g);
  return isScaled(g) ? clampTop((scrollTop / end) * maxTop(g), g) : clampTop(scrollTop, g);
}

/** The `scrollTop` that shows a place of the content. */
export function scrollTopOf(top: number, g: Geometry): number {
  if (!isScaled(g)) return clampTop(top, g);
  return (clampTop(top, g) / maxTop(g)) * maxScrollTop(g);
}

/**
 * The place in the content after the element reported `scrollTop`. Where that is what `top` was already shown
 * at, `top` is kept: it is finer than `scrollTop` can say.
 */
export function settleTop(scrollTop: number, top: number, g: Geometry): number {
  return Math.abs(scrollTop - scrollTopOf(top, g)) <= 1 ? clampTop(top, g) : topOf(scrollTop, g);
}

/** Rows that are seen at least in part. */
export function visibleRows(top: number, g: Geometry): { first: number; count: number } {
  if (g.rows === 0 || g.viewport <= 0) return { first: 0, count: 0 };
  const first = Math.floor(clampTop(top, g) / g.rowHeight);
  const end = Math.min(g.rows, Math.ceil((clampTop(top, g) + g.viewport) / g.rowHeight));
  return { first, count: end - first };
}

/** The nearest `top` at which a row is seen whole. */
export function revealing(row: number, top: number, g: Geometry): number {
  const above = row * g.rowHeight;
  const below = above + g.rowHeight - g.viewport;
  return clampTop(Math.min(Math.max(top, below), above), g);
}
