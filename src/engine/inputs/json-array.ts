import { PoolboardError } from '../../shared/errors.ts';
import type { Slice } from './block.ts';
import { jsonProblem } from './json-lines.ts';
import { type Element, JsonSplitter } from './json-splitter.ts';

/**
 * The elements of a JSON array, streamed; or objects that stand one after another, as many programs write
 * under the name of JSON. Throws `BAD_ROW`, naming the line, or `NOT_ROWS` for a single object.
 */
export async function* jsonArraySlices(pieces: AsyncIterable<string>, name: string): AsyncGenerator<Slice> {
  const splitter = new JsonSplitter(name);
  // One object alone is no row: it is held until a second one comes.
  let held: string[] = [];
  let count = 0;
  for await (const piece of pieces) {
    const texts = splitter.push(piece).map((element) => textOf(element, name));
    count += texts.length;
    if (splitter.kind === 'objects' && count < 2) {
      held = texts.length > 0 ? texts : held;
    } else if (texts.length > 0) {
      yield { texts: [...held, ...texts] };
      held = [];
    }
  }
  splitter.end();
  if (held.length > 0) {
    throw new PoolboardError(
      'NOT_ROWS',
      `${name} holds one object and no array of rows: put the rows into [ ], or one a line into a .jsonl file.`,
    );
  }
}

/** The element on one line. Between tokens is the only place where JSON can hold a raw newline. */
function textOf({ text, line }: Element, name: string): string {
  const problem = jsonProblem(text);
  if (problem === null) return text.trim().replace(/[\r\n]+/g, ' ');
  throw new PoolboardError(
    'BAD_ROW',
    `${name}: the element that begins in line ${line} is not JSON (${problem}).`,
  );
}
