import type { OutputPiece, TaskIndex } from '../../shared/task.ts';
import { leftOutText } from '../store/trim-output.ts';

/** What is held at most, characters; a piece costs some more than its text. */
const mostCharacters = 32_000_000;
const pieceCost = 100;
/** Small pieces are joined up to this length. */
const pieceCharacters = 65_536;

interface Held {
  /** Oldest first. */
  pieces: OutputPiece[];
  cost: number;
  /** Characters of its beginning that are gone, and when the last of them were printed. */
  leftOut: number;
  leftOutAt: number;
}

/**
 * Output of running tasks that the store does not take now, bounded: the store may refuse for hours, and tasks
 * print on. Whichever task holds most loses the oldest of it, so that a quiet one keeps what it said. What was
 * left out is said in its place.
 */
export class HeldOutput {
  readonly #most: number;
  readonly #workers = new Map<number, Map<TaskIndex, Held>>();
  #cost = 0;

  /** @param most what is held at most, characters. */
  constructor(most = mostCharacters) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#workers.size === 0;
  }

  /** The workers whose output it holds. */
  get workers(): number[] {
    return [...this.#workers.keys()];
  }

  add(pieces: readonly OutputPiece[], worker: number): void {
    const tasks = this.#workers.get(worker) ?? new Map<TaskIndex, Held>();
    this.#workers.set(worker, tasks);
    for (const piece of pieces) {
      const held = tasks.get(piece.index) ?? { pieces: [], cost: 0, leftOut: 0, leftOutAt: 0 };
      tasks.set(piece.index, held);
      this.#append(held, piece);
    }
    while (this.#cost > this.#most) this.#shorten();
  }

  /** All that is held of a worker's tasks, which is not held any more; task by task, each in its order. */
  take(worker: number): OutputPiece[] {
    const tasks = [...(this.#workers.get(worker) ?? [])];
    this.#workers.delete(worker);
    return tasks.flatMap(([index, { pieces, cost, leftOut, leftOutAt: at }]) => {
      this.#cost -= cost;
      if (leftOut === 0) return pieces;
      return [{ index, stream: 'log' as const, at, text: leftOutText(leftOut) }, ...pieces];
    });
  }

  #append(held: Held, piece: OutputPiece): void {
    const { text } = piece;
    const last = held.pieces.at(-1);
    const isJoined = last?.stream === piece.stream && last.text.length + text.length <= pieceCharacters;
    if (isJoined) last.text += text;
    // A piece of its own: the given one is shown to others.
    else held.pieces.push({ ...piece });
    this.#spend(held, text.length + (isJoined ? 0 : pieceCost));
  }

  #shorten(): void {
    let longest: Held | null = null;
    for (const tasks of this.#workers.values()) {
      for (const held of tasks.values()) if (!longest || held.cost > longest.cost) longest = held;
    }
    this.#dropOldest(longest!, this.#cost - this.#most);
  }

  #dropOldest(held: Held, excess: number): void {
    const first = held.pieces[0]!;
    // One long text may be all that it holds: then the end of that stays.
    const isCut = held.pieces.length === 1 && first.text.length > excess;
    const dropped = isCut ? excess : first.text.length;
    if (isCut) first.text = first.text.slice(dropped);
    else held.pieces.shift();
    held.leftOut += dropped;
    held.leftOutAt = first.at;
    this.#spend(held, -dropped - (isCut ? 0 : pieceCost));
  }

  #spend(held: Held, cost: number): void {
    held.cost += cost;
    this.#cost += cost;
  }
}
