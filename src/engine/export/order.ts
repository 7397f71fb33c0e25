import type { ResultsView } from '../../shared/contract/exports.ts';
import type { ExportFormat } from '../../shared/contract.ts';
import type { BatchId } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import type { ReportFacts } from './report/facts.ts';

/** What is to be exported, and how. */
export interface ExportOrder {
  batch: BatchId;
  format: ExportFormat;
  /** The tasks, where no `results` are given. */
  query: TaskQuery;
  /** A table of these results, instead of the tasks. */
  results?: ResultsView;
  /** Of CSV: begins with a byte order mark, by which Excel knows that it is UTF-8. Default: false. */
  mark?: boolean;
}

/** What an export's thread is started with. */
export interface ExportThreadData {
  /** The database. */
  database: string;
  order: ExportOrder;
  /** The file to write. */
  file: string;
  /** Of a report: what it tells besides rows. */
  facts: ReportFacts | null;
  /** One 32-bit number: not 0 once the export is canceled. */
  canceled: SharedArrayBuffer;
}

/** What an export's thread tells. The last message is `done` or `failed`. */
export type ExportNews =
  | { type: 'progress'; rows: number; total: number | null }
  | { type: 'done'; rows: number }
  | { type: 'failed'; code: string; message: string };
