import { z } from 'zod';
import { call } from '../rpc.ts';
import type { BatchId, TaskIndex, TaskState } from '../task.ts';

/**
 * What became of an input in two runs: an earlier one (`before`) and a later one (`after`).
 *
 * `same`: the same end and the same result. `changed`: the same end, with another result or another error.
 * `fixed`: failed before and succeeded after; `broken`: the other way. `unfinished`: in one of them it did not come to
 * an end of its own. `gone`: an input of the earlier one only, `new`: of the later one only.
 * The order is the code in the store's temporary table: new words go at the end.
 */
export const differences = ['same', 'changed', 'fixed', 'broken', 'unfinished', 'gone', 'new'] as const;
export type Difference = (typeof differences)[number];

export const comparisonFilters = [
  'different',
  'changed',
  'fixed',
  'broken',
  'unfinished',
  'gone',
  'new',
  'slower',
  'faster',
  'all',
] as const;
export type ComparisonFilter = (typeof comparisonFilters)[number];

/** From where on a task that succeeded in both took longer, or less: by so many times, and so many milliseconds. */
export const thresholdSchema = z.object({
  ratio: z.number().min(1).max(1000).default(1.5),
  ms: z.number().min(0).max(86_400_000).default(100),
});
export type Threshold = z.infer<typeof thresholdSchema>;

const pairSchema = z.object({
  before: z.int().positive(),
  after: z.int().positive(),
  threshold: thresholdSchema.prefault({}),
});

export const comparisonQuerySchema = pairSchema.extend({
  filter: z.enum(comparisonFilters).default('different'),
  /** Text to find in inputs, ignoring case; empty for all. */
  search: z.string().max(1000).default(''),
  /** `slower`: what took longer than before by the most time first; `faster`: the other way. */
  sort: z.enum(['index', 'slower', 'faster']).default('index'),
});
export type ComparisonQuery = z.infer<typeof comparisonQuerySchema>;

/** Two runs side by side, as they are in the store at this moment. */
export interface Comparison {
  before: BatchId;
  after: BatchId;
  /** Inputs that are in both. */
  paired: number;
  /** How many each filter shows. `slower` and `faster` may count inputs that another one counts too. */
  counts: Record<ComparisonFilter, number>;
  /** Over the inputs that succeeded in both: the median duration of each, milliseconds; null where there are none. */
  medianMs: { before: number; after: number } | null;
  /** Over the same inputs: the time of all attempts together, milliseconds. */
  totalMs: { before: number; after: number };
}

/** An input in one of the two runs. Texts are cut to a length that a row can show. */
export interface ComparedTask {
  index: TaskIndex;
  state: TaskState;
  result: string | null;
  ms: number | null;
}

export interface ComparisonRow {
  input: string;
  difference: Difference;
  /** By the threshold of the query; null where neither. */
  speed: 'slower' | 'faster' | null;
  before: ComparedTask | null;
  after: ComparedTask | null;
}

export interface ComparisonPage {
  from: number;
  rows: ComparisonRow[];
  total: number;
}

/** Two runs of the same batch, compared input by input. */
export const compare = {
  /** Compares them anew where one of them has changed since. May take seconds where there are millions. */
  open: call<Comparison>()(pairSchema),
  /** Rows that match, of what {@link compare.open} found. */
  rows: call<ComparisonPage>()(
    comparisonQuerySchema.extend({ from: z.int().min(0), count: z.int().min(0).max(5000) }),
  ),
};
