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

/** Which batches get workers first; batches of the same priority share them fairly. */
export const priorities = ['low', 'normal', 'high'] as const;
export type Priority = (typeof priorities)[number];

/** The number that stands for a priority in the store and in the pool: higher ones are served first. */
export const priorityCode = (priority: Priority): number => priorities.indexOf(priority) - 1;
export const priorityOf = (code: number): Priority => priorities[Math.max(-1, Math.min(1, code)) + 1]!;

/** Outcomes of an attempt after which a task can be tried again. */
export const retriedOutcomes = ['error', 'timeout', 'crash'] as const;
export type RetriedOutcome = (typeof retriedOutcomes)[number];

/**
 * When to stop early, as GNU parallel's `--halt`. `now`: running tasks are asked to stop, then killed; `soon`:
 * they are left to end, as the rest of a chunk that a worker is at may be. Tasks that have not ended then become
 * `skipped`. A percentage is of all tasks of the batch,
 * counts once the inputs are enumerated, and for `fail` and `success` needs at least three such tasks.
 */
export const haltRuleSchema = z.object({
  when: z.enum(['now', 'soon']),
  on: z.enum(['fail', 'success', 'done']),
  limit: z.discriminatedUnion('unit', [
    z.object({ unit: z.literal('tasks'), tasks: z.int().min(1) }),
    z.object({ unit: z.literal('percent'), percent: z.number().positive().max(100) }),
  ]),
});
export type HaltRule = z.infer<typeof haltRuleSchema>;

export const batchOptionsSchema = z.object({
  /** Workers that this batch may use at once. Default: the pool's size. */
  workers: z.int().min(1).max(maxWorkers).optional(),
  /** Tasks that one worker runs at once. Default: what the definition asks for, else 1. */
  concurrency: z.int().min(1).max(1024).optional(),
  /** Tasks sent to a worker in one message. Default: from the measured task time. */
  chunkSize: z.union([z.literal('auto'), z.int().min(1).max(100_000)]).default('auto'),
  /** A worker is replaced after this many tasks. Default: never. */
  maxTasksPerWorker: z.int().min(1).optional(),
  /** A worker that uses more memory than this, bytes, is replaced once what it runs has ended. Default: never. */
  maxWorkerMemoryBytes: z.int().min(1_000_000).optional(),
  /** Limit of a worker's heap, MB: a task that needs more crashes with `OUT_OF_MEMORY`. Default: the runtime's. */
  heapMb: z.int().min(16).max(1_000_000).optional(),
  /** Milliseconds from the start of an attempt after which it is ended. Default: none. */
  timeoutMs: z.number().positive().optional(),
  /**
   * The same in percent of the median duration of the tasks that have succeeded so far; it applies once three
   * have, and never under 100 ms. The shorter one counts where both are given. Default: none.
   */
  timeoutPercent: z.number().positive().optional(),
  /** An attempt without any sign of life for this long, milliseconds, is ended as a crash; 0: never. */
  hangMs: z.number().min(0).default(600_000),
  /** Further attempts of a task whose attempt did not succeed. */
  retries: z.int().min(0).max(100).default(0),
  /** The outcomes that are tried again. */
  retryOn: z
    .array(z.enum(retriedOutcomes))
    .min(1)
    .default(() => [...retriedOutcomes]),
  /**
   * Milliseconds before the second attempt; twice as long before each further one, up to a minute or this,
   * whichever is longer. A random part of up to half of it is left out, so that what failed together does not
   * come back together.
   */
  retryDelayMs: z.number().min(0).max(3_600_000).default(1000),
  /** Stop early. Default: never. */
  halt: haltRuleSchema.optional(),
  /** No task is started while the load average of the last minute is above this. Default: no limit. */
  maxLoad: z.number().positive().optional(),
  /** No task is started while less memory than this, bytes, is available. Default: no limit. */
  minFreeMemoryBytes: z.int().positive().optional(),
  /** Workers that this batch may use at once while the machine runs on its battery. Default: as otherwise. */
  batteryWorkers: z.int().min(1).max(maxWorkers).optional(),
  /** Its tasks start when the batches that this program runs or has queued before it have ended. Default: at once. */
  queued: z.boolean().optional(),
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
  priority: Priority;
  /** Among the batches that are `queued`, or were when they were interrupted, the least runs next; null for all others. */
  place: number | null;
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
  /** Tasks among `pending` that wait for the time of their next attempt. */
  retrying: number;
  /** Why the batch stopped, where it did not end by itself. */
  error: ErrorInfo | null;
  /**
   * What keeps it from going on for now (a full disk, a drive that is away, a machine under load), with what to
   * do; the batch goes on by itself when that has passed.
   */
  notice: ErrorInfo | null;
  /** Inputs that were passed over, and whatever else is worth knowing, a sentence each. */
  warnings: string[];
  /** About how much of the disk it takes, bytes. */
  bytes: number;
}
