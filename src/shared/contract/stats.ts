import { z } from 'zod';
import { maxWorkers } from '../batch.ts';
import { call } from '../rpc.ts';
import type { AttemptOutcome, TaskIndex, TaskState } from '../task.ts';

/**
 * What was measured while a batch ran: its timeline and its charts.
 *
 * Moments are milliseconds of the batch's **run time**: the time since it first started, without the time
 * between an end of it and the next resume or retry. `runs` says when each of its runs began.
 */

/** What the time of a worker is coloured by, and what is counted; their order is that of codes in columns. */
export const laneKinds = ['succeeded', 'failed', 'retried', 'canceled', 'running'] as const;
export type LaneKind = (typeof laneKinds)[number];
export const laneMarks = ['failures', 'retries', 'starts', 'recycles', 'deaths'] as const;
export type LaneMark = (typeof laneMarks)[number];

/** One run of a batch: from a start, a resume or a retry to the next end. */
export interface BatchRunTime {
  /** Where it begins in the run time. */
  at: number;
  /** The same, milliseconds since the epoch. */
  startedAt: number;
}

/** One worker over a stretch of time, a byte a column, as Base64; a kind that does not occur is not there. */
export interface TimelineLane {
  worker: number;
  /** Share of each column's time, 255 for all of it. */
  shares: Partial<Record<LaneKind, string>>;
  /** How many fall into each column, 255 for that and more. */
  marks: Partial<Record<LaneMark, string>>;
  /** The same over the whole stretch: the share of its time that tasks used, and how many. */
  busy: number;
  counts: Record<LaneMark, number>;
}

/** Single attempts, in columns. `kind` is a code of {@link laneKinds}. */
export interface TimelineSpans {
  worker: number[];
  index: TaskIndex[];
  from: number[];
  ms: number[];
  kind: number[];
}

export interface TimelineView {
  /** The batch's run time so far. */
  length: number;
  /** It grows. */
  live: boolean;
  runs: BatchRunTime[];
  from: number;
  to: number;
  columns: number;
  /** By number. */
  lanes: TimelineLane[];
  /** The attempts themselves, where they are few enough; null where the columns say more. */
  spans: TimelineSpans | null;
  /** Attempts of the stretch, about. */
  attempts: number;
  /** True where a column is shorter than what was measured as one, and there are too many attempts to show. */
  crowded: boolean;
  /** Attempts that can be shown as such, at most. */
  mostSpans: number;
}

/** An attempt that the pointer, or the keyboard, has found in the timeline. */
export interface TaskAt {
  index: TaskIndex;
  worker: number;
  /** From 1. */
  attempt: number;
  /** The beginning of it, as a person reads it. */
  input: string;
  state: TaskState;
  /** How the attempt ended; null while it runs. */
  outcome: AttemptOutcome | null;
  from: number;
  /** So far, while it runs. */
  ms: number;
  /** Milliseconds since the epoch. */
  startedAt: number;
}

/** Where the time that workers were not busy has gone to, as shares of workers times time. */
export const losses = ['startup', 'input', 'held', 'stragglers', 'store'] as const;
export type Loss = (typeof losses)[number];

/** `busy` and the losses sum to 1. */
export interface Efficiency {
  busy: number;
  lost: Record<Loss, number>;
  /** Workers that the batch could use, as a mean over its run time. */
  workers: number;
  /** Its run time, milliseconds. */
  ms: number;
}

/** A value for each point; null where there is none. */
export type Series = (number | null)[];

export interface WorkerSeries {
  worker: number;
  /** Cores. */
  cpu: Series;
  /** Bytes. */
  memory: Series;
}

export interface ChartsView {
  length: number;
  live: boolean;
  runs: BatchRunTime[];
  /** The middle of each point's stretch. */
  at: number[];
  /** Length of each point's stretch, milliseconds. */
  step: number;
  /** Tasks a second that ended, those that failed included. */
  ended: number[];
  failed: number[];
  /** Durations of attempts, milliseconds. */
  p50: Series;
  p95: Series;
  p99: Series;
  workers: WorkerSeries[];
  /** Workers beyond those of `workers`. */
  workersLeftOut: number;
  /** Poolboard itself. */
  own: { cpu: Series; memory: Series };
  /** All workers and Poolboard itself. */
  whole: { cpu: Series; memory: Series };
  /** Over the whole run time: attempts, and percentiles of their durations. */
  durations: { count: number; p50: number; p95: number; p99: number } | null;
  efficiency: Efficiency | null;
}

/** How an export of a trace ended. */
export type TraceOutcome =
  | { kind: 'saved'; path: string; rows: number }
  | { kind: 'download'; url: string; name: string }
  | { kind: 'canceled' };

const batch = z.int().positive();
const time = z.number().min(0);

export const stats = {
  /** Throws `NO_SUCH_BATCH`. `to` null: up to now. */
  timeline: call<TimelineView>()(
    z.object({ batch, from: time, to: time.nullable(), pixels: z.int().min(1).max(8192) }),
  ),
  /** The attempt that a worker ran then; or the first that began after it, the last that began before it. */
  at: call<TaskAt | null>()(
    z.object({
      batch,
      worker: z
        .int()
        .min(1)
        .max(maxWorkers * 2),
      time,
      /** How far beside it the attempt may be, milliseconds. */
      reach: time.default(0),
      step: z.enum(['here', 'next', 'previous']).default('here'),
    }),
  ),
  charts: call<ChartsView>()(z.object({ batch })),
  /** Exports all attempts as a Chrome trace; `exports` tells of it, and cancels it, by its number. */
  trace: call<TraceOutcome>()(z.object({ batch, number: z.int().min(0) })),
};
