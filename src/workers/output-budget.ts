import type { OutputPiece, TaskIndex } from '../shared/task.ts';

/** Characters that a worker may send at once, and how many more a second. */
const burst = 2_000_000;
const perSecond = 2_000_000;
/** Of what is printed beyond that, the end is kept until it may be sent. */
const keptCharacters = 8_000_000;

/**
 * Bounds what the tasks of a worker send of their output: one that prints a hundred megabytes in a second would
 * fill the memory of everyone behind it. What is left out is said in its place.
 */
export class OutputBudget {
  readonly #now: () => number;
  #left = burst;
  #filledAt: number;
  /** What waits, oldest first. */
  #kept: OutputPiece[] = [];
  #keptLength = 0;
  /** Characters left out, by task. */
  readonly #leftOut = new Map<TaskIndex, number>();

  /** @param now milliseconds on any clock that goes on. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#filledAt = now();
  }

  /** True where all that was printed may be sent as it comes. */
  allows(characters: number): boolean {
    if (this.#kept.length > 0) return false;
    if (characters > this.#left) this.#fill();
    if (characters > this.#left) return false;
    this.#left -= characters;
    return true;
  }

  /** Keeps what may not be sent now; the oldest of it gives way. */
  keep(piece: OutputPiece): void {
    const last = this.#kept.at(-1);
    if (last?.index === piece.index && last.stream === piece.stream && last.text.length < 65_536) {
      last.text += piece.text;
    } else this.#kept.push(piece);
    this.#keptLength += piece.text.length;
    while (this.#keptLength > keptCharacters && this.#kept.length > 1) this.#drop(this.#kept.shift()!);
  }

  /** What was kept, where it may be sent by now, or `atOnce`; with what was left out before it. */
  take(atOnce: boolean): OutputPiece[] {
    if (this.#kept.length === 0) return [];
    this.#fill();
    if (!atOnce && this.#left < Math.min(this.#keptLength, burst)) return [];
    this.#left -= this.#keptLength;
    const pieces = this.#kept;
    this.#kept = [];
    this.#keptLength = 0;
    if (this.#leftOut.size === 0) return pieces;
    const marked = pieces.flatMap((piece) => {
      const leftOut = this.#leftOut.get(piece.index);
      this.#leftOut.delete(piece.index);
      return leftOut ? [markOf(piece, leftOut), piece] : [piece];
    });
    this.#leftOut.clear();
    return marked;
  }

  #drop({ index, text }: OutputPiece): void {
    this.#keptLength -= text.length;
    this.#leftOut.set(index, (this.#leftOut.get(index) ?? 0) + text.length);
  }

  #fill(): void {
    const now = this.#now();
    this.#left = Math.min(burst, this.#left + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
  }
}

const markOf = ({ index, at }: OutputPiece, characters: number): OutputPiece => ({
  index,
  stream: 'log',
  at,
  text: `\n[… ${characters.toLocaleString('en')} characters left out …]\n`,
});
