/** A stretch of a batch's run time, milliseconds. */
export interface Range {
  from: number;
  to: number;
}

/**
 * What the timeline shows. `whole`: everything, as it grows. `follow`: the last `span` milliseconds, as time goes
 * on. `fixed`: a stretch that stays.
 */
export type Shown = { kind: 'whole' } | { kind: 'follow'; span: number } | ({ kind: 'fixed' } & Range);

/** Less than this is not shown at once, milliseconds: a microsecond a pixel is finer than any clock. */
const leastSpanMs = 1;

/** A batch shorter than this is drawn as if it were as long, so that its first moments do not race. */
const leastWholeMs = 1000;

/** @param length the run time so far. @param live it grows. */
export function rangeOf(shown: Shown, length: number, live: boolean): Range {
  const end = live ? Math.max(leastWholeMs, length) : Math.max(leastSpanMs, length);
  if (shown.kind === 'whole') return { from: 0, to: end };
  if (shown.kind === 'follow') return { from: Math.max(0, end - shown.span), to: Math.max(end, shown.span) };
  return shown;
}

/** Shows `factor` times less (or, under 1, more), while the moment under the pointer stays where it is. */
export function zoom(shown: Shown, length: number, live: boolean, factor: number, at?: number): Shown {
  const { from, to } = rangeOf(shown, length, live);
  const span = Math.max(leastSpanMs, (to - from) / factor);
  if (span >= Math.max(length, leastSpanMs)) return { kind: 'whole' };
  // What follows the end keeps the end.
  if (shown.kind === 'follow') return { kind: 'follow', span };
  const middle = at ?? (live && shown.kind === 'whole' ? to : (from + to) / 2);
  if (live && shown.kind === 'whole' && at === undefined) return { kind: 'follow', span };
  return fixed(middle - ((middle - from) / (to - from)) * span, span, length);
}

/** Moves by a share of what is shown. */
export function pan(shown: Shown, length: number, live: boolean, share: number): Shown {
  const { from, to } = rangeOf(shown, length, live);
  if (shown.kind === 'whole') return shown;
  const span = to - from;
  return fixed(from + share * span, span, length);
}

/** Goes on with the end of a batch that runs, or stays where it is. */
export function setFollow(shown: Shown, length: number, live: boolean, follow: boolean): Shown {
  const { from, to } = rangeOf(shown, length, live);
  if (follow)
    return shown.kind === 'whole'
      ? { kind: 'follow', span: Math.min(to - from, 60_000) }
      : { kind: 'follow', span: to - from };
  return { kind: 'fixed', from, to };
}

/** Moves just as far as it takes to see a stretch. */
export function reveal(shown: Shown, length: number, live: boolean, seen: Range): Shown {
  const { from, to } = rangeOf(shown, length, live);
  if (seen.from >= from && seen.to <= to) return shown;
  const span = to - from;
  return fixed((seen.from + seen.to) / 2 - span / 2, span, length);
}

function fixed(from: number, span: number, length: number): Shown {
  const start = Math.max(0, Math.min(from, length - span));
  return { kind: 'fixed', from: start, to: start + span };
}
