import { StringDecoder } from 'node:string_decoder';
import { PoolboardError } from '../../shared/errors.ts';

/** Turns the bytes of a text into characters, a piece at a time. */
export interface Decoder {
  decode(bytes: Buffer): string;
  end(): string;
}

const marks: { bytes: number[]; encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/**
 * A decoder for a text that starts with these bytes, and how many of them are its byte order mark. A mark
 * decides; then `encoding` (any name that browsers know); then UTF-8. Throws `BAD_ENCODING`.
 */
export function decoderFor(start: Buffer, encoding: string | undefined): { decoder: Decoder; skip: number } {
  const mark = marks.find(({ bytes }) => bytes.every((byte, i) => start[i] === byte));
  return { decoder: makeDecoder(mark?.encoding ?? encoding ?? 'utf-8'), skip: mark?.bytes.length ?? 0 };
}

/** True where `bytes` holds a replacement character that its author wrote, so that one in the text means nothing. */
export const holdsReplacement = (bytes: Buffer): boolean => bytes.includes('\uFFFD');

export const isUtf8 = (encoding: string | undefined): boolean => /^utf-?8$/i.test(encoding ?? 'utf-8');

function makeDecoder(name: string): Decoder {
  const wanted = name.trim().toLowerCase();
  // Node's own decoder is several times faster than TextDecoder for pieces of UTF-8.
  if (isUtf8(wanted)) return native('utf8');
  if (wanted === 'utf-16le' || wanted === 'utf16le' || wanted === 'utf-16') return native('utf16le');
  if (latin.has(wanted)) return windows1252();
  try {
    const decoder = new TextDecoder(wanted);
    return { decode: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
  } catch (error) {
    throw new PoolboardError(
      'BAD_ENCODING',
      `The encoding ${name} is not known: use utf-8, utf-16le, windows-1252 or another name that browsers know.`,
      { cause: error },
    );
  }
}

function native(encoding: 'utf8' | 'utf16le'): Decoder {
  const decoder = new StringDecoder(encoding);
  return { decode: (bytes) => decoder.write(bytes), end: () => decoder.end() };
}

/** Names under which people ask for Windows' Western set, of which Latin-1 is a part for all that texts hold. */
const latin = new Set(['latin1', 'latin-1', 'iso-8859-1', 'iso8859-1', 'windows-1252', 'cp1252']);

/** What the bytes 80 to 9F stand for: the WHATWG encoding standard's index of windows-1252. */
const western = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windows1252(): Decoder {
  return {
    decode: (bytes) =>
      bytes
        .toString('latin1')
        .replace(/[\u0080-\u009f]/g, (character) => western[character.charCodeAt(0) - 0x80] ?? character),
    end: () => '',
  };
}
