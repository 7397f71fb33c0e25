import { plainFields, readKey, unreadable } from './plain-fields.ts';

/**
 * Errors as values: what crosses the borders between processes, threads and the window.
 *
 * An `Error` loses its fields under JSON and its class under structured clone, so it is turned into a plain
 * object once, where it was thrown, and stays one from there on.
 */
export interface ErrorInfo {
  name: string;
  message: string;
  /** A stable word for programs, for example `ENOENT` or `NO_DEFAULT_EXPORT`. */
  code?: string;
  stack?: string;
  cause?: ErrorInfo;
  /** Where it happened, when that is known: a file, a line and a column, from 1. */
  place?: ErrorPlace;
  /** The error's own enumerable fields, and the errors of an `AggregateError`, as JSON can hold them. */
  fields?: Record<string, unknown>;
}

export interface ErrorPlace {
  file: string;
  line?: number;
  column?: number;
}

/** An error of Poolboard itself: a sentence for people, a code for programs. */
export class PoolboardError extends Error {
  readonly code: string;
  readonly place?: ErrorPlace;

  constructor(code: string, message: string, more: { cause?: unknown; place?: ErrorPlace } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'PoolboardError';
    this.code = code;
    this.place = more.place;
  }
}

/** Errors in one another, by causes or fields. */
const maxDepth = 8;
const standardFields = ['name', 'message', 'stack', 'cause', 'code', 'place'];
/** Own fields that are not enumerable: of `AggregateError` and of `SuppressedError`. */
const hiddenFields = ['errors', 'error', 'suppressed'];

/**
 * Any thrown value as an {@link ErrorInfo}. Never throws, whatever the value's getters do.
 * @param thrown what was caught; strings and other non-errors become `{name: 'NonError', …}`.
 */
export function toErrorInfo(thrown: unknown): ErrorInfo {
  return read(thrown, []);
}

/** `around`: the errors that this one is a part of. */
function read(thrown: unknown, around: readonly unknown[]): ErrorInfo {
  try {
    if (!isErrorLike(thrown)) {
      return { name: 'NonError', message: `Not an Error was thrown: ${preview(thrown)}` };
    }
    return readError(thrown, around);
  } catch {
    return { name: 'Error', message: 'An error that cannot be read was thrown.' };
  }
}

function readError(error: Error, around: readonly unknown[]): ErrorInfo {
  const get = (key: string) => readKey(error, key);
  const info: ErrorInfo = {
    name: textOf(get('name') ?? 'Error', 'Error'),
    message: textOf(get('message'), 'An error whose message cannot be read was thrown.'),
  };
  const code = get('code');
  const stack = get('stack');
  const place = get('place');
  const cause = get('cause');
  if (code !== undefined && code !== unreadable) info.code = textOf(code, '');
  if (typeof stack === 'string') info.stack = stack;
  if (isPlace(place)) info.place = { ...place };
  if (around.length >= maxDepth || around.includes(error)) return info;
  const within = [...around, error];
  if (cause !== undefined && cause !== unreadable) info.cause = read(cause, within);
  const keys = Object.keys(error).filter((key) => !standardFields.includes(key));
  const hidden = hiddenFields.filter((key) => Object.hasOwn(error, key) && !keys.includes(key));
  const fields = plainFields(error, [...keys, ...hidden], (nested) =>
    isErrorLike(nested) && isErrorObject(nested) ? read(nested, within) : undefined,
  );
  if (fields) info.fields = fields;
  return info;
}

function isErrorLike(thrown: unknown): thrown is Error {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown;
}

/** Also those of other realms, and those that only look like one. */
const isErrorObject = (value: object) =>
  value instanceof Error || ('stack' in value && typeof value.stack === 'string');

function isPlace(value: unknown): value is ErrorPlace {
  return typeof value === 'object' && value !== null && 'file' in value && typeof value.file === 'string';
}

function textOf(value: unknown, otherwise: string): string {
  try {
    return value === unreadable ? otherwise : String(value);
  } catch {
    return otherwise;
  }
}

function preview(value: unknown): string {
  try {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
    return text.length > 200 ? `${text.slice(0, 200)}…` : text;
  } catch {
    return typeof value === 'bigint' ? String(value) : Object.prototype.toString.call(value);
  }
}
