import { create } from 'zustand';
import type { ExportFormat, ResultsView } from '../../shared/contract/exports.ts';
import type { BatchId } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { client } from '../connection.ts';
import { download } from '../download.ts';
import { report, toast } from '../state/toasts.ts';
import { t } from '../words/t.ts';

/** An export that goes on. */
export interface Exporting {
  number: number;
  format: ExportFormat;
  /** Null before the host told of it: it may be asking where to save the file. */
  rows: number | null;
  total: number | null;
}

export const useExports = create<{ exports: Exporting[] }>(() => ({ exports: [] }));

let lastNumber = 0;

/** A number that no other export of this window has, to hear of it and to cancel it. */
export const nextExport = (): number => ++lastNumber;

export interface WantedExport {
  batch: BatchId;
  format: ExportFormat;
  query: TaskQuery;
  /** The table of results, instead of tasks. */
  results?: ResultsView;
  /** CSV that Excel knows to be UTF-8. */
  mark?: boolean;
}

/** Exports: the host saves a file, or the browser downloads one. Shows how far it is, and how it ended. */
export async function exportTo(wanted: WantedExport): Promise<void> {
  const number = nextExport();
  change((exports) => [...exports, { number, format: wanted.format, rows: null, total: null }]);
  try {
    const outcome = await client.batches.export({ ...wanted, number });
    if (outcome.kind === 'saved') {
      const key = wanted.results ? 'export.saved-results' : 'export.saved';
      if (wanted.format === 'html') toast('info', t('export.saved-report', { path: outcome.path }));
      else toast('info', t(key, { count: outcome.rows, path: outcome.path }));
    } else if (outcome.kind === 'download') download(outcome.url, outcome.name);
  } catch (error) {
    report(error);
  } finally {
    change((exports) => exports.filter((each) => each.number !== number));
  }
}

export function cancelExport(number: number): void {
  client.exports.cancel({ number }).catch(report);
}

/** Hears how far exports are. */
export function followExports(): void {
  client.exports.on.progress(({ number, rows, total }) =>
    change((exports) => exports.map((each) => (each.number === number ? { ...each, rows, total } : each))),
  );
}

const change = (next: (exports: Exporting[]) => Exporting[]): void =>
  useExports.setState(({ exports }) => ({ exports: next(exports) }));
