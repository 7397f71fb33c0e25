import { z } from 'zod';
import { definitionSchema, paramsSchema } from './definition.ts';
import type { ErrorInfo } from './errors.ts';
import { inputSourceSchema } from './inputs.ts';
import type { BatchId, TaskState } from './task.ts';

export const batchStates = [
  'queued',
  'running',
  'paused',
  'closing',
  'completed',
  'canceled',
  'interrupted',
] as const;
export type BatchState = (typeof batchStates)[number];

/** The states after which nothing more happens to a batch by itself. */
export const endStates: readonly BatchState[] = ['completed', 'canceled', 'interrupted'];
export const hasEnded = (state: BatchState): boolean => endStates.includes(state);

export const maxWorkers = 256;

export const batchOptionsSchema = z.object({
  /** Workers that this batch may use at once. Default: the pool's size. */
  workers: z.int().min(1).max(maxWorkers).optional(),
  /** Tasks that one worker runs at once. Default: what the definition asks for, else 1. */
  concurrency: z.int().min(1).max(1024).optional(),
  /** Tasks sent to a worker in one message. Default: from the measured task time. */
  chunkSize: z.union([z.literal('auto'), z.int().min(1).max(100_000)]).default('auto'),
  /** A worker is replaced after this many tasks. Default: never. */
  maxTasksPerWorker: z.int().min(1).optional(),
  /** Milliseconds from the start of an attempt after which it is ended. Default: none. */
  timeoutMs: z.number().positive().optional(),
  /** Attempts after the first one that did not succeed. */
  retries: z.int().min(0).max(100).default(0),
});
export type BatchOptions = z.infer<typeof batchOptionsSchema>;

/** One submission: what to do, to what, and how. */
export const batchSpecSchema = z.object({
  /** Shown in lists; made from the definition and the inputs where absent. */
  name: z.string().max(200).optional(),
  definition: definitionSchema,
  params: paramsSchema.default({}),
  inputs: inputSourceSchema,
  options: batchOptionsSchema.prefault({}),
});
export type BatchSpec = z.infer<typeof batchSpecSchema>;
/** A spec as one writes it, defaults left out. */
export type BatchSpecInput = z.input<typeof batchSpecSchema>;

export type TaskCounts = Record<TaskState, number>;
export const noCounts = (): TaskCounts => ({
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  canceled: 0,
  skipped: 0,
});

/** A batch as lists and headers show it; small, sent whole whenever it changes. */
export interface BatchSummary {
  id: BatchId;
  name: string;
  state: BatchState;
  spec: BatchSpec;
  /** Tasks known so far; final once `enumerated`. */
  total: number;
  enumerated: boolean;
  /** Sums to `total`. */
  counts: TaskCounts;
  /** Milliseconds since the epoch. */
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** Tasks that ended per second, lately while running, over the whole run once ended; null before the first. */
  rate: number | null;
  /** Milliseconds left, as an honest range; null where nothing can be said yet. */
  eta: { lowMs: number; highMs: number } | null;
  /** Share of the workers' time that tasks used, 0 to 1, lately while running; null before the first. */
  busy: number | null;
  /** Why the batch stopped, where it did not end by itself. */
  error: ErrorInfo | null;
  /** Inputs that were passed over, a sentence each. */
  warnings: string[];
}
