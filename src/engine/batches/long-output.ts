import { type OutputPiece, stateCode, type TaskIndex } from '../../shared/task.ts';
import type { EndedAttempts } from '../pool/job.ts';
import { keptHead, keptTail, type Trimmed } from '../store/trim-output.ts';

/** The middle of a long output is removed each time that so much came. */
const everyCharacters = 1_000_000;
/** Shorter output of one message is counted only for tasks that have printed before. */
const longMessage = keptHead;

interface Long {
  /** Characters in the store. */
  kept: number;
  trimmed: Trimmed;
  isTrimming: boolean;
}

const pending = stateCode('pending');

/** Watches for tasks that print very much, so that their output does not fill the disk. */
export class LongOutput {
  readonly #trim: (index: TaskIndex, former: Trimmed) => Promise<Trimmed>;
  readonly #tasks = new Map<TaskIndex, Long>();

  /** @param trim removes the middle of a task's output, after all that was handed over before. */
  constructor(trim: (index: TaskIndex, former: Trimmed) => Promise<Trimmed>) {
    this.#trim = trim;
  }

  /** A task that runs, and goes on, printed this. */
  printed(pieces: readonly OutputPiece[]): void {
    for (const { index, text } of pieces) this.#add(index, text.length);
  }

  ended({ indices, states, output }: Pick<EndedAttempts, 'indices' | 'states' | 'output'>): void {
    const characters = output.length === 0 ? 0 : output.reduce((sum, { text }) => sum + text.length, 0);
    if (this.#tasks.size === 0 && characters < longMessage) return;
    for (const { index, text } of output) {
      // Very many short tasks print a little each.
      if (characters >= longMessage || this.#tasks.has(index)) this.#add(index, text.length);
    }
    for (const [row, index] of indices.entries()) if (states[row] !== pending) this.#tasks.delete(index);
  }

  #add(index: TaskIndex, characters: number): void {
    let long = this.#tasks.get(index);
    if (!long) {
      long = { kept: 0, trimmed: { mark: null, leftOut: 0 }, isTrimming: false };
      this.#tasks.set(index, long);
    }
    long.kept += characters;
    if (long.kept >= keptHead + keptTail + everyCharacters && !long.isTrimming)
      void this.#shorten(index, long);
  }

  async #shorten(index: TaskIndex, long: Long): Promise<void> {
    long.isTrimming = true;
    const before = long.kept;
    long.trimmed = await this.#trim(index, long.trimmed);
    long.kept -= before - keptHead - keptTail;
    long.isTrimming = false;
  }
}
