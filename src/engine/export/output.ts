import type { Writable } from 'node:stream';
import type { ExportRow } from '../store/store.ts';

/** Where an export is written to. */
export interface Output {
  /** Resolves when it takes more. Throws the error of the other end where that fails or is closed. */
  write(chunk: string | Uint8Array): Promise<void>;
}

/** What takes the rows of an export, a slice at a time, and writes them in a format. */
export interface RowSink {
  rows(rows: ExportRow[]): Promise<void>;
  end(): Promise<void>;
}

export function outputTo(out: Writable): Output {
  return { write: (chunk) => write(out, chunk) };
}

function write(out: Writable, chunk: string | Uint8Array): Promise<void> {
  if (out.destroyed) return Promise.reject(out.errored ?? closed());
  if (chunk.length === 0 || out.write(chunk)) return Promise.resolve();
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
