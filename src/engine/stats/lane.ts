import { type LaneKind, type LaneMark, laneKinds, laneMarks } from '../../shared/contract/stats.ts';
import type { Buckets, Column } from './buckets.ts';

/** Kinds that are measured; what runs is known to the pool alone. */
export const measuredKinds = laneKinds.filter((kind) => kind !== 'running') as Exclude<LaneKind, 'running'>[];

/** What was measured of one worker. Columns are made when there is something to put into them. */
export class Lane {
  readonly worker: number;
  /** Milliseconds of tasks in each bucket, by code of `laneKinds`. */
  readonly busy: (Column<Float32Array> | undefined)[] = [];
  readonly marks: (Column<Float32Array> | undefined)[] = [];
  /** Sums over the samples in each bucket of the charts, and their number. */
  cpu: Column<Float32Array> | undefined;
  samples: Column<Float32Array> | undefined;
  memory: Column<Float32Array> | undefined;
  /** Deaths of the worker that were told of so far in this run. */
  deaths = 0;
  /** When it was last replaced without a death that was told of, milliseconds of the run. */
  recycledAt: number | null = null;
  readonly #buckets: Buckets;
  readonly #charts: Buckets;

  constructor(worker: number, buckets: Buckets, charts: Buckets) {
    this.worker = worker;
    this.#buckets = buckets;
    this.#charts = charts;
  }

  busyOf(kind: number): Column<Float32Array> {
    const known = this.busy[kind];
    if (known) return known;
    const column = this.#buckets.sums();
    this.busy[kind] = column;
    return column;
  }

  mark(mark: LaneMark, bucket: number, count = 1): void {
    this.marksOf(mark).values[bucket]! += count;
  }

  marksOf(mark: LaneMark): Column<Float32Array> {
    const code = laneMarks.indexOf(mark);
    const column = this.marks[code] ?? this.#buckets.sums();
    this.marks[code] = column;
    return column;
  }

  /** @param cpu cores, null where unknown. @param memory bytes. */
  sample(bucket: number, cpu: number | null, memory: number | null): void {
    const { cpuSums, samples, most } = this.sampled();
    if (cpu !== null) {
      cpuSums.values[bucket]! += cpu;
      samples.values[bucket]! += 1;
    }
    if (memory !== null) most.values[bucket] = Math.max(most.values[bucket]!, memory);
  }

  sampled() {
    this.cpu ??= this.#charts.sums();
    this.samples ??= this.#charts.sums();
    this.memory ??= this.#charts.most();
    return { cpuSums: this.cpu, samples: this.samples, most: this.memory };
  }

  /** Time in a bucket that tasks used; several at once in one worker count once. */
  busyIn(bucket: number, width: number): number {
    let ms = 0;
    for (const column of this.busy) ms += column?.values[bucket] ?? 0;
    return Math.min(ms, width);
  }

  /** Takes back what was counted more than once, before buckets become wider. */
  settle(width: number, buckets: number): void {
    for (let bucket = 0; bucket < buckets; bucket++) {
      let ms = 0;
      for (const column of this.busy) ms += column?.values[bucket] ?? 0;
      if (ms <= width) continue;
      for (const column of this.busy) if (column) column.values[bucket]! *= width / ms;
    }
  }
}
