import { z } from 'zod';
import { call, event } from '../rpc.ts';
import { columnIdSchema, resultQuerySchema } from './results.ts';

export const exportFormats = ['csv', 'json', 'jsonl', 'parquet', 'xlsx', 'html'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The results as a table, instead of the tasks: these columns of the rows that match. */
export const resultsViewSchema = z.object({
  query: resultQuerySchema,
  columns: z.array(columnIdSchema).min(1).max(1000),
});
export type ResultsView = z.infer<typeof resultsViewSchema>;

/** The number that a window gives to an export, to hear of it and to cancel it. */
export const exportNumberSchema = z.int().min(0);

export interface ExportProgress {
  number: number;
  rows: number;
  /** Rows that there will be; null before they are counted. */
  total: number | null;
}

export const exports = {
  /** Ends an export of this window; nothing of it stays. Nothing where it has ended. */
  cancel: call<void>()(z.object({ number: exportNumberSchema })),
  /** A few times a second, of those exports that have a number. */
  progress: event<ExportProgress>(),
};
