import { PoolboardError } from '../../shared/errors.ts';
import type { RowsSource } from '../../shared/inputs.ts';
import { formatOf } from '../../shared/row-format.ts';
import type { Slice, SourceOptions } from './block.ts';
import { csvSlices } from './csv.ts';
import { jsonArraySlices } from './json-array.ts';
import { jsonLineSlices } from './json-lines.ts';
import { splitLines } from './lines.ts';
import { findRowFile, type RowFile } from './row-bytes.ts';
import { readText } from './row-text.ts';

/**
 * The rows of a file or of standard input, streamed. Throws `NO_SUCH_PATH`, `NO_INPUTS` where there are no
 * rows, and what the readers of the formats throw.
 */
export async function* rowSlices(source: RowsSource, options: SourceOptions): AsyncGenerator<Slice> {
  const file = await findRowFile(source.file, options);
  let count = 0;
  for await (const slice of await readerOf(source, file, options)) {
    count += slice.texts.length;
    yield slice;
  }
  if (count === 0) throw new PoolboardError('NO_INPUTS', `${file.name} holds no rows: it is empty.`);
}

/** Formats that bring a library with them are loaded when they are first read. */
async function readerOf(
  source: RowsSource,
  file: RowFile,
  options: SourceOptions,
): Promise<AsyncIterable<Slice>> {
  switch (formatOf(source)) {
    case 'lines':
      return lineSlices(readText(file, source, options), file.name);
    case 'csv':
      return csvSlices(source, file, options, undefined);
    case 'tsv':
      return csvSlices(source, file, options, '\t');
    case 'jsonl':
      return jsonLineSlices(readText(file, source, options), file.name, options);
    case 'json':
      return jsonArraySlices(readText(file, source, options), file.name);
    case 'parquet':
      return (await import('./parquet.ts')).parquetSlices(file, options);
    case 'xlsx':
      return (await import('./xlsx.ts')).xlsxSlices(source, file, options);
  }
}

/** Each line is an input, empty ones too, as `wc -l` counts them; a last line may do without its newline. */
async function* lineSlices(pieces: AsyncIterable<string>, name: string): AsyncGenerator<Slice> {
  for await (const lines of splitLines(pieces, name)) {
    yield { texts: lines.map((line) => JSON.stringify(line)) };
  }
}
