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
    this.bytes += chunk.length;
    let { lines, words, characters, inWord, needed, bits, least } = this;
    for (let i = 0; i < chunk.length; i += 1) {
      const byte = chunk[i]!;
      if (needed > 0) {
        if (byte >= 0x80 && byte < 0xc0) {
          bits = bits * 64 + (byte & 0x3f);
          needed -= 1;
          if (needed > 0 || bits < least || (bits >= 0xd800 && bits < 0xe000)) continue;
          characters += 1;
          const kind = kindOf(bits);
          if (kind === printable) {
            if (!inWord) words += 1;
            inWord = true;
          } else if (kind === space) inWord = false;
          continue;
        }
        // What was begun is no character; this byte may begin one.
        needed = 0;
      }
      if (byte < 0x80) {
        characters += 1;
        if (byte > 0x20) {
          if (byte === 0x7f || inWord) continue;
          words += 1;
          inWord = true;
        } else if (byte === 0x20 || (byte > 0x08 && byte < 0x0e)) {
          inWord = false;
          if (byte === 0x0a) lines += 1;
        }
      } else if (byte >= 0xc2 && byte < 0xfe) {
        needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf8 ? 3 : byte < 0xfc ? 4 : 5;
        bits = byte & (0x3f >> needed);
        least = leastOf[needed]!;
      }
    }
    Object.assign(this, { lines, words, characters, inWord, needed, bits, least });
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
