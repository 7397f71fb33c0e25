import type { ResultColumn } from '../../shared/contract/results.ts';
import { PoolboardError } from '../../shared/errors.ts';
import { columnPlace } from '../results/column-id.ts';
import { ColumnFinder, taskColumn } from '../results/find-columns.ts';
import { requireBatch } from '../store/batches.ts';
import type { Database } from '../store/database.ts';
import { type ExportPlan, planExport, readExportSlice, unpackRow } from '../store/export-rows.ts';
import { Matcher } from '../store/matches.ts';
import { ResultMatcher } from '../store/result-matches.ts';
import { scanColumn } from '../store/result-scan.ts';
import type { ExportRow } from '../store/store.ts';
import type { ExportOrder } from './order.ts';
import { type Table, tableOf } from './table.ts';

/** Rows that are read at once. */
const sliceRows = 1000;

/** Throws `EXPORT_CANCELED` once the export is canceled. */
export type CheckCanceled = () => void;

/** Which rows an order is of, and how many. Throws `NO_SUCH_BATCH`, `NO_SUCH_COLUMN`. */
export function planOrder(
  db: Database,
  { batch: id, query, results }: ExportOrder,
): ExportPlan & { total: number } {
  const matcher = new Matcher(db);
  const plan = results ? planResults(db, matcher, id, results.query) : planExport(db, matcher, id, query);
  return { ...plan, total: typeof plan.tasks === 'number' ? plan.tasks : plan.tasks.length };
}

function planResults(
  db: Database,
  matcher: Matcher,
  id: number,
  query: NonNullable<ExportOrder['results']>['query'],
): ExportPlan {
  const batch = requireBatch(db, id);
  return { tasks: new ResultMatcher(db, matcher).all(batch, query), rest: batch.rest };
}

/**
 * The columns of an order: those that it names, or, where its format is a table, all that tasks and results
 * have; null where each task is written as it is.
 * @param known the columns that the results have, where they were found before; else all rows are read.
 */
export function tableOfOrder(
  db: Database,
  order: ExportOrder,
  check: CheckCanceled,
  known?: readonly ResultColumn[],
): Table | null {
  const { format, results, batch } = order;
  if (results)
    return tableOf(chosenColumns(results.columns, known ?? findColumns(db, batch, 'results', check)));
  if (format !== 'parquet' && format !== 'xlsx' && format !== 'html') return null;
  const found = known ?? findColumns(db, batch, 'tasks', check);
  return tableOf([
    taskColumn('index'),
    ...found.filter((column) => column.of === 'input'),
    taskColumn('status'),
    ...found.filter((column) => column.of === 'value'),
    taskColumn('error'),
    taskColumn('attempts'),
    taskColumn('ms'),
  ]);
}

function findColumns(
  db: Database,
  id: number,
  of: 'results' | 'tasks',
  check: CheckCanceled,
): ResultColumn[] {
  const finder = new ColumnFinder();
  for (const part of ['input', 'value'] as const) {
    for (const values of scanColumn(db, id, { of: part, keys: [] }, part === 'input' ? of : 'results')) {
      check();
      for (const value of values) finder.add(part, value);
    }
  }
  return finder.columns().columns;
}

function chosenColumns(ids: readonly string[], found: readonly ResultColumn[]): ResultColumn[] {
  return ids.map((id) => {
    const known = found.find((column) => column.id === id);
    if (known) return known;
    const { of, keys } = columnPlace(id);
    return { id, title: keys.join('.') || of, type: 'text', whole: false, of };
  });
}

/** The rows of a plan, in slices; `first`: at most so many. */
export async function* rowsOfPlan(
  db: Database,
  id: number,
  { tasks, rest, total }: ExportPlan & { total: number },
  check: CheckCanceled,
  first = total,
): AsyncGenerator<ExportRow[]> {
  const end = Math.min(total, first);
  for (let from = 0; from < end; ) {
    check();
    const length = Math.min(sliceRows, end - from);
    const indices = Array.from({ length }, (_, offset) =>
      typeof tasks === 'number' ? from + offset : tasks[from + offset]!,
    );
    const rows = readExportSlice(db, id, indices).map((row) => unpackRow(id, rest, row));
    // A task that is counted but not there would be asked for without end.
    if (rows.length === 0)
      throw new PoolboardError('STORE_CORRUPT', `Batch ${id} has fewer tasks than it counts.`);
    from += rows.length;
    yield rows;
  }
}
