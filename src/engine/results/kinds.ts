import type { ColumnType } from '../../shared/contract/results.ts';

const link = /^https?:\/\/\S+$/i;
// A drive, a share of a server, or the root.
const path = /^(?:[a-z]:[\\/]|\\\\[^\\]|\/)[^\n\r\0]*[^\s/\\]$/i;
const image = /\.(?:png|jpe?g|gif|webp|avif|bmp)$/i;
const time = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** What a JSON value is, as far as it alone tells; null for null and the empty text, which tell nothing. */
export function kindOf(value: unknown): ColumnType | null {
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      return value === '' ? null : kindOfText(value);
    default:
      return value === null || value === undefined ? null : 'json';
  }
}

function kindOfText(text: string): ColumnType {
  const first = text.charCodeAt(0);
  if (text.length > 2000) return 'text';
  if (first >= 48 && first <= 57) return time.test(text) && !Number.isNaN(timeOf(text)) ? 'time' : 'text';
  if (first === 104 || first === 72) {
    if (link.test(text)) return 'link';
  }
  if (!path.test(text)) return 'text';
  return image.test(text) ? 'image' : 'file';
}

/** Milliseconds since the epoch of a text that is a time; those without a zone are in UTC, so that all agree. */
export function timeOf(text: string): number {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(text.slice(10));
  const iso = text.replace(' ', 'T');
  return Date.parse(text.length === 10 || hasZone ? iso : `${iso}Z`);
}

/** The type of a column that has values of these kinds. */
export function typeOfKinds(kinds: ReadonlySet<ColumnType>): ColumnType {
  const [only = 'text', ...more] = kinds;
  if (more.length === 0) return only;
  if (kinds.has('json')) return 'json';
  if (kinds.size === 2 && kinds.has('image') && kinds.has('file')) return 'file';
  return 'text';
}
