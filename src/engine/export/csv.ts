import type { ExportRow } from '../store/store.ts';
import type { Output, RowSink } from './output.ts';
import { roundMs } from './result-line.ts';
import type { Table } from './table.ts';

const columns = ['index', 'input', 'status', 'value', 'error', 'attempts', 'ms'];

/** By this Excel knows that a text is UTF-8. */
const byteOrderMark = '\ufeff';

/**
 * Writes CSV after RFC 4180: lines end with CR LF, what holds a comma, a quote or a line break is quoted.
 * @param table the columns to write; null: those of tasks.
 */
export async function csvSink(out: Output, table: Table | null, mark: boolean): Promise<RowSink> {
  const titles = table ? table.columns.map(({ title }) => title) : columns;
  await out.write((mark ? byteOrderMark : '') + toCsv([titles]));
  const cells = table ? (row: ExportRow) => table.cellsOf(row).map(fieldOf) : taskCells;
  return {
    rows: (rows) => out.write(toCsv(rows.map(cells))),
    end: async () => {},
  };
}

const taskCells = (row: ExportRow): Field[] => [
  row.index,
  textOf(row.input),
  row.state,
  row.value === null ? null : textOf(row.value),
  row.error && `${row.error.name}: ${row.error.message}`,
  row.attempts,
  roundMs(row.ms),
];

type Field = string | number | null;

const fieldOf = (cell: string | number | boolean | null): Field =>
  typeof cell === 'boolean' ? String(cell) : cell;

function toCsv(rows: Field[][]): string {
  let text = '';
  for (const row of rows) text += `${row.map(quoted).join(',')}\r\n`;
  return text;
}

/** Each of a million rows has several: a library that takes options for all of this needs twice the time. */
function quoted(field: Field): string {
  if (typeof field !== 'string') return field === null ? '' : String(field);
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** A JSON text in a cell: a string as itself, anything else as it is. */
function textOf(json: string): string {
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
}
