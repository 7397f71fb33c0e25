import {
  type LaneKind,
  type LaneMark,
  laneKinds,
  laneMarks,
  type TimelineLane,
} from '../../shared/contract/stats.ts';
import type { Collector } from './collector.ts';
import type { Lane } from './lane.ts';

const runningKind = laneKinds.indexOf('running');

/** A stretch of the run time that is to be seen in so many columns. */
export interface Stretch {
  from: number;
  to: number;
  columns: number;
}

/**
 * The lanes of a stretch, from the buckets.
 * @param running milliseconds in each bucket of tasks that have not ended, by worker.
 */
export function lanesView(
  collector: Collector,
  stretch: Stretch,
  running: ReadonlyMap<number, Float64Array> = new Map(),
): TimelineLane[] {
  // A worker that runs its first task was not measured yet.
  for (const worker of running.keys()) collector.lane(worker);
  return collector.lanes.map((lane) => laneView(collector, lane, stretch, running.get(lane.worker)));
}

/** Attempts that began in a stretch, about: of a bucket that it cuts, its share. */
export function attemptsIn(
  { attempts, buckets, length }: Collector,
  { from, to }: Pick<Stretch, 'from' | 'to'>,
): number {
  const { width, capacity } = buckets;
  let count = 0;
  const last = Math.min(capacity - 1, Math.floor(to / width));
  for (let bucket = Math.floor(from / width); bucket <= last; bucket++) {
    const start = bucket * width;
    const end = Math.max(start + 1e-6, Math.min(start + width, length));
    const share = (Math.min(to, end) - Math.max(from, start)) / (end - start);
    count += attempts.values[bucket]! * Math.max(0, Math.min(1, share));
  }
  return count;
}

/** The least and the greatest index of tasks that ran in a stretch; null where none did. */
export function indicesIn(
  { indices, buckets }: Collector,
  from: number,
  to: number,
): { least: number; most: number } | null {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  const last = Math.min(buckets.capacity - 1, Math.floor(to / buckets.width));
  for (let bucket = Math.max(0, Math.floor(from / buckets.width)); bucket <= last; bucket++) {
    least = Math.min(least, indices.least.values[bucket]!);
    most = Math.max(most, indices.most.values[bucket]!);
  }
  return Number.isFinite(least) ? { least, most } : null;
}

function laneView(
  { buckets, length }: Collector,
  lane: Lane,
  { from, to, columns }: Stretch,
  running: Float64Array | undefined,
): TimelineLane {
  const { width, capacity } = buckets;
  const perColumn = (to - from) / columns;
  const first = Math.floor(from / width);
  const last = Math.min(capacity - 1, Math.floor(Math.max(from, Math.min(to, length) - 1e-6) / width));
  const shares: Float64Array[] = [];
  const kinds = [...laneKinds.keys()].filter((kind) => (kind === runningKind ? running : lane.busy[kind]));
  for (const kind of kinds) shares[kind] = new Float64Array(columns);
  let busy = 0;
  for (let bucket = first; bucket <= last; bucket++) {
    const start = bucket * width;
    // The last bucket is as long as time has come.
    const end = Math.max(start + 1e-6, Math.min(start + width, length));
    let ms = running?.[bucket] ?? 0;
    for (const column of lane.busy) ms += column?.values[bucket] ?? 0;
    if (ms === 0) continue;
    const scale = Math.min(1, (end - start) / ms);
    const here = Math.min(to, end) - Math.max(from, start);
    busy += (ms * scale * here) / (end - start);
    const firstColumn = Math.max(0, Math.floor((start - from) / perColumn));
    const lastColumn = Math.min(columns - 1, Math.floor((end - from) / perColumn));
    for (const kind of kinds) {
      const value = kind === runningKind ? running![bucket]! : lane.busy[kind]!.values[bucket]!;
      if (value === 0) continue;
      const share = (value * scale) / (end - start);
      for (let column = firstColumn; column <= lastColumn; column++) {
        const overlap =
          Math.min(end, from + (column + 1) * perColumn) - Math.max(start, from + column * perColumn);
        if (overlap > 0) shares[kind]![column]! += (share * overlap) / perColumn;
      }
    }
  }
  const counts = Object.fromEntries(laneMarks.map((mark) => [mark, 0])) as Record<LaneMark, number>;
  const marks: TimelineLane['marks'] = {};
  for (const [code, name] of laneMarks.entries()) {
    const column = lane.marks[code];
    if (!column) continue;
    const found = new Uint8Array(columns);
    for (let bucket = first; bucket <= last; bucket++) {
      const count = column.values[bucket]!;
      if (count === 0) continue;
      counts[name] += count;
      // In the middle of its bucket: where in it is not known.
      const at = Math.max(0, Math.min(columns - 1, Math.floor(((bucket + 0.5) * width - from) / perColumn)));
      found[at] = Math.min(255, found[at]! + count);
    }
    if (counts[name] > 0) marks[name] = base64(found);
  }
  return {
    worker: lane.worker,
    shares: Object.fromEntries(
      kinds.flatMap((kind): [LaneKind, string][] => {
        const bytes = Uint8Array.from(shares[kind]!, toByte);
        return bytes.some((byte) => byte > 0) ? [[laneKinds[kind]!, base64(bytes)]] : [];
      }),
    ),
    marks,
    busy: to > from ? Math.min(1, busy / (Math.min(to, Math.max(length, from + 1e-6)) - from)) : 0,
    counts,
  };
}

/** What is there is never rounded to nothing. */
const toByte = (share: number): number =>
  share <= 0 ? 0 : Math.max(1, Math.min(255, Math.round(share * 255)));

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
