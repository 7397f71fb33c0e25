/**
 * Numbers and times as people read them; shared by the window and the command line so that both say the same.
 * `locale` is a BCP 47 tag; the system's where absent.
 */

/** A duration: `0.4 ms`, `31 ms`, `2.4 s`, `3:07`, `1 h 12 min`. */
export function formatDuration(ms: number, locale?: string): string {
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
      value,
    );
  if (ms < 1) return `${number(ms, 2)} ms`;
  if (ms < 10) return `${number(ms, 1)} ms`;
  if (ms < 999.5) return `${number(ms, 0)} ms`;
  if (ms < 59_950) return `${number(ms / 1000, 1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const minutes = Math.round(seconds / 60);
  return `${number(Math.floor(minutes / 60), 0)} h ${minutes % 60} min`;
}

/** A count with the language's separators: `7,312`. */
export function formatCount(count: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(count);
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
  return `${new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)} ${units[unit]}`;
}

/** Tasks per second: `0.4 /s`, `184 /s`, `1,240 /s`. */
export function formatRate(perSecond: number, locale?: string): string {
  const digits = perSecond < 10 ? 1 : 0;
  return `${new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(perSecond)} /s`;
}
