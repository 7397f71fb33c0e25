import { laneKinds, laneMarks } from '../../shared/contract/stats.ts';
import type { Colors } from './colors.ts';
import type { Drawn, DrawnLane, Layout } from './lanes.ts';
import type { Range } from './range.ts';

/** What is drawn over the lanes. */
export interface Overlay {
  /** The attempt that is pointed at, or found by key. */
  chosen: { place: number; from: number; to: number } | null;
  /** The lane that keys act on; -1 where the canvas has no focus. */
  current: number;
}

export interface Texts {
  worker: (worker: number) => string;
  busy: (share: number) => string;
  moment: (ms: number) => string;
  /** Of the second and later runs of a batch: when it was. */
  run: (startedAt: number) => string;
}

export interface Scene {
  drawn: Drawn;
  layout: Layout;
  range: Range;
  ticks: readonly number[];
  colors: Colors;
  texts: Texts;
  overlay: Overlay;
}

/** Kinds from the bottom of a lane to its top: what failed is never under something else. */
const stacked = (['succeeded', 'running', 'canceled', 'retried', 'failed'] as const).map((kind) => ({
  kind,
  code: laneKinds.indexOf(kind),
}));
const failures = laneMarks.indexOf('failures');
const retries = laneMarks.indexOf('retries');
const recycles = laneMarks.indexOf('recycles');
const deaths = laneMarks.indexOf('deaths');

/** A failure is at least as tall as this in its pixel, however many tasks succeeded there. */
const failureShare = 0.3;

type Context = CanvasRenderingContext2D;

/** Draws the whole timeline. The context's unit is the CSS pixel. */
export function paint(context: Context, scene: Scene): void {
  const { layout, drawn, colors } = scene;
  context.clearRect(0, 0, layout.width, layout.height);
  paintAxis(context, scene);
  context.save();
  context.beginPath();
  context.rect(layout.gutter, 0, layout.width - layout.gutter, layout.height);
  context.clip();
  for (const place of drawn.lanes.keys()) {
    context.fillStyle = colors.lane;
    context.fillRect(layout.gutter, topOf(layout, place), layout.width - layout.gutter, layout.lane);
  }
  paintLanes(context, scene);
  for (const [place, lane] of drawn.lanes.entries()) paintMarks(context, scene, lane, place);
  paintRuns(context, scene);
  paintChosen(context, scene);
  context.restore();
  paintNames(context, scene);
}

/** Lanes alone, for where there is room for little. */
export function paintStrip(context: Context, scene: Scene): void {
  const { layout, drawn, colors } = scene;
  context.clearRect(0, 0, layout.width, layout.height);
  for (const place of drawn.lanes.keys()) {
    context.fillStyle = colors.lane;
    context.fillRect(layout.gutter, topOf(layout, place), layout.width - layout.gutter, layout.lane);
  }
  paintLanes(context, scene);
  if (layout.lane >= 10) paintNames(context, scene);
}

function paintLanes(context: Context, scene: Scene): void {
  if (scene.drawn.view.spans) paintSpans(context, scene);
  else for (const [place, lane] of scene.drawn.lanes.entries()) paintColumns(context, scene, lane, place);
}

export const topOf = ({ axis, lane, gap }: Layout, place: number): number =>
  axis + place * (lane + gap) + gap / 2;

/** Where a moment lies, pixels. */
export const xOf = ({ gutter, width }: Layout, { from, to }: Range, ms: number): number =>
  gutter + ((ms - from) / (to - from)) * (width - gutter);

/** The moment at a place, milliseconds. */
export const momentAt = ({ gutter, width }: Layout, { from, to }: Range, x: number): number =>
  from + ((x - gutter) / (width - gutter)) * (to - from);

function paintColumns(
  context: Context,
  { drawn, layout, range, colors }: Scene,
  lane: DrawnLane,
  place: number,
): void {
  const { view } = drawn;
  const bottom = topOf(layout, place) + layout.lane;
  // What was asked for may be another stretch than is shown by now: it is stretched until the answer comes.
  const start = xOf(layout, range, view.from);
  const width = (xOf(layout, range, view.to) - start) / view.columns;
  const heights = new Float32Array(view.columns);
  for (const { kind, code } of stacked) {
    const shares = lane.shares[code];
    const marked =
      kind === 'failed' ? lane.marks[failures] : kind === 'retried' ? lane.marks[retries] : undefined;
    if (!shares && !marked) continue;
    context.fillStyle = colors.kinds[kind];
    for (let column = 0; column < view.columns; column++) {
      let share = (shares?.[column] ?? 0) / 255;
      if (marked?.[column]) share = Math.max(share, failureShare);
      if (share === 0) continue;
      const height = Math.max(1, share * layout.lane);
      const base = Math.min(heights[column]!, layout.lane - height);
      heights[column] = base + height;
      context.fillRect(start + column * width, bottom - base - height, Math.max(1, width), height);
    }
  }
}

