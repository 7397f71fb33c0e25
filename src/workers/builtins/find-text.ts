import { PoolboardError } from '../../shared/errors.ts';
import { pathInput } from './input.ts';
import type { BuiltinMaker } from './maker.ts';
import { readChunks } from './read-chunks.ts';
import { ChunkDecoder } from './text-decoder.ts';

interface FoundLine {
  /** From 1. */
  line: number;
  /** The line, or the part of a very long one around the first match. */
  text: string;
}

const shownCharacters = 300;
const maxOpenCharacters = 100_000_000;

/**
 * Gives the number of lines that match and the first of them: `{matches, lines: [{line, text}], binary}`. A
 * file with a NUL in it is binary and is not searched.
 */
export const findText: BuiltinMaker = ({ pattern, regex, ignoreCase, maxLines }) => {
  const wanted = patternOf(String(pattern), Boolean(regex), Boolean(ignoreCase));
  return async (input, context) => {
    const path = pathInput('find-text', input);
    const search = new LineSearch(wanted, Number(maxLines), path);
    const decoder = new ChunkDecoder();
    let isBinary = false;
    let isFirst = true;
    await readChunks(path, context, (chunk) => {
      const text = decoder.decode(chunk);
      if (isFirst) isBinary = text.slice(0, 8192).includes('\0');
      isFirst = false;
      if (!isBinary) search.add(text);
    });
    if (!isBinary) search.end(decoder.end());
    return { matches: search.matches, lines: search.lines, binary: isBinary };
  };
};

function patternOf(text: string, isRegex: boolean, ignoreCase: boolean): RegExp {
  const source = isRegex ? text : text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  try {
    return new RegExp(source, ignoreCase ? 'iu' : 'u');
  } catch (error) {
    throw new PoolboardError(
      'BAD_PARAM',
      `The parameter pattern is no regular expression: ${(error as Error).message}.`,
      {
        cause: error,
      },
    );
  }
}

class LineSearch {
  matches = 0;
  readonly lines: FoundLine[] = [];
  private number = 0;
  /** The beginning of a line that has not ended. */
  private open: string[] = [];
  private openLength = 0;
  private readonly pattern: RegExp;
  private readonly maxLines: number;
  private readonly path: string;

  constructor(pattern: RegExp, maxLines: number, path: string) {
    this.pattern = pattern;
    this.maxLines = maxLines;
    this.path = path;
  }

  add(text: string): void {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      this.open.push(line);
      this.search(this.open.length === 1 ? line : this.open.join(''));
      this.open = [];
      this.openLength = 0;
    }
    if (last === '') return;
    this.open.push(last);
    this.openLength += last.length;
    if (this.openLength > maxOpenCharacters) {
      throw new PoolboardError(
        'LINE_TOO_LONG',
        `Line ${this.number + 1} of ${this.path} is longer than ${maxOpenCharacters} characters.`,
      );
    }
  }

  end(text: string): void {
    this.add(text);
    if (this.openLength > 0) this.search(this.open.join(''));
  }

  private search(whole: string): void {
    this.number += 1;
    const line = whole.endsWith('\r') ? whole.slice(0, -1) : whole;
    const at = line.search(this.pattern);
    if (at < 0) return;
    this.matches += 1;
    if (this.lines.length >= this.maxLines) return;
    const from = line.length <= shownCharacters ? 0 : Math.max(0, at - shownCharacters / 3);
    this.lines.push({ line: this.number, text: line.slice(from, from + shownCharacters) });
  }
}
