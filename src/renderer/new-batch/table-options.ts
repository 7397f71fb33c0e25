import type { RowsSource } from '../../shared/inputs.ts';
import { formatOf, type RowFormat } from '../../shared/row-format.ts';

/** How a file of rows is to be read, as it was typed. An empty text leaves it to be found out. */
export interface TableTexts {
  format: RowFormat | '';
  delimiter: string;
  encoding: string;
  sheet: string;
  header: boolean;
}

export const emptyTable: TableTexts = { format: '', delimiter: '', encoding: '', sheet: '', header: true };

export const rowFormats: readonly RowFormat[] = ['lines', 'csv', 'tsv', 'json', 'jsonl', 'parquet', 'xlsx'];

type TableOption = 'delimiter' | 'encoding' | 'sheet' | 'header';

const optionsOfFormat: Record<RowFormat, readonly TableOption[]> = {
  lines: ['encoding'],
  csv: ['delimiter', 'encoding', 'header'],
  tsv: ['delimiter', 'encoding', 'header'],
  json: ['encoding'],
  jsonl: ['encoding'],
  parquet: [],
  xlsx: ['sheet', 'header'],
};

/** What can be said about the reading of a file, by its format. */
export const tableOptions = (file: string, { format }: TableTexts): readonly TableOption[] =>
  optionsOfFormat[formatOf({ file, format: format || undefined })];

/** The rows of a file; of the options, those that were set and that the file's format knows. */
export function rowsSource(file: string, table: TableTexts): RowsSource {
  const known = tableOptions(file, table);
  const encoding = table.encoding.trim();
  return {
    kind: 'rows',
    file,
    ...(table.format === '' ? {} : { format: table.format }),
    ...(known.includes('delimiter') && table.delimiter !== '' ? { delimiter: table.delimiter } : {}),
    ...(known.includes('encoding') && encoding !== '' ? { encoding } : {}),
    ...(known.includes('sheet') && table.sheet !== '' ? { sheet: table.sheet } : {}),
    ...(known.includes('header') && !table.header ? { header: false } : {}),
  };
}