function paintSpans(context: Context, { drawn, layout, range, colors }: Scene): void {
  const { spans } = drawn.view;
  const { spanLanes } = drawn;
  if (!spans || !spanLanes) return;
  for (const { kind, code } of stacked) {
    context.fillStyle = colors.kinds[kind];
    const least = kind === 'failed' || kind === 'retried' ? 2 : 1;
    for (let i = 0; i < spanLanes.length; i++) {
      if (spans.kind[i] !== code || spanLanes[i]! < 0) continue;
      const x = xOf(layout, range, spans.from[i]!);
      const end = xOf(layout, range, spans.from[i]! + spans.ms[i]!);
      // A seam between tasks that follow one another, where there is room for it.
      const width = end - x > 4 ? end - x - 1 : Math.max(least, end - x);
      context.fillRect(x, topOf(layout, spanLanes[i]!), width, layout.lane);
    }
  }
}

function paintMarks(context: Context, scene: Scene, lane: DrawnLane, place: number): void {
  const { drawn, layout, range, colors } = scene;
  const { view } = drawn;
  const top = topOf(layout, place);
  const middle = top + layout.lane / 2;
  const size = Math.min(4, layout.lane / 2 - 1);
  eachMark(lane.marks[recycles], (column) => {
    const x = markX(layout, range, view, column);
    context.fillStyle = colors.surface;
    diamond(context, x, middle, size + 2);
    context.fillStyle = colors.ink;
    diamond(context, x, middle, size);
  });
  eachMark(lane.marks[deaths], (column) => {
    const x = markX(layout, range, view, column);
    for (const [style, width] of [[colors.surface, 5] as const, [colors.failed, 2] as const]) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(x - size, middle - size);
      context.lineTo(x + size, middle + size);
      context.moveTo(x + size, middle - size);
      context.lineTo(x - size, middle + size);
      context.stroke();
    }
  });
}

function eachMark(marks: Uint8Array | undefined, draw: (column: number) => void): void {
  if (!marks) return;
  // Closer than this they lie on one another.
  const distance = 6;
  let last = -distance;
  for (let column = 0; column < marks.length; column++) {
    if (marks[column] === 0 || column - last < distance) continue;
    draw(column);
    last = column;
  }
}

function markX(layout: Layout, range: Range, { from, to, columns }: Drawn['view'], column: number): number {
  return xOf(layout, range, from + ((column + 0.5) / columns) * (to - from));
}

function diamond(context: Context, x: number, y: number, size: number): void {
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.fill();
}

function paintAxis(context: Context, { layout, range, ticks, colors, texts }: Scene): void {
  context.font = colors.font;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  let free = layout.gutter;
  for (const tick of ticks) {
    const x = Math.round(xOf(layout, range, tick)) + 0.5;
    context.strokeStyle = colors.line;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, layout.axis - 6);
    context.lineTo(x, layout.height);
    context.stroke();
    const text = texts.moment(tick);
    const { width } = context.measureText(text);
    if (x + 4 < free || x + 4 + width > layout.width) continue;
    context.fillStyle = colors.ink2;
    context.fillText(text, x + 4, layout.axis / 2);
    free = x + 4 + width + 12;
  }
}

function paintRuns(context: Context, { drawn, layout, range, colors, texts }: Scene): void {
  context.font = colors.font;
  context.textBaseline = 'middle';
  for (const { at, startedAt } of drawn.view.runs.slice(1)) {
    const x = Math.round(xOf(layout, range, at)) + 0.5;
    if (x < layout.gutter || x > layout.width) continue;
    context.strokeStyle = colors.accent;
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, layout.height);
    context.stroke();
    context.setLineDash([]);
    const text = texts.run(startedAt);
    const { width } = context.measureText(text);
    const left = x + 4 + width > layout.width ? x - width - 6 : x + 3;
    context.fillStyle = colors.surface;
    context.fillRect(left - 1, 3, width + 3, layout.axis - 6);
    context.fillStyle = colors.accent;
    context.fillText(text, left, layout.axis / 2);
  }
}

function paintChosen(context: Context, { layout, range, colors, overlay }: Scene): void {
  if (!overlay.chosen) return;
  const { place, from, to } = overlay.chosen;
  const x = xOf(layout, range, from);
  const width = Math.max(2, xOf(layout, range, to) - x);
  context.strokeStyle = colors.ink;
  context.lineWidth = 2;
  context.strokeRect(x - 1, topOf(layout, place) - 1, width + 2, layout.lane + 2);
}

function paintNames(context: Context, { drawn, layout, colors, texts, overlay }: Scene): void {
  context.font = colors.font;
  context.textBaseline = 'middle';
  for (const [place, lane] of drawn.lanes.entries()) {
    const middle = topOf(layout, place) + layout.lane / 2 + 0.5;
    if (place === overlay.current) {
      context.fillStyle = colors.accent;
      context.fillRect(3, topOf(layout, place), 3, layout.lane);
    }
    context.textAlign = 'left';
    context.fillStyle = colors.ink;
    context.fillText(texts.worker(lane.worker), 10, middle);
    if (layout.gutter < 100) continue;
    context.textAlign = 'right';
    context.fillStyle = colors.ink2;
    context.fillText(texts.busy(lane.busy), layout.gutter - 8, middle);
  }
  context.textAlign = 'left';
}
