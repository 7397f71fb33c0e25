import { StringDecoder } from 'node:string_decoder';

/** Of what a program writes to one stream, so many characters are kept of the beginning, and as many of the end. */
export const keptCharacters = 512 * 1024;

/**
 * What a program wrote to one stream, as text: the beginning, the end, and between them a mark that says how much was
 * left out. All of it is told to `emit` as it comes.
 */
export class CapturedText {
  readonly #emit: (text: string) => void;
  readonly #kept: number;
  readonly #decoder = new StringDecoder('utf8');
  #head = '';
  #tail: string[] = [];
  #tailLength = 0;
  #leftOut = 0;
  #isCut = false;

  constructor(emit: (text: string) => void, kept = keptCharacters) {
    this.#emit = emit;
    this.#kept = kept;
  }

  add(bytes: Buffer): void {
    this.#addText(this.#decoder.write(bytes));
  }

  /** All of it, once the program has ended. */
  end(): string {
    this.#addText(this.#decoder.end());
    if (!this.#isCut) return this.#head;
    const all = this.#tail.join('');
    const from = all.length - Math.min(all.length, this.#kept);
    // The second half of a character that is cut in two is left out too.
    const start = /^[\udc00-\udfff]/.test(all.slice(from, from + 1)) ? from + 1 : from;
    const tail = all.slice(start);
    const leftOut = this.#leftOut + start;
    if (leftOut === 0) return this.#head + tail;
    const mark = `\n[… ${leftOut.toLocaleString('en')} characters left out …]\n`;
    return this.#head + mark + tail;
  }

  #addText(text: string): void {
    if (text === '') return;
    this.#emit(text);
    const room = this.#isCut ? 0 : this.#kept - this.#head.length;
    const first = text.length <= room ? text : text.slice(0, wholeCharacters(text, room));
    this.#head += first;
    if (first.length === text.length) return;
    this.#isCut = true;
    this.#addToTail(text.slice(first.length));
  }

  #addToTail(text: string): void {
    this.#tail.push(text);
    this.#tailLength += text.length;
    while (this.#tailLength - this.#tail[0]!.length >= this.#kept) {
      const dropped = this.#tail.shift()!;
      this.#tailLength -= dropped.length;
      this.#leftOut += dropped.length;
    }
  }
}

/** At most `length`, but not the first half of a character alone. */
function wholeCharacters(text: string, length: number): number {
  return length > 0 && /[\ud800-\udbff]/.test(text[length - 1]!) ? length - 1 : length;
}
