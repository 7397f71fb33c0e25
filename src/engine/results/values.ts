import type { Cell } from '../../shared/contract/results.ts';

/** The value at the end of a path of keys; undefined where there is none. */
export function at(value: unknown, keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return undefined;
    found = Object.hasOwn(found, key) ? (found as Record<string, unknown>)[key] : undefined;
  }
  return found;
}

/** A JSON value as one cell: arrays and objects as their JSON text. */
export function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as Cell);
}

/**
 * The value of a JSON text. A whole number that JavaScript's numbers cannot hold comes back as the text of its
 * digits, and is so never rounded.
 */
export function parseExactly(json: string): unknown {
  // Almost no text has so long a number, and without the reviver the parser is several times as fast.
  if (!/\d{16}/.test(json)) return JSON.parse(json);
  return JSON.parse(json, (_key, value: unknown, context?: { source?: string }) => {
    const exact =
      typeof value !== 'number' || Number.isSafeInteger(value) || !/^-?\d+$/.test(context?.source ?? '');
    return exact ? value : context!.source;
  });
}

/** The same for a row's texts that come as null where there are none. */
export const parseOrNull = (json: string | null): unknown => (json === null ? null : parseExactly(json));
