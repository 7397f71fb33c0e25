import { PoolboardError } from '../../shared/errors.ts';

/** A line is one JavaScript string, of which V8 allows about 536 million characters. */
const maxLineCharacters = 400_000_000;

/**
 * Lines of a text that comes in pieces, as many at a time as a piece completes. A line ends with `\n` or
 * `\r\n`; the last one may do without. Empty lines count. Throws `LINE_TOO_LONG`.
 */
export async function* splitLines(pieces: AsyncIterable<string>, name: string): AsyncGenerator<string[]> {
  // The beginning of the line that has not ended; joined once, so that a long line costs its length and no more.
  let open: string[] = [];
  let openLength = 0;
  let number = 1;

  for await (const piece of pieces) {
    if (!piece.includes('\n')) {
      open.push(piece);
      openLength += piece.length;
      if (openLength > maxLineCharacters) {
        throw new PoolboardError(
          'LINE_TOO_LONG',
          `Line ${number} of ${name} is longer than ${maxLineCharacters} characters: split it, or give the file itself as the input.`,
        );
      }
      continue;
    }
    const lines = piece.split('\n');
    open.push(lines[0] ?? '');
    lines[0] = open.join('');
    const last = lines.pop() ?? '';
    open = last === '' ? [] : [last];
    openLength = last.length;
    number += lines.length;
    yield lines.map(withoutReturn);
  }
  if (openLength > 0) yield [withoutReturn(open.join(''))];
}

const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line);
