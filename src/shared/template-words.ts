import { PoolboardError } from './errors.ts';
import { type Placeholder, readPlaceholder } from './template-placeholder.ts';

export type TemplatePart = string | Placeholder;
/** One argument: literal texts and placeholders, one after the other. */
export type TemplateWord = TemplatePart[];

/** What a shell takes for an operator, where it stands as a word of its own or begins one. */
const operator = /^(?:\|\|?|&&?|;;?|\d*(?:>>?|<<?|>&|<&).*|\|.*|&.*)$/s;
const assignment = /^[A-Za-z_]\w*=/;

/**
 * Splits a command template into arguments as a POSIX shell does, by blanks, quotes and backslashes, and expands
 * nothing: `$`, `~`, `*` and backquotes stand for themselves.
 * @param windows whether a backslash is an ordinary character, as in `C:\tools`.
 * @throws PoolboardError TEMPLATE_INVALID for a quote without its end; TEMPLATE_NEEDS_SHELL for what only a shell does.
 */
export function splitWords(template: string, windows: boolean): TemplateWord[] {
  const words: TemplateWord[] = [];
  let word: TemplateWord | null = null;
  let literal = '';
  /** The word as it stands there, up to the first quote or backslash. */
  let bare = '';
  let isQuoted = false;

  const endLiteral = () => {
    word ??= [];
    if (literal !== '') word.push(literal);
    literal = '';
  };
  const endWord = () => {
    if (word === null && literal === '') return;
    endLiteral();
    if (needsShell(bare, isQuoted, words.length === 0)) throw shellSyntax(bare);
    words.push(word!);
    word = null;
    bare = '';
    isQuoted = false;
  };
  const add = (text: string) => {
    word ??= [];
    literal += text;
  };

  for (let i = 0; i < template.length; ) {
    const character = template[i]!;
    if (/\s/.test(character)) {
      endWord();
      i += 1;
    } else if (character === "'" || character === '"') {
      const end = closingQuote(template, i, !windows);
      add('');
      for (const part of quotedParts(template.slice(i + 1, end), character === '"' && !windows)) {
        if (typeof part === 'string') literal += part;
        else {
          endLiteral();
          word!.push(part);
        }
      }
      isQuoted = true;
      i = end + 1;
    } else if (character === '\\' && !windows) {
      // A line that ends in a backslash goes on.
      if (template[i + 1] !== '\n') add(template[i + 1] ?? '\\');
      isQuoted = true;
      i += 2;
    } else {
      const placeholder = character === '{' ? readPlaceholder(template, i, false) : null;
      if (placeholder) {
        endLiteral();
        word!.push(placeholder);
      } else add(character);
      const length = placeholder ? placeholder.text.length : 1;
      if (!isQuoted) bare += template.slice(i, i + length);
      i += length;
    }
  }
  endWord();
  return words;
}

function closingQuote(template: string, start: number, hasEscapes: boolean): number {
  const quote = template[start]!;
  for (let i = start + 1; i < template.length; i++) {
    if (template[i] === quote) return i;
    if (hasEscapes && quote === '"' && template[i] === '\\') i += 1;
  }
  const sentence = `The command has a ${quote} without its end, at position ${start + 1}.`;
  throw new PoolboardError('TEMPLATE_INVALID', sentence);
}

function* quotedParts(text: string, hasEscapes: boolean): Generator<TemplatePart> {
  for (let i = 0; i < text.length; ) {
    if (hasEscapes && text[i] === '\\') {
      const next = text[i + 1] ?? '';
      if (/[$`"\\]/.test(next)) yield next;
      else if (next !== '\n') yield `\\${next}`;
      i += 2;
      continue;
    }
    const placeholder = text[i] === '{' ? readPlaceholder(text, i, true) : null;
    yield placeholder ?? text[i]!;
    i += placeholder ? placeholder.text.length : 1;
  }
}

function needsShell(bare: string, isQuoted: boolean, isFirst: boolean): boolean {
  if (operator.test(bare) || (isFirst && assignment.test(bare))) return true;
  return !isQuoted && bare.length > 1 && bare.endsWith(';');
}

function shellSyntax(word: string): PoolboardError {
  const sentence = `The command has ${word}, which only a shell understands: turn the shell on, or put it in quotes.`;
  return new PoolboardError('TEMPLATE_NEEDS_SHELL', sentence);
}
