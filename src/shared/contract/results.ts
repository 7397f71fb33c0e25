import { z } from 'zod';
import { call } from '../rpc.ts';
import type { BatchId, TaskIndex } from '../task.ts';

/**
 * The results of a batch as a table: a row for each task that succeeded; objects are spread into columns by
 * their keys.
 */

const batchId = z.int().positive();

/** What the values of a column are, all of them; texts of several kinds are `text`, all else that is mixed too. */
export const columnTypes = ['number', 'boolean', 'time', 'link', 'image', 'file', 'text', 'json'] as const;
export type ColumnType = (typeof columnTypes)[number];

/** Names a column: where it comes from, and the path of keys to it; see `engine/results/column-id.ts`. */
export const columnIdSchema = z.string().min(1).max(2000);

export interface ResultColumn {
  id: string;
  /** What stands over it: the keys, with dots between them. */
  title: string;
  type: ColumnType;
  /** Of numbers: none of them has a fraction. */
  whole: boolean;
  of: 'task' | 'input' | 'value';
}

export interface ResultColumns {
  batch: BatchId;
  /** In the order in which they are shown. */
  columns: ResultColumn[];
  /** Columns that are left out, for there are too many. */
  more: number;
  /** False where they are those of a part of the results: asked again, all are read. */
  complete: boolean;
}

export const filterOperators = ['contains', 'equals', 'greater', 'less', 'empty', 'filled'] as const;
export type FilterOperator = (typeof filterOperators)[number];

export const resultFilterSchema = z.object({
  column: columnIdSchema,
  operator: z.enum(filterOperators),
  /** What is compared with; nothing for `empty` and `filled`. */
  value: z.string().max(1000).default(''),
});
export type ResultFilter = z.infer<typeof resultFilterSchema>;

/** Which results, in which order; without a sort that of the tasks. */
export const resultQuerySchema = z.object({
  /** All of them have to hold. */
  filters: z.array(resultFilterSchema).max(20).default([]),
  sort: z.object({ column: columnIdSchema, descending: z.boolean() }).nullable().default(null),
});
export type ResultQuery = z.infer<typeof resultQuerySchema>;

/** One value as a row shows it: texts are cut, arrays and objects are JSON texts. */
export type Cell = string | number | boolean | null;

export interface ResultRow {
  index: TaskIndex;
  /** In the order of the columns that were asked for. */
  cells: Cell[];
}

export interface ResultPage {
  batch: BatchId;
  from: number;
  rows: ResultRow[];
  /** Rows that match, over the whole batch. */
  total: number;
}

/** What there is to say of a column, over all results. */
export interface ColumnSummary {
  column: string;
  /** Results, and how many of them have a value here. */
  rows: number;
  filled: number;
  distinct: number;
  /** There are so many distinct values that their number is an estimate, good to about 1%. */
  distinctIsEstimate: boolean;
  /** Of numbers; of times in milliseconds since the epoch. */
  numbers: { min: number; max: number; mean: number } | null;
  /** Equal parts from `min` to `max`, and how many numbers are in each. */
  bars: number[];
  /** The most frequent values, as they are shown; none where there are too many different ones to count. */
  frequent: { value: string; count: number }[];
}

/** A value whole, for one who looks at it. */
export interface WholeCell {
  /** JSON is laid out over lines. */
  text: string;
  type: ColumnType | null;
  /** True where it is longer than what is given. */
  cut: boolean;
}

const cellSchema = z.object({ batch: batchId, task: z.int().min(0), column: columnIdSchema });

export const results = {
  /** `quick`: of many results, a part is read, which takes a moment. */
  columns: call<ResultColumns>()(z.object({ batch: batchId, quick: z.boolean().default(false) })),
  page: call<ResultPage>()(
    z.object({
      batch: batchId,
      query: resultQuerySchema,
      columns: z.array(columnIdSchema).max(1000),
      from: z.int().min(0),
      count: z.int().min(0).max(1000),
    }),
  ),
  summary: call<ColumnSummary>()(z.object({ batch: batchId, column: columnIdSchema })),
  cell: call<WholeCell>()(cellSchema),
  /**
   * Opens what a cell names with the programs of this machine: a link in the browser, a file with its program,
   * its folder with the file shown. Throws `NOT_A_LINK`, `NOT_A_FILE`, `NO_SUCH_FILE`, `OPEN_REFUSED`.
   */
  open: call<void>()(cellSchema.extend({ what: z.enum(['link', 'file', 'folder']) })),
};
