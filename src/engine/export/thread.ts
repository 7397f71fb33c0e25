import type { Writable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { PoolboardError, toErrorInfo } from '../../shared/errors.ts';
import { Database } from '../store/database.ts';
import type { ExportRow } from '../store/store.ts';
import { toStoreError } from '../store/store-error.ts';
import type { ExportNews, ExportThreadData } from './order.ts';
import { outputTo } from './output.ts';
import { planOrder, rowsOfPlan, tableOfOrder } from './read-order.ts';
import { reportPage, reportRows } from './report/write-report.ts';
import { type RowFormat, writeExport } from './write-export.ts';
import { writeWhole } from './write-whole.ts';
import { checkSheet } from './xlsx.ts';

/**
 * The entry of an export's thread. It has a connection of its own and formats and writes by itself, so that
 * whatever the size, neither the engine nor the store's other readers wait for it.
 */

const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread of an export.');
const { database, order, file, canceled, facts } = workerData as ExportThreadData;

/** Milliseconds between two words of how far it is. */
const progressEveryMs = 100;

const tell = (news: ExportNews): void => port.postMessage(news);
const flag = new Int32Array(canceled);
const check = (): void => {
  if (Atomics.load(flag, 0) !== 0) throw new PoolboardError('EXPORT_CANCELED', 'The export was canceled.');
};

try {
  tell({ type: 'done', rows: await run() });
} catch (error) {
  const { code = 'EXPORT_FAILED', message } = toErrorInfo(error);
  tell({ type: 'failed', code, message });
}

async function run(): Promise<number> {
  const db = new Database(database, { readOnly: true });
  try {
    // All of it as it is at this moment: the rows have the very columns that were found, whatever ends meanwhile.
    db.exec('BEGIN');
    tell({ type: 'progress', rows: 0, total: null });
    const plan = planOrder(db, order);
    check();
    if (facts) return await writeReport(db, plan, facts);
    if (order.format === 'xlsx') checkSheet(plan.total, 1);
    const table = tableOfOrder(db, order, check);
    if (order.format === 'xlsx') checkSheet(plan.total, table!.columns.length);
    const { mark = false } = order;
    const format = order.format as RowFormat;
    const write = (out: Writable) => writeExport(told(db, plan), { format, table, mark }, out);
    return await writeWhole(file, write);
  } catch (error) {
    throw error instanceof PoolboardError ? error : toStoreError(error, database);
  } finally {
    db.close();
  }
}

/** A report, which shows the first rows alone; resolves with how many these are. */
async function writeReport(
  db: Database,
  plan: ReturnType<typeof planOrder>,
  facts: NonNullable<ExportThreadData['facts']>,
): Promise<number> {
  const table = tableOfOrder(db, order, check, facts.columns)!;
  const rows: ExportRow[] = [];
  for await (const slice of rowsOfPlan(db, order.batch, plan, check, reportRows)) rows.push(...slice);
  return await writeWhole(file, async (out) => {
    await outputTo(out).write(reportPage(facts, { table, rows, total: plan.total }));
    return rows.length;
  });
}

/** The rows of a plan, telling how many were taken. */
async function* told(db: Database, plan: ReturnType<typeof planOrder>) {
  let rows = 0;
  let toldAt = 0;
  tell({ type: 'progress', rows, total: plan.total });
  for await (const slice of rowsOfPlan(db, order.batch, plan, check)) {
    yield slice;
    rows += slice.length;
    if (performance.now() - toldAt < progressEveryMs) continue;
    toldAt = performance.now();
    tell({ type: 'progress', rows, total: plan.total });
  }
}
