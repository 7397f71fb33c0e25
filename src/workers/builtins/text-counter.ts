export interface TextStats {
  lines: number;
  words: number;
  characters: number;
  bytes: number;
}

/**
 * Counts as GNU `wc -l -w -m -c` does in a UTF-8 locale, a chunk at a time.
 *
 * A character is what glibc decodes: sequences of up to six bytes, no overlong ones and no surrogates; other
 * bytes are none. A word is a run without spaces that holds a printable character. Spaces are those of ASCII
 * and the printable ones of Unicode, no-break spaces and U+2060 too. These are the rules of coreutils up to
 * 9.4; later ones count unprintable characters and stray bytes as parts of words.
 */
export class TextCounter {
  private lines = 0;
  private words = 0;
  private characters = 0;
  private bytes = 0;
  private inWord = false;
  /** The character that is being decoded: continuation bytes that it still needs, and its bits so far. */
  private needed = 0;
  private bits = 0;
  /** Least bits that the character's length stands for; fewer are overlong. */
  private least = 0;

  add(chunk: Uint8Array): void {
    const { length } = chunk;
    this.bytes += length;
    let i = 0;
    while (i < length) {
      if (this.needed === 0) i = this.addAscii(chunk, i);
      if (i < length) i = this.addOther(chunk, i);
    }
  }

  /** Counts from `from` to the next byte that is not ASCII, and gives its position. Most texts are spent here. */
  private addAscii(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    let { lines, words } = this;
    let outside = this.inWord ? 0 : 1;
    let i = from;
    for (; i < length; i += 1) {
      const kind = asciiKinds[chunk[i]!]!;
      if (kind === printable) {
        words += outside;
        outside = 0;
      } else if (kind === space) {
        outside = 1;
      } else if (kind === newline) {
        outside = 1;
        lines += 1;
      } else if (kind === notAscii) break;
    }
    this.lines = lines;
    this.words = words;
    this.inWord = outside === 0;
    this.characters += i - from;
    return i;
  }

  /** Counts from `from`, where a character of several bytes begins or goes on, to the next ASCII byte. */
  private addOther(chunk: Uint8Array, from: number): number {
    let { needed, bits, least } = this;
    let i = from;
    for (; i < chunk.length; i += 1) {
      const byte = chunk[i]!;
      if (needed > 0 && (byte & 0xc0) === 0x80) {
        bits = bits * 64 + (byte & 0x3f);
        needed -= 1;
        if (needed === 0 && bits >= least && (bits < 0xd800 || bits >= 0xe000)) this.addCharacter(bits);
        continue;
      }
      // What was begun is no character; this byte may begin one.
      needed = 0;
      if (byte < 0x80) break;
      if (byte >= 0xc2 && byte < 0xfe) {
        needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf8 ? 3 : byte < 0xfc ? 4 : 5;
        bits = byte & (0x3f >> needed);
        least = leastOf[needed]!;
      }
    }
    this.needed = needed;
    this.bits = bits;
    this.least = least;
    return i;
  }

  private addCharacter(codePoint: number): void {
    this.characters += 1;
    const kind = kindOf(codePoint);
    if (kind === printable) {
      if (!this.inWord) this.words += 1;
      this.inWord = true;
    } else if (kind === space) this.inWord = false;
  }

  /** The counts so far; a character that is cut off at the end is none. */
  stats(): TextStats {
    return { lines: this.lines, words: this.words, characters: this.characters, bytes: this.bytes };
  }
}

/** By the number of continuation bytes. */
const leastOf = [0, 0x80, 0x800, 0x1_0000, 0x20_0000, 0x400_0000];

const printable = 1;
const space = 2;
const neither = 3;
const newline = 4;
const notAscii = 5;

const asciiKinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return notAscii;
  if (byte === 0x0a) return newline;
  if (byte === 0x20 || (byte > 0x08 && byte < 0x0e)) return space;
  return byte > 0x20 && byte < 0x7f ? printable : neither;
});

/** Kinds of code points, found when first met. */
const kinds = new Uint8Array(0x11_0000);

const spaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2060\u3000]/;
const unprintable = /[\p{Cn}\p{Cc}\p{Cs}\u2028\u2029]/u;

function kindOf(codePoint: number): number {
  if (codePoint >= kinds.length) return neither;
  const known = kinds[codePoint]!;
  if (known !== 0) return known;
  const character = String.fromCodePoint(codePoint);
  const kind = spaces.test(character) ? space : unprintable.test(character) ? neither : printable;
  kinds[codePoint] = kind;
  return kind;
}
