import type { ExportRow } from '../store/store.ts';
import type { Output, RowSink } from './output.ts';
import { resultLine } from './result-line.ts';
import type { Table } from './table.ts';

/** Writes an object a line. */
export async function jsonLinesSink(out: Output, table: Table | null): Promise<RowSink> {
  const lineOf = lineWriter(table);
  return {
    rows: (rows) => out.write(rows.map((row) => `${lineOf(row)}\n`).join('')),
    end: async () => {},
  };
}

/** Writes an array of objects, one a line. */
export async function jsonSink(out: Output, table: Table | null): Promise<RowSink> {
  const lineOf = lineWriter(table);
  let first = true;
  await out.write('[\n');
  return {
    async rows(rows) {
      const text = rows.map(lineOf).join(',\n');
      await out.write(first ? text : `,\n${text}`);
      first = false;
    },
    end: () => out.write(first ? ']\n' : '\n]\n'),
  };
}

/** An object of a table has the columns that the row has a value in, by their titles. */
function lineWriter(table: Table | null): (row: ExportRow) => string {
  if (!table) return resultLine;
  const titles = table.columns.map(({ title }) => title);
  return (row) => {
    const values = table.valuesOf(row);
    const pairs = titles.map((title, at) => [title, values[at]] as const);
    return JSON.stringify(Object.fromEntries(pairs.filter(([, value]) => value !== null)));
  };
}
