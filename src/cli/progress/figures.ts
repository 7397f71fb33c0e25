import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { formatCount, formatDuration, formatRate } from '../../shared/format.ts';

/** A batch's progress in numbers, from which every kind of progress line is made. */
export interface Figures {
  done: number;
  total: number;
  /** False while inputs are still being enumerated: `total` grows. */
  enumerated: boolean;
  failed: number;
  /** Tasks that wait for the time of their next attempt. */
  retrying: number;
  /** By the user, or by what its notice says. */
  paused: boolean;
  elapsedMs: number;
  /** 0 to 1; null while the total is not known. */
  fraction: number | null;
  rate: number | null;
  eta: BatchSummary['eta'];
}

/** @param now milliseconds since the epoch. */
export function figuresOf(summary: BatchSummary, now: number): Figures {
  const { succeeded, failed, canceled, skipped } = summary.counts;
  const done = succeeded + failed + canceled + skipped;
  const { total, enumerated, rate, eta } = summary;
  return {
    done,
    total,
    enumerated,
    failed,
    retrying: summary.retrying,
    paused: isPaused(summary),
    elapsedMs: Math.max(0, (summary.endedAt ?? now) - (summary.startedAt ?? summary.createdAt)),
    fraction: enumerated ? (total === 0 ? 1 : done / total) : null,
    rate,
    eta,
  };
}

const isPaused = ({ state, notice }: BatchSummary): boolean =>
  state === 'paused' || (notice !== null && !hasEnded(state));

/** `3 waiting for a retry` */
export const retryingText = (retrying: number, locale?: string): string =>
  `${formatCount(retrying, locale)} waiting for a retry`;

/** Time on a running clock: `0:07`, `3:07`, and from an hour on `1 h 12 min`. */
export function clock(ms: number, locale?: string): string {
  if (ms >= 3_600_000) return formatDuration(ms, locale);
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The time left as an honest range: `0:13 to 0:17 left`; one time where both read the same. */
export function etaText(eta: { lowMs: number; highMs: number }, locale?: string): string {
  const low = clock(eta.lowMs, locale);
  const high = clock(eta.highMs, locale);
  return low === high ? `${high} left` : `${low} to ${high} left`;
}

/** Cut down, never up: 100% is said when all is done and not before. */
export const percentText = (fraction: number): string => `${Math.floor(fraction * 100)}%`;

/** `7,312 of 10,000`; `7,312 of 9,480 or more` while inputs are being enumerated. */
export function countText({ done, total, enumerated }: Figures, locale?: string): string {
  return `${formatCount(done, locale)} of ${formatCount(total, locale)}${enumerated ? '' : ' or more'}`;
}

export const rateText = (rate: number, locale?: string): string => formatRate(rate, locale);
