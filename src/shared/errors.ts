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
  /** The error's own enumerable fields, where JSON can hold them. */
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

const maxCauses = 8;
const standardFields = new Set(['name', 'message', 'stack', 'cause', 'code', 'place']);

/**
 * Any thrown value as an {@link ErrorInfo}. Never throws, whatever the value's getters do.
 * @param thrown what was caught; strings and other non-errors become `{name: 'NonError', …}`.
 */
export function toErrorInfo(thrown: unknown, depth = 0): ErrorInfo {
  try {
    return read(thrown, depth);
  } catch {
    return { name: 'Error', message: 'An error that cannot be read was thrown.' };
  }
}

function read(thrown: unknown, depth: number): ErrorInfo {
  if (typeof thrown !== 'object' || thrown === null || !('message' in thrown)) {
    return { name: 'NonError', message: `Not an Error was thrown: ${preview(thrown)}` };
  }
  const error = thrown as Error & { code?: unknown; place?: ErrorPlace };
  const info: ErrorInfo = { name: String(error.name ?? 'Error'), message: String(error.message) };
  if (error.code !== undefined) info.code = String(error.code);
  if (typeof error.stack === 'string') info.stack = error.stack;
  if (error.place) info.place = error.place;
  if (error.cause !== undefined && depth < maxCauses) info.cause = toErrorInfo(error.cause, depth + 1);
  const fields = ownFields(error);
  if (fields) info.fields = fields;
  return info;
}

function ownFields(error: object): Record<string, unknown> | undefined {
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(error)) {
    if (standardFields.has(key)) continue;
    try {
      const text = JSON.stringify(value);
      if (text !== undefined) fields[key] = JSON.parse(text);
    } catch {
      fields[key] = preview(value);
    }
  }
  return Object.keys(fields).length > 0 ? fields : undefined;
}

function preview(value: unknown): string {
  try {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
    return text.length > 200 ? `${text.slice(0, 200)}…` : text;
  } catch {
    return Object.prototype.toString.call(value);
  }
}
