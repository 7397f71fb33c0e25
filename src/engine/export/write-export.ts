import type { Writable } from 'node:stream';
import type { ExportFormat } from '../../shared/contract.ts';
import type { ExportRow } from '../store/store.ts';
import { csvHeader, csvRows } from './csv.ts';
import { resultLine } from './result-line.ts';

interface Writer {
  start: string;
  /** @param first true for the first rows of all. */
  rows: (rows: ExportRow[], first: boolean) => string;
  end: string;
}

const writers: Record<ExportFormat, Writer> = {
  csv: { start: csvHeader, rows: csvRows, end: '' },
  jsonl: { start: '', rows: (rows) => rows.map((row) => `${resultLine(row)}\n`).join(''), end: '' },
  json: {
    start: '[\n',
    rows: (rows, first) => (first ? '' : ',\n') + rows.map(resultLine).join(',\n'),
    end: '\n]\n',
  },
};

/**
 * Writes rows in a format, a slice at a time, no faster than `out` takes them. Does not end `out`.
 * @returns how many rows were written.
 * Throws what `rows` throws, and the error of `out` where it fails or is closed meanwhile.
 */
export async function writeExport(
  rows: AsyncIterable<ExportRow[]>,
  format: ExportFormat,
  out: Writable,
): Promise<number> {
  const writer = writers[format];
  let count = 0;
  // A failure while the next rows are awaited is reported by the next write, and must not end the process.
  const ignore = () => {};
  out.on('error', ignore);
  try {
    await write(out, writer.start);
    for await (const slice of rows) {
      if (slice.length === 0) continue;
      await write(out, writer.rows(slice, count === 0));
      count += slice.length;
    }
    await write(out, count === 0 ? writer.end.trimStart() : writer.end);
    return count;
  } finally {
    out.off('error', ignore);
  }
}

/** Writes a text; resolves when `out` takes more. */
function write(out: Writable, text: string): Promise<void> {
  if (out.destroyed) return Promise.reject(out.errored ?? closed());
  if (text === '' || out.write(text)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    // Nobody drains a stream that failed or whose reader went away.
    const settle = (done: () => void) => () => {
      out.off('drain', onDrain).off('error', onEnd).off('close', onEnd);
      done();
    };
    const onDrain = settle(resolve);
    const onEnd = settle(() => reject(out.errored ?? closed()));
    out.on('drain', onDrain).on('error', onEnd).on('close', onEnd);
  });
}

const closed = () => new Error('The other end was closed before all was written.');
