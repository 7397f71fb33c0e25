/**
 * Durations in bins that grow with them: eight for each doubling, so that a percentile read from them is right
 * to a few percent, whether tasks take microseconds or hours.
 */
const binsPerDoubling = 8;
/** The exponents of the first and the last bin: a microsecond, and 24 days. */
const leastExponent = -10;
const mostExponent = 31;
export const bins = (mostExponent - leastExponent) * binsPerDoubling;

// A float's bits are its exponent and then its mantissa: the upper ones are a logarithm that costs nothing.
const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);
const shift = 23 - Math.log2(binsPerDoubling);
const offset = (127 + leastExponent) * binsPerDoubling;

/** The bin of a duration, milliseconds. */
export function binOf(ms: number): number {
  float[0] = ms;
  const bin = (bits[0]! >>> shift) - offset;
  return bin < 0 ? 0 : bin >= bins ? bins - 1 : bin;
}

/** Where a bin begins, milliseconds. */
function startOf(bin: number): number {
  const exponent = Math.floor(bin / binsPerDoubling);
  return 2 ** (exponent + leastExponent) * (1 + (bin % binsPerDoubling) / binsPerDoubling);
}

/**
 * Percentiles of the durations counted in `counts`, milliseconds; null where there are none.
 * @param from the first bin's place in `counts`.
 * @param shares 0 to 1, ascending.
 */
export function percentiles(
  counts: ArrayLike<number>,
  from: number,
  shares: readonly number[],
): number[] | null {
  let total = 0;
  for (let bin = 0; bin < bins; bin++) total += counts[from + bin]!;
  if (total === 0) return null;
  const found: number[] = [];
  let before = 0;
  for (let bin = 0; bin < bins && found.length < shares.length; bin++) {
    const count = counts[from + bin]!;
    while (found.length < shares.length && before + count >= shares[found.length]! * total) {
      if (count === 0) break;
      const within = (shares[found.length]! * total - before) / count;
      const start = startOf(bin);
      found.push(start + (startOf(bin + 1) - start) * Math.max(0, within));
    }
    before += count;
  }
  return found;
}
