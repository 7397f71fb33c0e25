import type { ParamSchema, ParamsSchema } from './definition.ts';
import { PoolboardError } from './errors.ts';

/**
 * Parameters, checked against what a definition declares. The window, the command line, the engine and the
 * workers all check with this, so that all say the same.
 */

export type ParamValue = string | number | boolean;

/** One thing that is wrong with one parameter; the sentence names the parameter and the fix. */
export interface ParamProblem {
  name: string;
  message: string;
}

/**
 * Reads the parameters given. Texts become numbers and booleans where the schema wants them (the command line
 * knows only texts), and defaults fill what is absent. An empty text counts as absent, except for a parameter
 * that is a text and not required.
 */
export function checkParams(
  schema: ParamsSchema,
  given: Readonly<Record<string, unknown>>,
): { params: Record<string, ParamValue>; problems: ParamProblem[] } {
  const params: Record<string, ParamValue> = {};
  const problems: ParamProblem[] = [];
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(schema.properties, name)) problems.push({ name, message: unknownParam(schema, name) });
  }
  for (const [name, property] of Object.entries(schema.properties)) {
    const required = schema.required?.includes(name) ?? false;
    const raw = Object.hasOwn(given, name) ? given[name] : undefined;
    if (isAbsent(raw, property, required)) {
      if (property.default !== undefined) params[name] = property.default;
      else if (required) problems.push({ name, message: missingParam(name, property) });
      continue;
    }
    const outcome = readParam(name, property, raw);
    if (typeof outcome === 'object') problems.push({ name, message: outcome.problem });
    else params[name] = outcome;
  }
  return { params, problems };
}

/**
 * As {@link checkParams}, for those who cannot go on with a problem.
 * Throws a `PoolboardError` with the code `BAD_PARAM` and a sentence for each problem.
 */
export function parseParams(
  schema: ParamsSchema,
  given: Readonly<Record<string, unknown>>,
): Record<string, ParamValue> {
  const { params, problems } = checkParams(schema, given);
  if (problems.length > 0) throw new PoolboardError('BAD_PARAM', problems.map((p) => p.message).join(' '));
  return params;
}

function isAbsent(raw: unknown, property: ParamSchema, required: boolean): boolean {
  if (raw === undefined || raw === null) return true;
  return raw === '' && (required || property.type !== 'string' || property.enum !== undefined);
}

function readParam(name: string, property: ParamSchema, raw: unknown): ParamValue | { problem: string } {
  const value = coerce(property.type, raw);
  if (value === undefined)
    return { problem: `The parameter ${name} is ${show(raw)}; it must be ${nouns[property.type]}.` };
  if (property.enum && !property.enum.some((allowed) => allowed === value)) {
    return { problem: `The parameter ${name} is ${show(raw)}; it must be ${oneOf(property.enum)}.` };
  }
  if (typeof value === 'number') {
    const { minimum, maximum } = property;
    if ((minimum !== undefined && value < minimum) || (maximum !== undefined && value > maximum)) {
      return { problem: `The parameter ${name} is ${value}; it must be ${bounds(minimum, maximum)}.` };
    }
  }
  return value;
}

const nouns: Record<ParamSchema['type'], string> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
};

const booleans: Record<string, boolean> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
};

function coerce(type: ParamSchema['type'], raw: unknown): ParamValue | undefined {
  if (type === 'string')
    return typeof raw === 'string'
      ? raw
      : typeof raw === 'number' || typeof raw === 'boolean'
        ? String(raw)
        : undefined;
  if (type === 'boolean') {
    if (typeof raw === 'boolean') return raw;
    return typeof raw === 'string' ? booleans[raw.trim().toLowerCase()] : undefined;
  }
  const number = typeof raw === 'string' ? Number(raw.trim() || Number.NaN) : raw;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  return type === 'integer' && !Number.isSafeInteger(number) ? undefined : number;
}

function unknownParam(schema: ParamsSchema, name: string): string {
  const known = Object.keys(schema.properties);
  return known.length === 0
    ? `There is no parameter ${name}: this task has no parameters.`
    : `There is no parameter ${name}; this task has ${list(known, 'and')}.`;
}

function missingParam(name: string, property: ParamSchema): string {
  const choice = property.enum ? oneOf(property.enum) : nouns[property.type];
  return `The parameter ${name} is missing; give ${choice}.`;
}

function bounds(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `from ${minimum} to ${maximum}`;
}

const oneOf = (values: readonly (string | number)[]) => list(values.map(String), 'or');

function list(words: readonly string[], last: 'and' | 'or'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

function show(raw: unknown): string {
  const text = typeof raw === 'string' ? `"${raw}"` : (JSON.stringify(raw) ?? typeof raw);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
