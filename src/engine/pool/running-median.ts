/** Two neighbouring buckets differ by about 2 %. */
const bucketsPerDoubling = 32;
/** From a microsecond to a month. */
const smallestMs = 0.001;
const buckets = 42 * bucketsPerDoubling;

/**
 * The median of durations as they come, to within 2 %: counted in buckets of growing width, so that a million
 * of them take as much memory as ten.
 */
export class RunningMedian {
  readonly #counts = new Uint32Array(buckets);
  #total = 0;

  /** @param ms a duration, milliseconds. */
  add(ms: number): void {
    this.#counts[bucketOf(ms)]! += 1;
    this.#total += 1;
  }

  get count(): number {
    return this.#total;
  }

  /** Milliseconds; null before the first. */
  get value(): number | null {
    let left = this.#total / 2;
    if (left === 0) return null;
    for (let bucket = 0; bucket < buckets; bucket++) {
      left -= this.#counts[bucket]!;
      if (left <= 0) return smallestMs * 2 ** ((bucket + 0.5) / bucketsPerDoubling);
    }
    return null;
  }
}

function bucketOf(ms: number): number {
  const position = Math.log2(Math.max(ms, smallestMs) / smallestMs) * bucketsPerDoubling;
  return Math.min(buckets - 1, Math.floor(position));
}
