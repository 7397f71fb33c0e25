import { serialize } from 'node:v8';
import { PoolboardError, toErrorInfo } from '../shared/errors.ts';

/**
 * A task's return value as JSON text, on one line.
 *
 * Beyond JSON's own types: `undefined` is null, dates are ISO texts, Map and Set are an object (or a list of
 * pairs, where keys are not texts) and a list, big integers keep all their digits, bytes are
 * `{"base64": …}`, errors keep name, message, stack and cause. NaN and the infinities are null: JSON has none.
 * @throws PoolboardError RESULT_NOT_STORABLE, which is the task's error.
 */
export function encodeJson(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null';
    case 'boolean':
      return value ? 'true' : 'false';
    case 'undefined':
      return 'null';
    case 'string':
      return JSON.stringify(value);
  }
  if (value === null) return 'null';
  let text: string | undefined;
  try {
    text = JSON.stringify(value, replace);
  } catch (error) {
    throw notStorable(error instanceof Error ? error.message : String(error), error);
  }
  if (text === undefined) throw notStorable(`it is a ${typeof value}`);
  return text;
}

/** @throws PoolboardError RESULT_NOT_STORABLE where structured clone refuses the value. */
export function assertCloneable(value: unknown): void {
  try {
    serialize(value);
  } catch (error) {
    throw notStorable(error instanceof Error ? error.message : String(error), error);
  }
}

function notStorable(why: string, cause?: unknown): PoolboardError {
  const firstLine = why.split('\n', 1)[0]!.replace(/\.$/, '');
  return new PoolboardError(
    'RESULT_NOT_STORABLE',
    `The task returned a value that cannot be stored: ${firstLine}. Return plain data.`,
    { cause },
  );
}

interface RawJson {
  rawJSON?: (text: string) => unknown;
}

// A function expression, for `this` is the holder: `value` has been through toJSON already.
function replace(this: unknown, key: string, value: unknown): unknown {
  switch (typeof value) {
    case 'bigint': {
      const { rawJSON } = JSON as RawJson;
      return rawJSON ? rawJSON(String(value)) : String(value);
    }
    case 'object':
      break;
    default:
      return value;
  }
  if (value === null || Array.isArray(value)) return value;
  if (value instanceof Map) return mapToJson(value);
  if (value instanceof Set) return [...value];
  if (value instanceof Error) return toErrorInfo(value);
  const raw = (this as Record<string, unknown>)[key];
  if (Buffer.isBuffer(raw)) return { base64: raw.toString('base64') };
  if (value instanceof ArrayBuffer) return { base64: Buffer.from(value).toString('base64') };
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<number>);
  }
  return value;
}

function mapToJson(map: Map<unknown, unknown>): unknown {
  for (const key of map.keys()) if (typeof key !== 'string') return [...map];
  return Object.fromEntries(map);
}
