import { stringify } from 'csv-stringify/sync';
import type { ExportRow } from '../store/store.ts';
import { roundMs } from './result-line.ts';

const columns = ['index', 'input', 'status', 'value', 'error', 'attempts', 'ms'];

export const csvHeader = toCsv([columns]);

/** Rows as CSV after RFC 4180: lines end with CR LF, what holds a comma, a quote or a line break is quoted. */
export function csvRows(rows: ExportRow[]): string {
  return toCsv(
    rows.map((row) => [
      row.index,
      textOf(row.input),
      row.state,
      row.value === null ? null : textOf(row.value),
      row.error && `${row.error.name}: ${row.error.message}`,
      row.attempts,
      roundMs(row.ms),
    ]),
  );
}

function toCsv(rows: (string | number | null)[][]): string {
  return stringify(rows, { record_delimiter: '\r\n' });
}

/** A JSON text in a cell: a string as itself, anything else as it is. */
function textOf(json: string): string {
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
}
