import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  asyncBufferFromFile,
  type Compressors,
  type ParquetParsers,
  parquetMetadataAsync,
  parquetReadObjects,
} from 'hyparquet';
import { compressors as pureCompressors } from 'hyparquet-compressors';
import { PoolboardError } from '../../shared/errors.ts';
import type { Slice, SourceOptions } from './block.ts';
import { localCopy } from './local-copy.ts';
import type { RowFile } from './row-bytes.ts';

/** So many rows are read first, that the first tasks need not wait for a whole row group. */
const firstRows = 1000;

/**
 * The rows of a Parquet file, objects by column name, a row group at a time. Times are ISO texts, bytes are
 * base64, whole numbers that JavaScript cannot hold are texts. Throws `BAD_PARQUET`.
 */
export async function* parquetSlices(file: RowFile, options: SourceOptions): AsyncGenerator<Slice> {
  await using local = await localCopy(file, options);
  try {
    const buffer = await asyncBufferFromFile(local.path);
    const metadata = await parquetMetadataAsync(buffer);
    let groupStart = 0;
    for (const group of metadata.row_groups) {
      const groupEnd = groupStart + Number(group.num_rows);
      const cuts = [groupStart, ...(groupStart === 0 && groupEnd > firstRows ? [firstRows] : []), groupEnd];
      for (let i = 1; i < cuts.length; i += 1) {
        options.signal.throwIfAborted();
        const [rowStart, rowEnd] = [cuts[i - 1], cuts[i]];
        const rows = await parquetReadObjects({
          file: buffer,
          metadata,
          rowStart,
          rowEnd,
          compressors,
          parsers,
        });
        yield { texts: rows.map((row) => JSON.stringify(row, plainValue)) };
      }
      groupStart = groupEnd;
    }
  } catch (error) {
    options.signal.throwIfAborted();
    throw new PoolboardError(
      'BAD_PARQUET',
      `${file.name} is no Parquet file that can be read, or was cut off (${(error as Error).message}): copy or download it again.`,
      { cause: error },
    );
  }
}

/** Node's own decompressors are several times faster than those in JavaScript; it has none for the others. */
const compressors: Compressors = {
  ...pureCompressors,
  GZIP: (input) => gunzipSync(input),
  BROTLI: (input) => brotliDecompressSync(input),
  ZSTD: (input) => zstdDecompressSync(input),
};

const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis) => isoTime(millis, 1000n),
  timestampFromMicroseconds: (micros) => isoTime(micros, 1_000_000n),
  timestampFromNanoseconds: (nanos) => isoTime(nanos, 1_000_000_000n),
  dateFromDays: (days) => isoTime(BigInt(days) * 86_400n, 1n)?.slice(0, 10),
};

/** A count of units since the epoch as an ISO text, with digits beyond the milliseconds where they are not 0. */
function isoTime(units: bigint, perSecond: bigint): string | undefined {
  const part = ((units % perSecond) + perSecond) % perSecond;
  const date = new Date(Number((units - part) / perSecond) * 1000);
  // A time beyond the years that JavaScript knows; the number itself would look like data of another kind.
  if (Number.isNaN(date.getTime())) return undefined;
  const digits = String(part).padStart(String(perSecond).length - 1, '0');
  const fraction = digits.replace(/0+$/, '').padEnd(3, '0');
  return date.toISOString().replace('.000Z', `.${fraction}Z`);
}

function plainValue(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}
