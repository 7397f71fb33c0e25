import { once } from 'node:events';
import { createReadStream, createWriteStream, fstatSync, read } from 'node:fs';
import { type FileHandle, open, utimes } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TaskContext } from '../runner.ts';
import { assertFile, assertUnchanged, readFlags } from './file-change.ts';
import { fileError } from './file-error.ts';

const progressMs = 100;

const letGo = (_fd: number, done?: (error: null) => void): void => done?.(null);

/**
 * Sends a file's bytes through `transforms` into a new file, with the times and permissions of the first.
 * Reports progress, stops on the signal. Gives the bytes of both. Throws the system's code, `NOT_A_FILE`, or
 * `FILE_CHANGED` where something wrote to the first meanwhile.
 */
export async function transformFile(
  input: string,
  output: string,
  context: TaskContext,
  ...transforms: Transform[]
): Promise<{ bytes: number; outputBytes: number }> {
  const ofInput = (error: unknown): never => {
    throw fileError(input, error);
  };
  await using file: FileHandle = await open(input, readFlags).catch(ofInput);
  const stats = await file.stat().catch(ofInput);
  assertFile(input, stats);
  const hasChanged = () => {
    const now = fstatSync(file.fd);
    return now.size !== stats.size || now.mtimeMs !== stats.mtimeMs;
  };
  let bytes = 0;
  let reported = performance.now();
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (performance.now() - reported > progressMs) {
        reported = performance.now();
        context.progress(Math.min(1, bytes / stats.size));
        if (hasChanged()) {
          // Long before the end of a large file; below it is said how.
          done(new Error('changed'));
          return;
        }
      }
      done(null, chunk);
    },
  });
  // The stream lets go of the file, and leaves its closing to us: it is looked at once more.
  const source = createReadStream('', { fd: file.fd, highWaterMark: 1 << 18, fs: { read, close: letGo } });
  // The reading's errors are about the input; the others about the output, and named by who writes it.
  let readError: unknown;
  source.on('error', (error) => {
    readError = error;
  });
  const target = createWriteStream(output, { flags: 'wx', mode: stats.mode });
  try {
    await pipeline([source, counter, ...transforms, target], { signal: context.signal });
  } catch (error) {
    context.signal.throwIfAborted();
    // What was read in the middle of a change may make no sense to what reads it: that is the better reason.
    assertUnchanged(input, stats, await file.stat().catch(ofInput));
    throw readError ? fileError(input, readError) : error;
  } finally {
    // A file must not be closed under a read that still goes on.
    if (!source.closed) await once(source, 'close');
  }
  assertUnchanged(input, stats, await file.stat().catch(ofInput));
  await utimes(output, stats.atime, stats.mtime);
  return { bytes, outputBytes: target.bytesWritten };
}
