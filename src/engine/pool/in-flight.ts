import { columnTexts } from '../../shared/json-column.ts';
import type { TaskIndex } from '../../shared/task.ts';
import type { Column, JobId } from '../../shared/wire.ts';
import type { TaskBlock } from './job.ts';

/** A task that a worker holds, or held. */
export interface HeldTask {
  job: JobId;
  index: TaskIndex;
  /** As it travels: JSON text, or the value where the job's inputs are cloned. */
  input: unknown;
  /** It must be alone in its worker: it has killed one, or is suspected of it. */
  alone: boolean;
}

/**
 * A chunk that a worker holds, and which of its tasks have ended.
 *
 * A worker that runs one task at a time reports them in order, so a position is all that is kept; only chunks
 * whose tasks end out of order pay for looking them up.
 */
export class InFlightChunk {
  readonly id: number;
  readonly job: JobId;
  readonly alone: boolean;
  /** Its worker tells of each task before it starts the next: the first that has not ended is the one that runs. */
  readonly tellsEach: boolean;
  readonly indices: TaskIndex[];
  /** Tasks that have not ended. */
  remaining: number;
  readonly #inputs: Column;
  #texts: unknown[] | null = null;
  #next = 0;
  #positions: Map<TaskIndex, number> | null = null;
  #ended: Set<number> | null = null;

  constructor(id: number, job: JobId, block: TaskBlock, alone: boolean, tellsEach = false) {
    this.id = id;
    this.job = job;
    this.alone = alone;
    this.tellsEach = tellsEach;
    this.indices = block.indices;
    this.#inputs = block.inputs;
    this.remaining = block.indices.length;
  }

  /** Notes the end of a task. Answers its position in the chunk; -1 where the chunk does not hold it (any more). */
  end(index: TaskIndex): number {
    if (this.indices[this.#next] === index) {
      const position = this.#next++;
      while (this.#ended?.delete(this.#next)) this.#next += 1;
      this.remaining -= 1;
      return position;
    }
    // Asked only because results of the next chunk came in the same message.
    if (this.remaining === 0) return -1;
    const position = this.#position(index);
    if (position < this.#next || this.#ended?.has(position)) return -1;
    this.#ended ??= new Set();
    this.#ended.add(position);
    this.remaining -= 1;
    return position;
  }

  /** The first task that has not ended; undefined where all have. */
  get first(): TaskIndex | undefined {
    return this.indices[this.#next];
  }

  /** Tasks that have not ended, in order. */
  open(): TaskIndex[] {
    const open: TaskIndex[] = [];
    for (let i = this.#next; i < this.indices.length; i++) {
      if (!this.#ended?.has(i)) open.push(this.indices[i]!);
    }
    return open;
  }

  tasks(): HeldTask[] {
    const { job, alone } = this;
    return this.open().map((index) => ({ job, index, input: this.inputOf(index), alone }));
  }

  holds(index: TaskIndex): boolean {
    const position = this.#position(index);
    return position >= this.#next && !this.#ended?.has(position);
  }

  /** The input of a task of this chunk, as it travels: JSON text, or the value where the job's are cloned. */
  inputOf(index: TaskIndex): unknown {
    return this.inputAt(this.#position(index));
  }

  inputAt(position: number): unknown {
    return this.#values()[position];
  }

  /** The inputs of neighbouring tasks, from a position on. */
  inputsAt(position: number, count: number): unknown[] {
    return this.#values().slice(position, position + count);
  }

  #values(): unknown[] {
    this.#texts ??=
      typeof this.#inputs === 'string' ? columnTexts(this.#inputs, this.indices.length) : this.#inputs;
    return this.#texts;
  }

  /** -1 for a task that was never in this chunk. */
  #position(index: TaskIndex): number {
    // Most chunks are a stretch of their batch: its tasks are found without a map.
    const offset = index - this.indices[0]!;
    if (this.indices[offset] === index) return offset;
    this.#positions ??= new Map(this.indices.map((each, i) => [each, i]));
    return this.#positions.get(index) ?? -1;
  }
}
