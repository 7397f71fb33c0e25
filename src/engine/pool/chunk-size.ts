/** Work that one message should hold, milliseconds: long against the cost of a message, short against a person's patience. */
export const chunkBudgetMs = 50;
/** What running a task costs a worker beyond the task itself, milliseconds. */
const overheadMs = 0.0005;
const maxTasks = 4096;
/** A chunk is at most this many times the one before: one lucky measurement must not fill a worker for minutes. */
const maxGrowth = 8;

export interface ChunkSizeView {
  setting: 'auto' | number;
  /** Mean duration of the job's tasks lately, milliseconds; null before the first has ended. */
  taskMs: number | null;
  /** Tasks in the job's last chunk; 0 before the first. */
  lastSize: number;
  /** Tasks that are not sent yet, as far as is known. */
  waiting: number;
  /** Workers that share them. */
  workers: number;
}

/**
 * How many tasks to send to a worker in one message: as many as fill the time budget, fewer near the end, so
 * that all workers finish together (guided self-scheduling: a share of what is left).
 */
export function chunkSize({ setting, taskMs, lastSize, waiting, workers }: ChunkSizeView): number {
  if (setting !== 'auto') return Math.min(setting, Math.max(1, waiting));
  if (taskMs === null) return 1;
  const fitting = chunkBudgetMs / (taskMs + overheadMs);
  const share = waiting / (2 * workers);
  const grown = Math.max(1, lastSize) * maxGrowth;
  return Math.max(1, Math.floor(Math.min(fitting, share, grown, maxTasks)));
}

/**
 * True where a worker is to be sent a second chunk while it runs the first: with short tasks it would wait
 * for the message, with long ones it would hold work that another could do.
 */
export function sendsAhead(taskMs: number | null, setting: 'auto' | number): boolean {
  return taskMs !== null && (taskMs < chunkBudgetMs || setting !== 'auto');
}
