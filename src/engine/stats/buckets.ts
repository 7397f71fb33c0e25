/** How the values of two buckets become that of one. */
type Fold = 'sum' | 'max' | 'min';

type Values = Float32Array | Float64Array | Uint32Array;

/** What is measured in each bucket of time: one number, or `stride` of them. */
export interface Column<V extends Values = Values> {
  readonly values: V;
  readonly stride: number;
  readonly fold: Fold;
}

const initial: Record<Fold, number> = { sum: 0, max: 0, min: Number.POSITIVE_INFINITY };

/**
 * A bounded number of buckets of time, however long a batch runs: when time has gone past the last one, two
 * become one, and each is twice as wide.
 */
export class Buckets {
  readonly capacity: number;
  /** Of each bucket, milliseconds. */
  width: number;
  readonly #columns = new Set<Column>();
  /** Called before two become one. */
  onFold = () => {};

  constructor(capacity: number, width: number) {
    this.capacity = capacity;
    this.width = width;
  }

  sums(): Column<Float32Array> {
    return this.#add({ values: new Float32Array(this.capacity), stride: 1, fold: 'sum' });
  }

  most(): Column<Float32Array> {
    return this.#add({ values: new Float32Array(this.capacity), stride: 1, fold: 'max' });
  }

  /** The least and the most of exact numbers; `Infinity` and 0 where there are none. */
  range(): { least: Column<Float64Array>; most: Column<Float64Array> } {
    const least = {
      values: new Float64Array(this.capacity).fill(initial.min),
      stride: 1,
      fold: 'min',
    } as const;
    return {
      least: this.#add(least),
      most: this.#add({ values: new Float64Array(this.capacity), stride: 1, fold: 'max' }),
    };
  }

  counts(stride: number): Column<Uint32Array> {
    return this.#add({ values: new Uint32Array(this.capacity * stride), stride, fold: 'sum' });
  }

  /** Makes room up to a moment, milliseconds. */
  reach(ms: number): void {
    while (ms >= this.width * this.capacity) {
      this.onFold();
      for (const column of this.#columns) foldColumn(column, this.capacity);
      this.width *= 2;
    }
  }

  /** Buckets that begin before a moment. */
  usedBy(ms: number): number {
    return Math.min(this.capacity, Math.ceil(ms / this.width));
  }

  /** Adds to the buckets of a stretch, `weight` for each millisecond. There must be room for it. */
  spread({ values }: Column, from: number, to: number, weight = 1): void {
    const { width } = this;
    const last = Math.min(this.capacity - 1, Math.floor(to / width));
    for (let bucket = Math.floor(from / width); bucket <= last; bucket++) {
      const ms = Math.min(to, (bucket + 1) * width) - Math.max(from, bucket * width);
      if (ms > 0) values[bucket]! += ms * weight;
    }
  }

  #add<V extends Values>(column: Column<V>): Column<V> {
    this.#columns.add(column);
    return column;
  }
}

function foldColumn({ values, stride, fold }: Column, capacity: number): void {
  const half = capacity / 2;
  for (let bucket = 0; bucket < half; bucket++) {
    for (let part = 0; part < stride; part++) {
      const a = values[2 * bucket * stride + part]!;
      const b = values[(2 * bucket + 1) * stride + part]!;
      values[bucket * stride + part] =
        fold === 'sum' ? a + b : fold === 'max' ? Math.max(a, b) : Math.min(a, b);
    }
  }
  values.fill(initial[fold], half * stride);
}
