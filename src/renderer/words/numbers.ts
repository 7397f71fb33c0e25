import * as format from '../../shared/format.ts';
import { languageNow, perLanguage, t } from './t.ts';

/** Numbers and times as the window writes them: `src/shared/format.ts` in the language of the catalogue. */
export const count = (value: number): string => format.formatCount(value, languageNow());
export const duration = (ms: number): string => format.formatDuration(Math.max(0, ms), languageNow());
/** A duration that goes on, in whole seconds, so that it ticks and does not flicker: `0:41`, `1 h 12 min`. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds >= 3600) return duration(ms);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
export const bytes = (value: number): string => format.formatBytes(value, languageNow());
export const rate = (perSecond: number): string => format.formatRate(perSecond, languageNow());

const percents = perLanguage(
  (tag) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 }),
);
/** A share of 0 to 1 as a whole percent, rounded down: 100% is said only when it is so. */
export const percent = (share: number): string => percents().format(Math.floor(share * 100 + 1e-9) / 100);

const relative = perLanguage((tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'long' }));
const absolute = perLanguage(
  (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium' }),
);
const clock = perLanguage((tag) => new Intl.DateTimeFormat(tag, { timeStyle: 'short' }));
const day = perLanguage((tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium' }));

/** A moment in full, for what the pointer rests on. */
export const moment = (at: number): string => absolute().format(at);

/** A moment, relative where it is fresh: `just now`, `4 minutes ago`, `14:05`, `3 Nov 2026`. */
export function ago(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return t('time.now');
  if (minutes < 60) return relative().format(-minutes, 'minute');
  if (new Date(at).toDateString() === new Date(now).toDateString()) return clock().format(at);
  return day().format(at);
}
