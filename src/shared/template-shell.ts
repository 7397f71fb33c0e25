import { PoolboardError } from './errors.ts';
import { type Placeholder, readPlaceholder } from './template-placeholder.ts';

/** Where a placeholder stands in a shell's command line, as to quotes. */
export type QuoteContext = 'plain' | 'double' | 'single';
export type ShellPart = string | { placeholder: Placeholder; context: QuoteContext };

type State = 'plain' | 'double' | 'single' | 'ansi' | 'substitution' | 'arithmetic';

/**
 * Finds the placeholders of a template that a POSIX shell will run, each with the quotes around it. `\{` is no
 * placeholder, nor is `${name}`, which is the shell's own.
 *
 * A command line may be too tangled for this to see its quotes as the shell does. That must not matter for safety, so
 * values never become part of the command line: see {@link shellReference}.
 * @throws PoolboardError TEMPLATE_INVALID for a placeholder where a shell would compute with it.
 */
export function splitForShell(template: string): ShellPart[] {
  const parts: ShellPart[] = [];
  const states: State[] = ['plain'];
  let literal = '';
  for (let i = 0; i < template.length; ) {
    const state = states.at(-1)!;
    const length = skip(template, i, state);
    if (length > 0) {
      literal += template.slice(i, i + length);
      i += length;
      continue;
    }
    const placeholder =
      template[i] === '{' && template[i - 1] !== '$' ? readPlaceholder(template, i, false) : null;
    if (placeholder) {
      if (states.includes('arithmetic')) throw inArithmetic(placeholder);
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push({ placeholder, context: contextOf(state) });
      i += placeholder.text.length;
      continue;
    }
    const step = change(template, i, states);
    literal += template.slice(i, i + step);
    i += step;
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

function contextOf(state: State): QuoteContext {
  if (state === 'double') return 'double';
  return state === 'single' || state === 'ansi' ? 'single' : 'plain';
}

/** How many characters stand for themselves here: an escaped one with its backslash, or a comment. */
function skip(template: string, at: number, state: State): number {
  if (state !== 'single' && template[at] === '\\') return 2;
  const isPlain = state === 'plain' || state === 'substitution';
  if (isPlain && template[at] === '#' && (at === 0 || /[\s;|&(]/.test(template[at - 1]!))) {
    const end = template.indexOf('\n', at);
    return (end < 0 ? template.length : end) - at;
  }
  return 0;
}

/** Enters and leaves quotes and substitutions; returns how many characters that took. */
function change(template: string, at: number, states: State[]): number {
  const state = states.at(-1)!;
  const character = template[at];
  if (state === 'single' || state === 'ansi') {
    if (character === "'") states.pop();
    return 1;
  }
  if (character === '"') {
    if (state === 'double') states.pop();
    else states.push('double');
    return 1;
  }
  if (template.startsWith('$((', at)) {
    states.push('arithmetic');
    return 3;
  }
  if (template.startsWith('$(', at)) {
    states.push('substitution');
    return 2;
  }
  if (state === 'arithmetic' && template.startsWith('))', at)) {
    states.pop();
    return 2;
  }
  if (state === 'double') return 1;
  if (template.startsWith("$'", at)) {
    states.push('ansi');
    return 2;
  }
  if (character === "'") states.push('single');
  else if (character === '(') states.push('substitution');
  else if (character === ')' && state === 'substitution') states.pop();
  return 1;
}

function inArithmetic({ text }: Placeholder): PoolboardError {
  const sentence = `The command has ${text} inside of $((…)), where a shell would run what it holds: set a variable first, as in n=${text}.`;
  return new PoolboardError('TEMPLATE_INVALID', sentence);
}

/** How a shell is made to put in the value of an environment variable, whatever it holds, as one word. */
export function shellReference(variable: string, context: QuoteContext): string {
  switch (context) {
    case 'plain':
      return `"\${${variable}}"`;
    case 'double':
      return `\${${variable}}`;
    case 'single':
      return `'"\${${variable}}"'`;
  }
}

/** A value as one word of a POSIX shell, where these quotes are open already. */
export function quoteForShell(value: string, context: QuoteContext = 'plain'): string {
  switch (context) {
    case 'plain':
      return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
    case 'double':
      return value.replace(/[\\$"`]/g, '\\$&');
    case 'single':
      return value.replaceAll("'", "'\\''");
  }
}

/** As {@link splitForShell}, for Windows' cmd.exe, where only double quotes are quotes. */
export function splitForCmd(template: string): ShellPart[] {
  const parts: ShellPart[] = [];
  let literal = '';
  let isQuoted = false;
  for (let i = 0; i < template.length; ) {
    const placeholder = template[i] === '{' ? readPlaceholder(template, i, false) : null;
    if (placeholder) {
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push({ placeholder, context: isQuoted ? 'double' : 'plain' });
      i += placeholder.text.length;
      continue;
    }
    if (template[i] === '"') isQuoted = !isQuoted;
    literal += template[i];
    i += 1;
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

/**
 * The same for cmd.exe with delayed expansion (`/V:ON`): `!name!` is put in after cmd has read the line, so that no
 * `&` or `%` in a value means anything to it.
 */
export function cmdReference(variable: string, context: QuoteContext): string {
  return context === 'double' ? `!${variable}!` : `"!${variable}!"`;
}
