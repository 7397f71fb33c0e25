/** What a task can use while it runs: the second argument of a function file, `ctx`. */
export interface TaskContext {
  /** Position of the task in its batch, from 0. */
  readonly index: number;
  /** Aborted when the task is canceled or has taken too long. */
  readonly signal: AbortSignal;
  readonly params: Readonly<Record<string, unknown>>;
  /** Reports progress, 0 to 1, with an optional short message. */
  progress(fraction: number, message?: string): void;
  /** Writes a line to the task's output. */
  log(...values: unknown[]): void;
}
