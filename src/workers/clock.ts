/**
 * Time since the epoch for readings of `performance.now()`, whose own `timeOrigin` is that of the start of the
 * process for ever: after the machine's clock was set, or the machine has slept, it is off by that much.
 */
let { timeOrigin } = performance;

/** Closer than this the two clocks always are: the other one counts whole milliseconds. */
const toleranceMs = 20;

/** Looks at the machine's clock, and follows it where it has moved. Cheap: once per chunk, or second. */
export function followClock(): void {
  const before = performance.now();
  const origin = Date.now() - before;
  if (Math.abs(origin - timeOrigin) < toleranceMs) return;
  // Between the two readings this process may have waited for its turn.
  if (performance.now() - before < toleranceMs / 2) timeOrigin = origin;
}

/** Milliseconds since the epoch at a reading of `performance.now()`. */
export function sinceEpoch(reading: number): number {
  return timeOrigin + reading;
}
