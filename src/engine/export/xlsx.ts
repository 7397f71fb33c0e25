import { PassThrough } from 'node:stream';
import { ZipFile } from 'yazl';
import type { ResultColumn } from '../../shared/contract/results.ts';
import { PoolboardError } from '../../shared/errors.ts';
import { formatCount } from '../../shared/format.ts';
import { timeOf } from '../results/kinds.ts';
import { type Output, outputTo, type RowSink } from './output.ts';
import type { Table } from './table.ts';
import { columnName, sheetEnd, sheetStart, workbookFiles, xmlText } from './xlsx-parts.ts';

/** What a sheet of Excel holds, its head included; its specification of limits. */
const maxRows = 1_048_576;
const maxColumns = 16_384;
const maxCharacters = 32_767;

/** Fast, and half as large again as the smallest: a million rows are some 50 MB. */
const compressionLevel = 3;

/** Throws `EXPORT_TOO_LONG` where a sheet cannot hold so much. Nothing has been written then. */
export function checkSheet(rows: number, columns: number): void {
  if (rows > maxRows - 1) {
    throw new PoolboardError(
      'EXPORT_TOO_LONG',
      `A sheet of Excel holds ${formatCount(maxRows - 1, 'en')} rows, and these are ${formatCount(rows, 'en')}. ` +
        'Export fewer of them with a filter, or all as Parquet or CSV.',
    );
  }
  if (columns > maxColumns) {
    throw new PoolboardError(
      'EXPORT_TOO_LONG',
      `A sheet of Excel holds ${formatCount(maxColumns, 'en')} columns, and these are ${formatCount(columns, 'en')}.`,
    );
  }
}

/**
 * Writes a workbook of one sheet. Numbers, booleans and times are such cells; a text is always a text, also where
 * it looks like a formula. Texts longer than a cell can be are cut and end with "…".
 */
export async function xlsxSink(out: Output, table: Table): Promise<RowSink> {
  const { columns } = table;
  const zip = new ZipFile();
  for (const [name, text] of workbookFiles()) zip.addBuffer(Buffer.from(text), name);
  const sheet = new PassThrough({ highWaterMark: 1024 * 1024 });
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', { compressionLevel });
  zip.end();

  const pumped = pump(zip.outputStream, out);
  // The failure is thrown by the next write.
  pumped.catch((error: Error) => sheet.destroy(error));
  zip.on('error', (error: Error) => sheet.destroy(error));
  sheet.on('error', () => {});
  const into = outputTo(sheet);

  const names = columns.map((_, at) => columnName(at));
  await into.write(sheetStart(columns));
  let number = 1;
  return {
    async rows(rows) {
      let text = '';
      for (const row of rows) {
        number += 1;
        const values = table.cellsOf(row);
        text += `<row r="${number}">`;
        for (let at = 0; at < values.length; at += 1) {
          const value = values[at]!;
          if (value !== null) text += cellXml(columns[at]!, value, `${names[at]}${number}`);
        }
        text += '</row>';
      }
      await into.write(text);
    },
    async end() {
      sheet.end(sheetEnd(columns.length, number));
      await pumped;
    },
  };
}

async function pump(stream: NodeJS.ReadableStream, out: Output): Promise<void> {
  for await (const chunk of stream) await out.write(chunk as Buffer);
}

function cellXml(column: ResultColumn, value: string | number | boolean, place: string): string {
  switch (typeof value) {
    case 'number':
      return `<c r="${place}"><v>${value}</v></c>`;
    case 'boolean':
      return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`;
    default: {
      if (value === '') return '';
      const serial = column.type === 'time' ? serialOf(value) : null;
      if (serial !== null) return `<c r="${place}" s="${value.length === 10 ? 2 : 3}"><v>${serial}</v></c>`;
      const text = value.length > maxCharacters ? `${value.slice(0, maxCharacters - 1)}…` : value;
      return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
    }
  }
}

const dayMs = 86_400_000;
/** Days from Excel's day 0 to 1970-01-01. */
const epochSerial = 25_569;
/** 1900-03-01: before it Excel counts a 29 February that never was. */
const firstSerial = 61;

/** The number by which Excel knows a time; null for those before it can. */
function serialOf(text: string): number | null {
  const serial = timeOf(text) / dayMs + epochSerial;
  return serial >= firstSerial ? serial : null;
}
