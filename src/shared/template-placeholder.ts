import { PoolboardError } from './errors.ts';
import { type PathPart, partOfPath } from './template-path.ts';

/** One replacement string of a command template. */
export interface Placeholder {
  /** `input` is `{}`; `index` `{#}`; `slot` `{%}`; `out` `{out}`; `column` `{1}` and `{name}`. */
  what: 'input' | 'index' | 'slot' | 'out' | 'column';
  /** For `column`: its name, or its position from 1 (from the end, where negative). */
  column?: string | number;
  /** The part of the value, as of a path, that is wanted; all of it where absent. */
  part?: PathPart;
  /** As it stands in the template. */
  text: string;
  /** No such column is no mistake: then the text stands for itself, as `{print $1}` does. */
  maybe?: boolean;
}

/** What placeholders are replaced with. */
export interface TemplateValues {
  /** The task's input: a text, a number, or a row (an object by column name, or an array). */
  input: unknown;
  /** Position of the task in its batch, from 0; `{#}` counts from 1. */
  index: number;
  /** Number of the slot that the task runs in, from 1. */
  slot: number;
  /** The output folder, where there is one. */
  out?: string;
}

const builtin = /^(?:#|%|\.|\/|\/\/|\/\.|)$/;
const numbered = /^(-?[1-9]\d*)(\/\/|\/\.|\.|\/|)$/;
const named = /^([\p{L}_][\p{L}\p{N}_-]*)(\/\/|\/\.|\.|\/|)$/u;

/**
 * The placeholder that begins at this `{`; null where the text there is none.
 * @param loose whether a name may hold anything but braces and line ends; else it is like a variable's name.
 */
export function readPlaceholder(template: string, at: number, loose: boolean): Placeholder | null {
  const end = template.indexOf('}', at);
  if (end < 0) return null;
  const text = template.slice(at, end + 1);
  const content = text.slice(1, -1);
  if (/[{\n]/.test(content)) return null;
  if (builtin.test(content)) return ofBuiltin(content, text);
  if (content === 'out') return { what: 'out', column: 'out', text };
  const [, name, part] = numbered.exec(content) ?? named.exec(content) ?? [];
  if (name !== undefined) {
    const column = /^-?\d/.test(name) ? Number(name) : name;
    return { what: 'column', column, part: (part || undefined) as PathPart | undefined, text };
  }
  return loose ? { what: 'column', column: content, text, maybe: true } : null;
}

function ofBuiltin(content: string, text: string): Placeholder {
  switch (content) {
    case '':
      return { what: 'input', text };
    case '#':
      return { what: 'index', text };
    case '%':
      return { what: 'slot', text };
    default:
      return { what: 'input', part: content as PathPart, text };
  }
}

/**
 * The texts that a placeholder stands for: one, but for `{}` of a row, which is all its values. Null where it stands
 * for itself.
 * @throws PoolboardError UNKNOWN_COLUMN or TEMPLATE_NO_OUT.
 */
export function valuesOf(
  placeholder: Placeholder,
  values: TemplateValues,
  windows: boolean,
): string[] | null {
  const { what, part } = placeholder;
  const asPart = (value: unknown) => (part ? partOfPath(textOf(value), part, windows) : textOf(value));
  switch (what) {
    case 'index':
      return [String(values.index + 1)];
    case 'slot':
      return [String(values.slot)];
    case 'out':
      if (values.out !== undefined) return [values.out];
      if (!isRow(values.input) || !Object.hasOwn(values.input, 'out')) throw noOut();
      return [asPart((values.input as { out?: unknown }).out)];
    case 'input':
      return isRow(values.input) ? Object.values(values.input).map(asPart) : [asPart(values.input)];
    case 'column': {
      const found = findColumn(placeholder, values.input);
      if (found) return [asPart(found.value)];
      if (placeholder.maybe) return null;
      const columns = isRow(values.input) ? Object.keys(values.input) : null;
      throw unknownColumn(placeholder, Array.isArray(values.input) ? values.input.length : columns);
    }
  }
}

function findColumn({ column }: Placeholder, input: unknown): { value: unknown } | undefined {
  const all = isRow(input) ? Object.values(input) : [input];
  if (typeof column === 'number') {
    const at = column < 0 ? all.length + column : column - 1;
    return at in all ? { value: all[at] } : undefined;
  }
  if (!isRow(input) || Array.isArray(input) || !Object.hasOwn(input, column!)) return undefined;
  return { value: (input as Record<string, unknown>)[column!] };
}

const isRow = (input: unknown): input is object => typeof input === 'object' && input !== null;

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function noOut(): PoolboardError {
  return new PoolboardError(
    'TEMPLATE_NO_OUT',
    'The command uses {out}, but no output folder is set: choose one.',
  );
}

/** @param columns their names; how many, where they have none; null where the inputs are no rows. */
export function unknownColumn(
  { text, column }: Placeholder,
  columns: readonly string[] | number | null,
): PoolboardError {
  const asItIs = `to pass the text itself, write \\${text} outside of quotes`;
  if (columns === null) {
    const sentence = `The command names the column ${text}, but the inputs have no columns: {} is the input; ${asItIs}.`;
    return new PoolboardError('UNKNOWN_COLUMN', sentence);
  }
  const there =
    typeof columns === 'number'
      ? `there are ${columns} columns, without names`
      : `the columns are ${listed(columns)}`;
  const what = typeof column === 'number' ? `column ${column}` : `the column ${text}`;
  return new PoolboardError('UNKNOWN_COLUMN', `The command names ${what}, but ${there}; ${asItIs}.`);
}

/** Names that a sentence can hold; a table can have thousands. */
const listedNames = 20;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, listedNames).map((name) => `{${name}}`);
  const more = names.length - shown.length;
  return shown.join(' ') + (more > 0 ? ` and ${more} more` : '');
}
