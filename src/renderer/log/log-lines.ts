import type { LogPiece } from '../../shared/contract/logs.ts';
import type { OutputStream, TaskIndex } from '../../shared/task.ts';
import { coloursAfter, plainLine } from './ansi.ts';

/** One line of a log. */
export interface LogLine {
  /** Numbers lines in their order; older ones that come later have smaller ones. */
  seq: number;
  /** The piece that it begins in, and which line of that piece. */
  piece: number;
  line: number;
  index: TaskIndex;
  worker: number | null;
  stream: OutputStream;
  at: number;
  /** Without escapes other than for colours. */
  text: string;
  /** The colours that hold at its start. */
  before: string;
}

/** A longer line is shown as several. */
const longest = 4000;
/** What is held at most: what is farther away is asked for again. */
const mostLines = 6000;
const mostCharacters = 4_000_000;

interface Open {
  line: LogLine;
  /** As it came. */
  raw: string;
}

/** Lines made of pieces of output: a piece may hold many, and a line may be in many. */
export class LogLines {
  lines: LogLine[] = [];
  #pieces: LogPiece[] = [];
  #characters = 0;
  /** By task and stream, the line that has no end so far, and the colours that hold. */
  #open = new Map<string, Open>();
  #colours = new Map<string, string>();
  /** The lines of each piece, by their numbers in it. */
  #ofPiece = new Map<number, LogLine[]>();

  get first(): number | null {
    return this.#pieces[0]?.id ?? null;
  }

  get last(): number | null {
    return this.#pieces.at(-1)?.id ?? null;
  }

  /** Adds newer pieces. Answers whether some were dropped at the start, for there are too many. */
  append(pieces: readonly LogPiece[]): boolean {
    for (const piece of pieces) {
      this.#pieces.push(piece);
      this.#characters += piece.text.length;
      this.#add(piece);
    }
    let dropped = 0;
    // More than has to go, for making the lines anew takes some milliseconds.
    const share = this.#isOver(0, 1) ? 0.8 : 1;
    while (this.#isOver(dropped, share)) {
      this.#characters -= this.#pieces[dropped]!.text.length;
      dropped += 1;
    }
    if (dropped > 0) this.#rebuild(this.#pieces.slice(dropped));
    return dropped > 0;
  }

  /** Adds older pieces. Answers whether some were dropped at the end. */
  prepend(pieces: readonly LogPiece[]): boolean {
    const all = [...pieces, ...this.#pieces];
    this.#characters += pieces.reduce((sum, { text }) => sum + text.length, 0);
    let kept = all.length;
    let lines = this.lines.length + pieces.reduce((sum, { text }) => sum + text.split('\n').length, 0);
    while (kept > pieces.length && (lines > mostLines || this.#characters > mostCharacters)) {
      kept -= 1;
      lines -= all[kept]!.text.split('\n').length;
      this.#characters -= all[kept]!.text.length;
    }
    this.#rebuild(all.slice(0, kept));
    return kept < all.length;
  }

  /** The line that a line of a piece is, or is a part of. */
  find(piece: number, line: number): LogLine | undefined {
    return this.#ofPiece.get(piece)?.[line];
  }

  #isOver(dropped: number, share: number): boolean {
    if (this.#pieces.length - dropped <= 1) return false;
    if (this.#characters > mostCharacters * share) return true;
    // Lines are in the order in which they began, almost.
    const start = this.lines.at(-Math.floor(mostLines * share));
    return start !== undefined && start.piece > this.#pieces[dropped]!.id;
  }

  #rebuild(pieces: LogPiece[]): void {
    const before = this.#ofPiece;
    const oldSeq = new Map(this.lines.map((line) => [`${line.piece} ${line.line}`, line.seq]));
    this.#pieces = pieces;
    this.lines = [];
    this.#open = new Map();
    this.#colours = new Map();
    this.#ofPiece = new Map();
    for (const piece of pieces) this.#add(piece);
    if (before.size === 0) return;
    // A line keeps its number, so that what is shown keeps its place.
    const at = this.lines.findIndex(({ piece, line }) => oldSeq.has(`${piece} ${line}`));
    if (at < 0) return;
    const { piece, line } = this.lines[at]!;
    const start = oldSeq.get(`${piece} ${line}`)! - at;
    for (const [n, each] of this.lines.entries()) each.seq = start + n;
  }

  #add(piece: LogPiece): void {
    const owner = `${piece.index} ${piece.stream}`;
    const own: LogLine[] = [];
    const texts = piece.text.split('\n');
    const isEnded = texts.at(-1) === '';
    if (isEnded) texts.pop();
    for (const [n, text] of texts.entries()) {
      const open = n === 0 ? this.#open.get(owner) : undefined;
      if (open && open.raw.length + text.length <= longest) {
        open.raw += text;
        open.line.text = plainLine(open.raw);
        this.#colours.set(owner, coloursAfter(open.raw, open.line.before));
        own.push(open.line);
        if (n === texts.length - 1 && !isEnded) continue;
        this.#open.delete(owner);
        continue;
      }
      this.#open.delete(owner);
      const line = this.#push(piece, n, text, owner);
      own.push(line);
      if (n === texts.length - 1 && !isEnded) this.#open.set(owner, { line, raw: text.slice(-longest) });
    }
    this.#ofPiece.set(piece.id, own);
  }

  #push({ id, index, worker, stream, at }: LogPiece, n: number, text: string, owner: string): LogLine {
    let first: LogLine | undefined;
    // A line of 16,000 characters is at most a few rows.
    for (let from = 0; from === 0 || from < text.length; from += longest) {
      const part = text.length <= longest ? text : text.slice(from, from + longest);
      const before = this.#colours.get(owner) ?? '';
      const line: LogLine = {
        seq: (this.lines.at(-1)?.seq ?? -1) + 1,
        piece: id,
        line: n,
        index,
        worker,
        stream,
        at,
        text: plainLine(part),
        before,
      };
      if (part.includes('\u001b')) this.#colours.set(owner, coloursAfter(part, before));
      this.lines.push(line);
      first ??= line;
    }
    return first!;
  }
}
