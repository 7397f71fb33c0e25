import type { ErrorInfo } from '../../shared/errors.ts';
import { type OutputPiece, outcomeCode, stateCode } from '../../shared/task.ts';
import type { EndedAttempts, JobEnd, ResultSink } from '../pool/job.ts';
import { TaskError } from './task-error.ts';

const ok = outcomeCode('ok');
const pending = stateCode('pending');

export interface ValueListener {
  /** A task succeeded. `ms`: how long its attempt took. */
  value(index: number, value: unknown, ms: number): void;
  error(index: number, error: TaskError): void;
  finished(end: JobEnd): void;
  /** True where the listener holds more than it should. */
  readonly full?: boolean;
}

/** Hands a job's results, one by one, to whoever waits for them in this process. */
export class ValueSink implements ResultSink {
  readonly #listener: ValueListener;
  readonly #onOutput: (piece: OutputPiece) => void;

  constructor(listener: ValueListener, onOutput: (piece: OutputPiece) => void) {
    this.#listener = listener;
    this.#onOutput = onOutput;
  }

  get full(): boolean {
    return this.#listener.full ?? false;
  }

  ended({ indices, outcomes, states, values, ms, output }: EndedAttempts): void {
    if (output.length > 0) this.output(output);
    for (let i = 0; i < indices.length; i++) {
      if (states[i] === pending) continue;
      const value = (values as unknown[])[i];
      if (outcomes[i] === ok) this.#listener.value(indices[i]!, value, ms[i]!);
      else this.#listener.error(indices[i]!, new TaskError(value as ErrorInfo));
    }
  }

  output(pieces: OutputPiece[]): void {
    for (const piece of pieces) this.#onOutput(piece);
  }

  progress(): void {}

  finished(end: JobEnd): void {
    this.#listener.finished(end);
  }
}
