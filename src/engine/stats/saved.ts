import { z } from 'zod';
import { laneKinds, laneMarks } from '../../shared/contract/stats.ts';
import type { Buckets, Column } from './buckets.ts';
import { Collector } from './collector.ts';
import type { Lane } from './lane.ts';
import { RunTime } from './run-time.ts';

/** The version of what is saved; one of another version is not read. */
const version = 1;

const savedSchema = z.object({
  version: z.literal(version),
  length: z.number(),
  runs: z.array(z.object({ at: z.number(), startedAt: z.number() })),
  width: z.number(),
  chartWidth: z.number(),
  /** Columns by name, as Base64 of their numbers; one without anything in it is not there. */
  columns: z.record(z.string(), z.string()),
  /** Of the histograms, the places of what is not 0, each as its distance from the one before, and their counts. */
  durations: z.array(z.number()),
  lanes: z.array(z.object({ worker: z.number(), columns: z.record(z.string(), z.string()) })),
  own: z.record(z.string(), z.string()),
});

/** What a collector knows, as a JSON text. */
export function save(collector: Collector): string {
  const { length, time, buckets, charts } = collector;
  const places = new Map<Buckets, number>([
    [buckets, Math.min(buckets.capacity, buckets.usedBy(length) + 1)],
    [charts, Math.min(charts.capacity, charts.usedBy(length) + 1)],
  ]);
  const pack = (named: Named[]) =>
    Object.fromEntries(
      named.flatMap(({ name, of, column }) => {
        const text = column && packed(column, places.get(of)!);
        return text ? [[name, text]] : [];
      }),
    );
  const saved: z.infer<typeof savedSchema> = {
    version,
    length,
    runs: time.runs,
    width: buckets.width,
    chartWidth: charts.width,
    columns: pack(columnsOf(collector)),
    durations: packedCounts(collector.durations.values),
    lanes: collector.lanes.map((lane) => ({
      worker: lane.worker,
      columns: pack(laneColumns(lane, buckets, charts)),
    })),
    own: pack(laneColumns(collector.own, buckets, charts)),
  };
  return JSON.stringify(saved);
}

/** The collector that goes on with what was saved; null where that cannot be read. */
export function restore(text: string): Collector | null {
  let saved: z.infer<typeof savedSchema>;
  try {
    saved = savedSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
  const collector = new Collector(new RunTime(saved.runs));
  collector.length = saved.length;
  collector.buckets.width = saved.width;
  collector.charts.width = saved.chartWidth;
  for (const { name, column } of columnsOf(collector)) unpack(column!, saved.columns[name]);
  for (const { worker, columns } of saved.lanes) restoreLane(collector.lane(worker), columns);
  restoreLane(collector.own, saved.own);
  let place = 0;
  const { values } = collector.durations;
  for (let i = 0; i + 1 < saved.durations.length; i += 2) {
    place += saved.durations[i]!;
    if (place < values.length) values[place] = saved.durations[i + 1]!;
  }
  return collector;
}

interface Named {
  name: string;
  of: Buckets;
  column: Column | undefined;
}

function columnsOf(collector: Collector): Named[] {
  const { buckets, charts } = collector;
  const ofTime = ['capacity', 'startup', 'held', 'input', 'end', 'attempts'] as const;
  const ofCharts = ['ended', 'failedTasks'] as const;
  return [
    ...ofTime.map((name) => ({ name, of: buckets, column: collector[name] })),
    { name: 'least', of: buckets, column: collector.indices.least },
    { name: 'most', of: buckets, column: collector.indices.most },
    ...ofCharts.map((name) => ({ name, of: charts, column: collector[name] })),
  ];
}

function laneColumns(lane: Lane, buckets: Buckets, charts: Buckets): Named[] {
  return [
    ...laneKinds.map((name, kind) => ({ name, of: buckets, column: lane.busy[kind] })),
    ...laneMarks.map((name, mark) => ({ name, of: buckets, column: lane.marks[mark] })),
    { name: 'cpu', of: charts, column: lane.cpu },
    { name: 'samples', of: charts, column: lane.samples },
    { name: 'memory', of: charts, column: lane.memory },
  ];
}

function restoreLane(lane: Lane, columns: Record<string, string>): void {
  for (const [kind, name] of laneKinds.entries()) if (columns[name]) unpack(lane.busyOf(kind), columns[name]);
  for (const name of laneMarks) if (columns[name]) unpack(lane.marksOf(name), columns[name]);
  if (!columns.memory && !columns.cpu) return;
  const { cpuSums, samples, most } = lane.sampled();
  unpack(cpuSums, columns.cpu);
  unpack(samples, columns.samples);
  unpack(most, columns.memory);
}

function packed({ values, fold }: Column, count: number): string | null {
  const nothing = fold === 'min' ? Number.POSITIVE_INFINITY : 0;
  let used = count;
  while (used > 0 && values[used - 1] === nothing) used -= 1;
  if (used === 0) return null;
  return Buffer.from(values.buffer, values.byteOffset, used * values.BYTES_PER_ELEMENT).toString('base64');
}

function unpack({ values }: Column, text: string | undefined): void {
  if (text === undefined) return;
  const from = Buffer.from(text, 'base64');
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  bytes.set(from.subarray(0, bytes.length));
}

function packedCounts(values: Uint32Array): number[] {
  const pairs: number[] = [];
  let last = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue;
    pairs.push(i - last, values[i]!);
    last = i;
  }
  return pairs;
}
