import type { ChartsView, Series, WorkerSeries } from '../../shared/contract/stats.ts';
import type { Collector } from './collector.ts';
import { efficiencyOf } from './efficiency.ts';
import { bins, percentiles } from './histogram.ts';
import type { Lane } from './lane.ts';

/** Points of a chart, at most; more would lie closer than a pixel or two. */
const mostPoints = 256;
/** A point stands for this long, at least: throughput over less is noise. */
const leastStepMs = 100;
/** Workers with lines of their own, at most. */
const mostWorkers = 32;

const shares = [0.5, 0.95, 0.99];

/** @param running milliseconds in each bucket of tasks that have not ended, by worker. */
export function chartsView(
  collector: Collector,
  live: boolean,
  running: ReadonlyMap<number, Float64Array> = new Map(),
): ChartsView {
  const { charts, length, lanes, time, ended, failedTasks, own } = collector;
  // As many buckets to a point as it takes: a power of two, so that points stay where they are while time goes on.
  let group = 1;
  while (charts.usedBy(length) / group > mostPoints || charts.width * group < leastStepMs) group *= 2;
  const step = charts.width * group;
  // A last point of little time would be noise: it is part of the one before, or, while time goes on, not there yet.
  const whole = Math.floor(length / step);
  const rest = length - whole * step;
  const points = whole === 0 ? Math.ceil(length / step) : whole + (!live && rest > step / 2 ? 1 : 0);
  /** The buckets of a point, and how long they are. */
  const bucketsOf = (point: number) => {
    const isLast = point === points - 1 && !live;
    return [point * group, isLast ? charts.capacity : (point + 1) * group] as const;
  };
  const seconds = (point: number) =>
    Math.max(
      1,
      Math.min(point === points - 1 && !live ? length : (point + 1) * step, length) - point * step,
    ) / 1000;
  const sum = (values: ArrayLike<number>, point: number) => {
    let total = 0;
    const [first, end] = bucketsOf(point);
    for (let i = first; i < end && i < charts.capacity; i++) total += values[i]!;
    return total;
  };
  const each = <T>(make: (point: number) => T) => Array.from({ length: points }, (_, point) => make(point));
  const durations = each((point) => {
    const [first, end] = bucketsOf(point);
    const counts = grouped(
      collector.durations.values,
      first,
      Math.min(end, charts.usedBy(length) + 1),
      charts.capacity,
    );
    return percentiles(counts, 0, shares);
  });
  const shown = lanes.slice(0, mostWorkers);
  const cpu = (lane: Lane) => each((point) => mean(lane, point));
  const memory = (lane: Lane) => each((point) => most(lane, point));
  const ofLanes = lanes.map(
    (lane): WorkerSeries => ({ worker: lane.worker, cpu: cpu(lane), memory: memory(lane) }),
  );
  const ofOwn = { cpu: cpu(own), memory: memory(own) };
  return {
    length,
    live,
    runs: time.runs,
    at: each((point) => Math.min(length, (point + 0.5) * step)),
    step,
    ended: each((point) => rounded(sum(ended.values, point) / seconds(point))),
    failed: each((point) => rounded(sum(failedTasks.values, point) / seconds(point))),
    p50: durations.map((found) => found && rounded(found[0]!)),
    p95: durations.map((found) => found && rounded(found[1]!)),
    p99: durations.map((found) => found && rounded(found[2]!)),
    workers: ofLanes.slice(0, shown.length),
    workersLeftOut: lanes.length - shown.length,
    own: ofOwn,
    whole: {
      cpu: each((point) => total([ofOwn.cpu, ...ofLanes.map((lane) => lane.cpu)], point)),
      memory: each((point) => total([ofOwn.memory, ...ofLanes.map((lane) => lane.memory)], point)),
    },
    durations: overall(collector),
    efficiency: efficiencyOf(collector, running),
  };

  function mean({ cpu: sums, samples }: Lane, point: number): number | null {
    const count = samples ? sum(samples.values, point) : 0;
    return count > 0 && sums ? rounded(sum(sums.values, point) / count) : null;
  }
  function most({ memory: values }: Lane, point: number): number | null {
    let found = 0;
    const [first, end] = bucketsOf(point);
    for (let i = first; values && i < end && i < charts.capacity; i++) {
      found = Math.max(found, values.values[i]!);
    }
    return found > 0 ? Math.round(found) : null;
  }
}

/** Counts of the bins over several buckets. */
function grouped(values: Uint32Array, first: number, end: number, capacity: number): Float64Array {
  const counts = new Float64Array(bins);
  for (let bucket = first; bucket < end && bucket < capacity; bucket++) {
    for (let bin = 0; bin < bins; bin++) counts[bin]! += values[bucket * bins + bin]!;
  }
  return counts;
}

function overall({ durations, charts, length }: Collector): ChartsView['durations'] {
  const used = Math.min(charts.capacity, charts.usedBy(length) + 1);
  const counts = grouped(durations.values, 0, used, charts.capacity);
  const found = percentiles(counts, 0, shares);
  if (!found) return null;
  const [p50, p95, p99] = found as [number, number, number];
  return { count: counts.reduce((all, count) => all + count, 0), p50, p95, p99 };
}

/** The sum of those that are known at a point; null where none is. */
function total(all: Series[], point: number): number | null {
  let found: number | null = null;
  for (const series of all) {
    const value = series[point];
    if (value != null) found = (found ?? 0) + value;
  }
  return found === null ? null : rounded(found);
}

/** To six digits, which is more than was measured, and short as text. */
const rounded = (value: number): number => Number(value.toPrecision(6));
