import {
  type LaneKind,
  type LaneMark,
  laneKinds,
  laneMarks,
  type TimelineLane,
  type TimelineSpans,
  type TimelineView,
} from '../../shared/contract/stats.ts';

/** A lane with its bytes unpacked: by code of `laneKinds` and `laneMarks`. */
export interface DrawnLane {
  worker: number;
  busy: number;
  counts: TimelineLane['counts'];
  shares: (Uint8Array | undefined)[];
  marks: (Uint8Array | undefined)[];
}

/** What the canvas draws. */
export interface Drawn {
  view: TimelineView;
  lanes: DrawnLane[];
  /** Of each attempt, its lane's place; where they are shown one by one. */
  spanLanes: Int16Array | null;
}

export function drawnOf(view: TimelineView): Drawn {
  const lanes = view.lanes.map(
    ({ worker, busy, counts, shares, marks }): DrawnLane => ({
      worker,
      busy,
      counts,
      shares: laneKinds.map((kind: LaneKind) => unpack(shares[kind])),
      marks: laneMarks.map((mark: LaneMark) => unpack(marks[mark])),
    }),
  );
  return { view, lanes, spanLanes: view.spans && placesOf(view.spans, lanes) };
}

function placesOf(spans: TimelineSpans, lanes: DrawnLane[]): Int16Array {
  const places = new Map(lanes.map(({ worker }, place) => [worker, place]));
  return Int16Array.from(spans.worker, (worker) => places.get(worker) ?? -1);
}

function unpack(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Where the lanes lie, CSS pixels. */
export interface Layout {
  width: number;
  /** Left of the lanes, with the workers' names. */
  gutter: number;
  /** Above them, with the times. */
  axis: number;
  lane: number;
  gap: number;
  height: number;
}

const most = 48;
const least = 12;

/** Lanes as tall as there is room for, within reason; with many workers they go on below what is seen. */
export function layoutOf(lanes: number, width: number, height: number): Layout {
  const axis = 24;
  const each = Math.max(least, Math.min(most, Math.floor((height - axis) / Math.max(1, lanes))));
  const gap = each >= 20 ? 4 : 2;
  return { width, gutter: 116, axis, lane: each - gap, gap, height: axis + lanes * each };
}

/** The place of the lane at a height; -1 beside them. */
export function laneAt({ axis, lane, gap }: Layout, y: number, lanes: number): number {
  const place = Math.floor((y - axis) / (lane + gap));
  return y >= axis && place < lanes ? place : -1;
}
