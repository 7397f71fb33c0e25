import type { RowsSource } from './inputs.ts';

export type RowFormat = NonNullable<RowsSource['format']>;

const formats: Record<string, RowFormat> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
};

/** The format that a file's name tells, `.gz` left aside; lines where it tells none. */
export function formatOf(source: Pick<RowsSource, 'file' | 'format'>): RowFormat {
  if (source.format) return source.format;
  const extension = /\.([^./\\]+)(?:\.gz)?$/i.exec(source.file.replace(/\.gz$/i, ''))?.[1];
  return formats[extension?.toLowerCase() ?? ''] ?? 'lines';
}
