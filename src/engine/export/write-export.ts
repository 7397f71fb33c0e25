import type { Writable } from 'node:stream';
import type { ExportFormat } from '../../shared/contract.ts';
import type { ExportRow } from '../store/store.ts';
import { csvSink } from './csv.ts';
import { jsonLinesSink, jsonSink } from './json.ts';
import { type Output, outputTo, type RowSink } from './output.ts';
import { parquetSink } from './parquet.ts';
import type { Table } from './table.ts';
import { xlsxSink } from './xlsx.ts';

/** The formats that hold rows and nothing else. */
export type RowFormat = Exclude<ExportFormat, 'html'>;

export interface RowExport {
  format: RowFormat;
  /** The columns to write; null: each task as it is. Parquet and XLSX need them. */
  table: Table | null;
  /** Of CSV: begins with a byte order mark. */
  mark?: boolean;
}

/**
 * Writes rows in a format, a slice at a time, no faster than `out` takes them. Does not end `out`.
 * @returns how many rows were written.
 * Throws what `rows` throws, and the error of `out` where it fails or is closed meanwhile.
 */
export async function writeExport(
  rows: AsyncIterable<ExportRow[]>,
  how: RowExport,
  out: Writable,
): Promise<number> {
  let count = 0;
  // A failure while the next rows are awaited is reported by the next write, and must not end the process.
  const ignore = () => {};
  out.on('error', ignore);
  try {
    const sink = await sinkOf(how, outputTo(out));
    for await (const slice of rows) {
      if (slice.length === 0) continue;
      await sink.rows(slice);
      count += slice.length;
    }
    await sink.end();
    return count;
  } finally {
    out.off('error', ignore);
  }
}

function sinkOf({ format, table, mark = false }: RowExport, out: Output): Promise<RowSink> {
  switch (format) {
    case 'csv':
      return csvSink(out, table, mark);
    case 'json':
      return jsonSink(out, table);
    case 'jsonl':
      return jsonLinesSink(out, table);
    case 'parquet':
      return parquetSink(out, needed(table));
    case 'xlsx':
      return xlsxSink(out, needed(table));
  }
}

function needed(table: Table | null): Table {
  if (!table) throw new TypeError('This format needs columns.');
  return table;
}
