import type { Slice, SourceOptions } from './block.ts';
import { splitLines } from './lines.ts';
import { RowProblems } from './row-problems.ts';

/**
 * The values of JSON lines. A line goes on as it is written, so that large numbers keep their digits. Blank
 * lines are no rows; a line that is not JSON is passed over with a warning that names it. Throws `BAD_ROW`
 * where there is nothing else.
 */
export async function* jsonLineSlices(
  pieces: AsyncIterable<string>,
  name: string,
  options: SourceOptions,
): AsyncGenerator<Slice> {
  const problems = new RowProblems(options.warn);
  let number = 0;
  for await (const lines of splitLines(pieces, name)) {
    const texts: string[] = [];
    for (const line of lines) {
      number += 1;
      const text = line.trim();
      if (text === '') continue;
      const problem = jsonProblem(text);
      if (problem === null) {
        problems.accept();
        texts.push(text);
      } else problems.passOver(`${name}, line ${number}: not JSON (${problem}); passed over.`);
    }
    if (texts.length > 0) yield { texts };
  }
  problems.end();
}

/** What is wrong with a JSON text, in the parser's words; null where nothing is. */
export function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
