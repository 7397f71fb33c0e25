import { open } from 'node:fs/promises';
import { PoolboardError } from '../../shared/errors.ts';
import type { RowsSource } from '../../shared/inputs.ts';
import type { Slice, SourceOptions } from './block.ts';
import { columnNames, rowWriter } from './columns.ts';
import { localCopy } from './local-copy.ts';
import type { RowFile } from './row-bytes.ts';
import { XlsxPackage } from './xlsx-package.ts';
import { SheetParser, type SheetRow } from './xlsx-sheet.ts';
import { readWorkbook, type Workbook } from './xlsx-workbook.ts';

/**
 * The rows of a sheet of an Excel workbook, streamed: objects by the names in its first row, or arrays where
 * `header` is false. Numbers, texts and booleans are what they are, dates are ISO texts, empty cells null;
 * rows without anything are left out. Throws `BAD_XLSX`, `NO_SUCH_SHEET`.
 */
export async function* xlsxSlices(
  source: RowsSource,
  file: RowFile,
  options: SourceOptions,
): AsyncGenerator<Slice> {
  await using local = await localCopy(file, options);
  await refuseOldFormats(local.path, file.name);
  let xlsx: XlsxPackage | undefined;
  try {
    xlsx = await XlsxPackage.open(local.path);
    const workbook = await readWorkbook(xlsx);
    const sheet = new SheetParser(workbook);
    const rows = new Rows(file.name, source.header ?? true, options.warn);
    for await (const _ of xlsx.read(findSheet(workbook, source.sheet, file.name).part, sheet)) {
      options.signal.throwIfAborted();
      const texts = rows.take(sheet.take());
      if (texts.length > 0) yield { texts };
    }
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof PoolboardError) throw error;
    throw new PoolboardError(
      'BAD_XLSX',
      `${file.name} is no Excel workbook that can be read, or was cut off (${(error as Error).message}): save it again as .xlsx.`,
      { cause: error },
    );
  } finally {
    xlsx?.close();
  }
}

/** Before 2007, and with a password, a workbook is no ZIP file but one of Microsoft's compound files. */
async function refuseOldFormats(path: string, name: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (buffer.readUInt32BE() !== 0xd0cf11e0) return;
  } finally {
    await file.close();
  }
  throw new PoolboardError(
    'BAD_XLSX',
    `${name} is an old workbook (.xls) or has a password: save it as .xlsx without one.`,
  );
}

/** The sheet of that name, or the first one that is not hidden. */
function findSheet({ sheets }: Workbook, wanted: string | undefined, file: string): { part: string } {
  const found =
    wanted === undefined
      ? (sheets.find((sheet) => !sheet.isHidden) ?? sheets[0])
      : (sheets.find((sheet) => sheet.name === wanted) ??
        sheets.find((sheet) => sheet.name.toLowerCase() === wanted.toLowerCase()));
  if (found) return found;
  const names = sheets.map((sheet) => `"${sheet.name}"`).join(', ');
  throw new PoolboardError(
    'NO_SUCH_SHEET',
    wanted === undefined ? `${file} has no sheet.` : `${file} has no sheet "${wanted}"; it has ${names}.`,
  );
}

class Rows {
  private columns: string[] | null = null;
  private write: (values: readonly unknown[]) => string = JSON.stringify;
  private readonly name: string;
  private readonly header: boolean;
  private readonly warn: (sentence: string) => void;

  constructor(name: string, header: boolean, warn: (sentence: string) => void) {
    this.name = name;
    this.header = header;
    this.warn = warn;
  }

  take(rows: SheetRow[]): string[] {
    const texts: string[] = [];
    for (const { number, values } of rows) {
      if (!this.header) texts.push(JSON.stringify(values));
      else if (!this.columns) {
        this.columns = columnNames(
          values.map((value) => String(value ?? '')),
          this.name,
          this.warn,
        );
        this.write = rowWriter(this.columns);
      } else {
        const beyond = values.slice(this.columns.length).some((value) => value !== null);
        if (beyond)
          this.warn(
            `${this.name}, row ${number}: cells right of the columns that the first row names are left out.`,
          );
        texts.push(this.write(values));
      }
    }
    return texts;
  }
}
