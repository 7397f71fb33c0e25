import type { LogPiece } from '../../shared/contract/logs.ts';
import { withoutEscapes } from '../../shared/escapes.ts';

/** Puts pieces of output together to a text in which each line is one of one task and stream. */
export class LogText {
  readonly #prefix: boolean;
  /** Whose line was not ended. */
  #open: string | null = null;

  constructor(prefix: boolean) {
    this.#prefix = prefix;
  }

  add(piece: LogPiece): string {
    const text = withoutEscapes(piece.text);
    if (text === '') return '';
    const owner = `${piece.index} ${piece.stream}`;
    const goesOn = this.#open === owner;
    // A line of another task that has no end so far is ended, so that no line is of two.
    const before = this.#open !== null && !goesOn ? '\n' : '';
    this.#open = text.endsWith('\n') ? null : owner;
    return before + (this.#prefix ? this.#withPrefix(piece, text, goesOn) : text);
  }

  #withPrefix({ at, index, worker, stream }: LogPiece, text: string, goesOn: boolean): string {
    const prefix = `${new Date(at).toISOString()} task ${index}${worker === null ? '' : ` worker ${worker}`} ${stream}: `;
    const isEnded = text.endsWith('\n');
    const lines = (isEnded ? text.slice(0, -1) : text).split('\n');
    const all = lines.map((line, n) => (n === 0 && goesOn ? line : prefix + line)).join('\n');
    return isEnded ? `${all}\n` : all;
  }
}
