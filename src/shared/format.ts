/**
 * Numbers and times as people read them; shared by the window and the command line so that both say the same.
 * `locale` is a BCP 47 tag; the system's where absent.
 */

/** Formatters are dear to make, and wanted many times a second. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(locale: string | undefined, digits: number, unit?: string): Intl.NumberFormat {
  const key = `${locale} ${digits} ${unit}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      ...(unit === undefined ? {} : { style: 'unit', unit, unitDisplay: 'short' }),
    });
    formatters.set(key, formatter);
  }
  return formatter;
}

/** The signs of the units of time, where the words around them are English. */
const signs = { millisecond: 'ms', second: 's', minute: 'min', hour: 'h' };

function withUnit(value: number, digits: number, unit: keyof typeof signs, locale?: string): string {
  if (isEnglish(locale)) return `${formatterOf(locale, digits).format(value)} ${signs[unit]}`;
  return formatterOf(locale, digits, unit).format(value);
}

/** The command line gives no locale, and speaks English with the separators of the system. */
const isEnglish = (locale?: string): boolean => locale === undefined || /^en\b/.test(locale);

/** Seconds with so many digits after their point: `12.35 s`. */
export const formatSeconds = (seconds: number, digits: number, locale?: string): string =>
  withUnit(seconds, digits, 'second', locale);

/** A duration: `0.4 ms`, `31 ms`, `2.4 s`, `3:07`, `1 h 12 min`; the units are those of the language. */
export function formatDuration(ms: number, locale?: string): string {
  if (ms < 1) return withUnit(ms, 2, 'millisecond', locale);
  if (ms < 10) return withUnit(ms, 1, 'millisecond', locale);
  if (ms < 999.5) return withUnit(ms, 0, 'millisecond', locale);
  if (ms < 59_950) return withUnit(ms / 1000, 1, 'second', locale);
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const minutes = Math.round(seconds / 60);
  const hours = withUnit(Math.floor(minutes / 60), 0, 'hour', locale);
  return `${hours}${isEnglish(locale) ? ' ' : ''}${withUnit(minutes % 60, 0, 'minute', locale)}`;
}

/** A count with the language's separators: `7,312`. */
export function formatCount(count: number, locale?: string): string {
  return formatterOf(locale, 0).format(count);
}

/** Bytes in decimal units, as file managers show them: `512 B`, `4.1 MB`. */
export function formatBytes(bytes: number, locale?: string): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${formatterOf(locale, digits).format(value)} ${units[unit]}`;
}

/** Tasks per second: `0.4 /s`, `184 /s`, `1,240 /s`. */
export function formatRate(perSecond: number, locale?: string): string {
  return `${formatterOf(locale, perSecond < 10 ? 1 : 0).format(perSecond)} ${locale?.startsWith('zh') ? '/秒' : '/s'}`;
}
