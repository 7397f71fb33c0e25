/** Clocks are read one after the other: a task that seems to begin this little before the last end follows it. */
const toleranceMs = 0.005;

interface Track {
  /** Ascending; one beside the other, and none overlaps another. */
  starts: number[];
  ends: number[];
}

/**
 * Finds for each attempt of a worker a track on which it overlaps no other: readers of traces want slices of one
 * thread to lie in each other or beside each other. A worker that runs one task at a time has one track.
 */
export class Tracks {
  readonly #workers = new Map<number, Track[]>();

  /** Milliseconds. The start may be moved by as much as clocks may differ. */
  place(
    worker: number,
    start: number,
    ms: number,
  ): { track: number; from: number; to: number; isNew: boolean } {
    const tracks = this.#workers.get(worker) ?? [];
    this.#workers.set(worker, tracks);
    const wanted = Math.max(0, start);
    const to = wanted + Math.max(0, ms);
    for (const [number, track] of tracks.entries()) {
      const at = firstAfter(track.starts, wanted);
      const before = at === 0 ? Number.NEGATIVE_INFINITY : track.ends[at - 1]!;
      const next = track.starts[at] ?? Number.POSITIVE_INFINITY;
      if (before > wanted + toleranceMs || to > next + toleranceMs) continue;
      const from = Math.min(to, Math.max(wanted, before));
      const end = Math.max(from, Math.min(to, next));
      track.starts.splice(at, 0, from);
      track.ends.splice(at, 0, end);
      return { track: number, from, to: end, isNew: false };
    }
    tracks.push({ starts: [wanted], ends: [to] });
    return { track: tracks.length - 1, from: wanted, to, isNew: true };
  }
}

/** The place of the first of ascending numbers that is greater. Most are put at the end. */
function firstAfter(numbers: number[], value: number): number {
  if (numbers.length === 0 || numbers[numbers.length - 1]! <= value) return numbers.length;
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
