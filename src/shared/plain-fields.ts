/**
 * Values of any kind, made of what JSON can hold and cut to a size that can be kept with each of a million
 * tasks: for the fields of errors, which hold requests, responses and whatever else was at hand.
 */

const maxDepth = 6;
const maxMembers = 100;
const maxText = 10_000;
/** Values in all the fields of one error. */
const maxValues = 2000;

/** Stands for what a getter did not give. */
export const unreadable = Symbol('unreadable');

/** `unreadable` where the getter throws. */
export function readKey(holder: object, key: string): unknown {
  try {
    return (holder as Record<string, unknown>)[key];
  } catch {
    return unreadable;
  }
}

/**
 * These fields of an object as plain data; undefined where there are none. Functions and symbols are left out,
 * dates and the like become texts, maps objects or pairs, what comes back to itself `[Circular]`. Never throws.
 * @param special gives what stands for certain objects; undefined for all others.
 */
export function plainFields(
  holder: object,
  keys: readonly string[],
  special: (value: object) => unknown,
): Record<string, unknown> | undefined {
  const reader = new PlainReader(special);
  const fields = reader.members(holder, keys.slice(0, maxMembers), [holder]);
  return Object.keys(fields).length > 0 ? fields : undefined;
}

class PlainReader {
  readonly #special: (value: object) => unknown;
  #left = maxValues;

  constructor(special: (value: object) => unknown) {
    this.#special = special;
  }

  members(holder: object, keys: readonly string[], around: readonly object[]): Record<string, unknown> {
    const found: [string, unknown][] = [];
    for (const key of keys) {
      const value = this.value(readKey(holder, key), around);
      if (value !== undefined) found.push([key, value]);
    }
    // Not by assignment: a key may be `__proto__`.
    return Object.fromEntries(found);
  }

  /** Undefined for what has no place in data. */
  value(value: unknown, around: readonly object[]): unknown {
    if (value === unreadable) return '(cannot be read)';
    this.#left -= 1;
    switch (typeof value) {
      case 'string':
        return value.length > maxText ? `${value.slice(0, maxText)}…` : value;
      case 'number':
        return Number.isFinite(value) ? value : null;
      case 'bigint':
        return String(value);
      case 'boolean':
        return value;
      case 'object':
        return value === null ? null : this.#object(value, around);
      default:
        return undefined;
    }
  }

  #object(value: object, around: readonly object[]): unknown {
    if (around.includes(value)) return '[Circular]';
    try {
      const special = this.#special(value);
      if (special !== undefined) return special;
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
      if (value instanceof RegExp || value instanceof URL) return String(value);
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
        return `[${value.constructor.name} of ${value.byteLength} bytes]`;
      }
      if (around.length > maxDepth || this.#left <= 0) return Object.prototype.toString.call(value);
      return this.#parts(value, [...around, value]);
    } catch {
      return '(cannot be read)';
    }
  }

  #parts(value: object, around: readonly object[]): unknown {
    if (Array.isArray(value)) return this.#list(value, around);
    if (value instanceof Set) return this.#list([...value], around);
    if (value instanceof Map) {
      const keys = [...value.keys()];
      if (keys.some((key) => typeof key !== 'string')) return this.#list([...value], around);
      const entries = Object.fromEntries(value as Map<string, unknown>);
      return this.members(entries, Object.keys(entries).slice(0, maxMembers), around);
    }
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') return this.value(toJSON.call(value, ''), around);
    return this.members(value, Object.keys(value).slice(0, maxMembers), around);
  }

  #list(values: readonly unknown[], around: readonly object[]): unknown[] {
    return values.slice(0, maxMembers).map((each) => this.value(each, around) ?? null);
  }
}
