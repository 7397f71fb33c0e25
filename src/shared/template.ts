import type { TaskDefinition } from './definition.ts';
import { PoolboardError } from './errors.ts';
import {
  noOut,
  type Placeholder,
  type TemplateValues,
  unknownColumn,
  valuesOf,
} from './template-placeholder.ts';
import {
  cmdReference,
  quoteForShell,
  type ShellPart,
  shellReference,
  splitForCmd,
  splitForShell,
} from './template-shell.ts';
import { splitWords, type TemplateWord } from './template-words.ts';

export type { TemplateValues } from './template-placeholder.ts';

/**
 * Command templates, like GNU parallel's.
 *
 * `{}` is the input, `{.}` without its extension, `{/}` its last part, `{//}` its folder, `{/.}` its last part without
 * extension; `{#}` the task's number from 1, `{%}` the number of its slot; `{1}` `{2}` `{-1}` and `{name}` a column of
 * a row, `{1.}` `{name/}` a part of it as of a path; `{out}` the output folder. They may stand anywhere in a word.
 * Inside of quotes, where no shell is used, a column's name may hold blanks: `"{First name}"`. Where no replacement string occurs (`{out}`
 * aside) the input is added at the end. `{}` of a row is all its values; `\{}` is no replacement string.
 */
export interface Template {
  readonly text: string;
  readonly shell: boolean;
  readonly windows: boolean;
  /** The argument vector; empty where a shell runs the template. */
  readonly words: readonly TemplateWord[];
  /** The command line for a shell; empty otherwise. */
  readonly parts: readonly ShellPart[];
}

type CommandDefinition = Extract<TaskDefinition, { kind: 'command' }>;

export interface TemplateOptions {
  shell?: boolean;
  /** For Windows: backslashes are ordinary characters and separate folders; the shell is cmd.exe. */
  windows?: boolean;
  /** Where no replacement string occurs, add the input at the end. Default: yes. */
  append?: boolean;
}

/** @throws PoolboardError TEMPLATE_INVALID or TEMPLATE_NEEDS_SHELL. */
export function parseTemplate(text: string, options: TemplateOptions = {}): Template {
  const { shell = false, windows = false, append = true } = options;
  const trimmed = text.trim();
  if (trimmed === '')
    throw new PoolboardError('TEMPLATE_INVALID', 'The command is empty: write a program and {}.');
  if (trimmed.includes('\0'))
    throw new PoolboardError('TEMPLATE_INVALID', 'The command has a NUL character in it.');
  const template = { text: trimmed, shell, windows };
  const added: Placeholder = { what: 'input', text: '{}' };
  if (shell) {
    const parts = windows ? splitForCmd(trimmed) : splitForShell(trimmed);
    const isPlain = !parts.some((part) => typeof part !== 'string' && takesTask(part.placeholder));
    if (append && isPlain) parts.push(' ', { placeholder: added, context: 'plain' });
    return { ...template, words: [], parts };
  }
  const words = splitWords(trimmed, windows);
  const isPlain = !words.some((word) => word.some((part) => typeof part !== 'string' && takesTask(part)));
  if (append && isPlain) words.push([added]);
  return { ...template, words, parts: [] };
}

/**
 * The template of a command definition, as it runs: with `stdin` the input is not added at the end, for the
 * program reads it. `windows`: where it will run.
 * @throws PoolboardError TEMPLATE_INVALID or TEMPLATE_NEEDS_SHELL.
 */
export function templateOf(definition: CommandDefinition, windows: boolean): Template {
  const { template, shell, stdin = false } = definition;
  return parseTemplate(template, { shell, windows, append: !stdin });
}

const takesTask = ({ what, maybe }: Placeholder): boolean => what !== 'out' && !maybe;

/** The replacement strings of a template, in order. */
export function placeholdersOf(template: Template): Placeholder[] {
  const inWords = template.words.flatMap((word) => word.filter((part) => typeof part !== 'string'));
  const inParts = template.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.placeholder]));
  return [...inWords, ...inParts];
}

/**
 * Checks a template before a batch starts.
 * @param columns names of the inputs' columns; how many, where they have no names; null where inputs are no rows.
 * @throws PoolboardError UNKNOWN_COLUMN or TEMPLATE_NO_OUT.
 */
export function checkTemplate(
  template: Template,
  columns: readonly string[] | number | null,
  out: string | undefined,
): void {
  const names = typeof columns === 'object' && columns !== null ? columns : [];
  const count = typeof columns === 'number' ? columns : columns === null ? 1 : columns.length;
  for (const placeholder of placeholdersOf(template)) {
    const { what, column, maybe } = placeholder;
    if (what === 'out' && out === undefined && !names.includes('out')) throw noOut();
    if (what !== 'column' || maybe) continue;
    const isKnown = typeof column === 'number' ? Math.abs(column) <= count : names.includes(column!);
    if (!isKnown) throw unknownColumn(placeholder, columns);
  }
}

/**
 * The argument vector for one task, the program first. No shell sees it: every value is passed as it is.
 * @throws PoolboardError UNKNOWN_COLUMN or TEMPLATE_NO_OUT.
 */
export function expand(template: Template, values: TemplateValues): string[] {
  const { words, windows } = template;
  const argv: string[] = [];
  for (const word of words) {
    const [only] = word;
    if (word.length === 1 && typeof only === 'object')
      argv.push(...(valuesOf(only, values, windows) ?? [only.text]));
    else argv.push(word.map((part) => inWord(part, values, windows)).join(''));
  }
  return argv;
}

function inWord(part: TemplateWord[number], values: TemplateValues, windows: boolean): string {
  return typeof part === 'string' ? part : (valuesOf(part, values, windows)?.join(' ') ?? part.text);
}

/** A command line and the environment variables that it takes its values from. */
export interface ShellCommand {
  script: string;
  env: Record<string, string>;
}

/**
 * The command line for a shell, for one task. The values are not in it: they are handed over as environment variables,
 * and a shell does not look for commands in what it puts in for a variable. For cmd.exe it needs `/V:ON`, and an
 * exclamation mark of the template itself is written `^!`.
 * @throws PoolboardError UNKNOWN_COLUMN or TEMPLATE_NO_OUT.
 */
export function toShellCommand(template: Template, values: TemplateValues): ShellCommand {
  const env: Record<string, string> = {};
  const refer = template.windows ? cmdReference : shellReference;
  let count = 0;
  const script = template.parts.map((part) => {
    if (typeof part === 'string') return part;
    const found = valuesOf(part.placeholder, values, template.windows);
    if (!found) return part.placeholder.text;
    return found
      .map((value) => {
        const name = `POOLBOARD_${++count}`;
        env[name] = value;
        return refer(name, part.context);
      })
      .join(' ');
  });
  return { script: script.join(''), env };
}

/**
 * A task's command as a person would type it into a POSIX shell, to be shown and copied; what runs is {@link expand} or
 * {@link toShellCommand}.
 * @throws PoolboardError UNKNOWN_COLUMN or TEMPLATE_NO_OUT.
 */
export function expandForShell(template: Template, values: TemplateValues): string {
  if (!template.shell)
    return expand(template, values)
      .map((word) => quoteForShell(word))
      .join(' ');
  const shown = template.parts.map((part) => {
    if (typeof part === 'string') return part;
    const found = valuesOf(part.placeholder, values, template.windows);
    return found?.map((value) => quoteForShell(value, part.context)).join(' ') ?? part.placeholder.text;
  });
  return shown.join('');
}
