import type { RowsSource } from '../../shared/inputs.ts';
import type { SourceOptions } from './block.ts';
import { decoderFor, holdsReplacement, isUtf8 } from './decode.ts';
import { type RowFile, readBytes } from './row-bytes.ts';

/**
 * The characters of a file of rows, as they come, without its byte order mark. Bytes that are not valid in
 * the encoding become U+FFFD, with one warning.
 */
export async function* readText(
  file: RowFile,
  source: RowsSource,
  options: SourceOptions,
): AsyncGenerator<string> {
  let opening: ReturnType<typeof decoderFor> | null = null;
  let start: Buffer | null = null;
  let warned = !isUtf8(source.encoding);
  let line = 1;

  for await (const chunk of readBytes(file, options)) {
    let bytes: Buffer = start ? Buffer.concat([start, chunk]) : chunk;
    if (!opening) {
      // A mark may come a byte at a time.
      if (bytes.length < 3 && mayBeMark(bytes)) {
        start = bytes;
        continue;
      }
      start = null;
      opening = decoderFor(bytes, source.encoding);
      bytes = bytes.subarray(opening.skip);
    }
    yield* check(opening.decoder.decode(bytes), bytes);
  }
  if (start) {
    opening = decoderFor(start, source.encoding);
    yield* check(opening.decoder.decode(start.subarray(opening.skip)), start);
  }
  if (opening) yield* check(opening.decoder.end(), Buffer.alloc(0));

  function* check(text: string, bytes: Buffer): Generator<string> {
    if (text === '') return;
    if (!warned) {
      const at = text.indexOf('\uFFFD');
      if (at >= 0 && !holdsReplacement(bytes)) {
        warned = true;
        options.warn(
          `${file.name} holds bytes that are not UTF-8, first in line ${line + newlines(text, at)}: each became \uFFFD. Name its encoding, for example windows-1252.`,
        );
      }
      line += newlines(text, text.length);
    }
    yield text;
  }
}

const mayBeMark = (bytes: Buffer) => bytes[0] === 0xef || bytes[0] === 0xff || bytes[0] === 0xfe;

function newlines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
