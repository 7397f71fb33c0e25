/** Taking results away: as CSV, JSON, JSON lines, Parquet, a workbook of Excel, and as a report to read. */
export type { ExportMore, ExportsApi } from './exports.ts';
export { formatOfPath } from './format.ts';
export type { ExportOrder } from './order.ts';
export { resultLine } from './result-line.ts';
