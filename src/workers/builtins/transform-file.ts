import { createReadStream, createWriteStream } from 'node:fs';
import { stat, utimes } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PoolboardError } from '../../shared/errors.ts';
import type { TaskContext } from '../runner.ts';
import { fileError } from './file-error.ts';

const progressMs = 100;

/**
 * Sends a file's bytes through `transforms` into a new file, with the times and permissions of the first.
 * Reports progress, stops on the signal. Gives the bytes of both. Throws the system's code, or `NOT_A_FILE`.
 */
export async function transformFile(
  input: string,
  output: string,
  context: TaskContext,
  ...transforms: Transform[]
): Promise<{ bytes: number; outputBytes: number }> {
  const stats = await stat(input).catch((error: unknown) => {
    throw fileError(input, error);
  });
  if (!stats.isFile()) throw new PoolboardError('NOT_A_FILE', `${input} is not a file.`);
  let bytes = 0;
  let reported = performance.now();
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (performance.now() - reported > progressMs) {
        reported = performance.now();
        context.progress(Math.min(1, bytes / stats.size));
      }
      done(null, chunk);
    },
  });
  const source = createReadStream(input, { highWaterMark: 1 << 18 });
  // The reading's errors are about the input; the others about the output, and named by who writes it.
  let readError: unknown;
  source.on('error', (error) => {
    readError = error;
  });
  const target = createWriteStream(output, { flags: 'wx', mode: stats.mode });
  try {
    await pipeline([source, counter, ...transforms, target], { signal: context.signal });
  } catch (error) {
    throw readError ? fileError(input, readError) : error;
  }
  await utimes(output, stats.atime, stats.mtime);
  return { bytes, outputBytes: target.bytesWritten };
}
