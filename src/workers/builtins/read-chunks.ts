import { close, closeSync, fstat, fstatSync, openSync, read, readSync, type Stats } from 'node:fs';
import { promisify } from 'node:util';
import type { TaskContext } from '../runner.ts';
import { assertFile, assertUnchanged, readFlags } from './file-change.ts';
import { fileError } from './file-error.ts';

const readAsync = promisify(read);
const closeAsync = promisify(close);
const fstatAsync = promisify(fstat);

const chunkBytes = 1 << 20;
/** Where a small file lies while it is handed over; nothing else runs meanwhile. */
const shared = Buffer.allocUnsafe(chunkBytes);
const progressMs = 100;

/**
 * Hands a file's bytes to `take`, a chunk at a time; a chunk is good only during the call. Reports progress
 * and stops on the context's signal. Gives the number of bytes. Throws a `PoolboardError` with the system's
 * code, `NOT_A_FILE`, or `FILE_CHANGED` where something wrote to it meanwhile.
 *
 * A small file is read at once: the detour over Node's thread pool costs more than the reading. While a chunk
 * of a large one is taken, the next is being read.
 */
export async function readChunks(
  path: string,
  context: Pick<TaskContext, 'signal' | 'progress'>,
  take: (chunk: Buffer) => void,
): Promise<number> {
  const { fd, stats } = openFile(path);
  try {
    let length = 0;
    for (let got = -1; got !== 0 && length < chunkBytes; length += got) {
      got = readSync(fd, shared, length, chunkBytes - length, null);
    }
    if (length < chunkBytes) assertUnchanged(path, stats, fstatSync(fd));
    if (length > 0) take(shared.subarray(0, length));
    if (length < chunkBytes) {
      closeSync(fd);
      return length;
    }
  } catch (error) {
    closeSync(fd);
    throw fileError(path, error);
  }
  return readRest(path, fd, stats, context, take);
}

function openFile(path: string): { fd: number; stats: Stats } {
  let fd: number | undefined;
  try {
    fd = openSync(path, readFlags);
    const stats = fstatSync(fd);
    assertFile(path, stats);
    return { fd, stats };
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    throw fileError(path, error);
  }
}

async function readRest(
  path: string,
  fd: number,
  stats: Stats,
  context: Pick<TaskContext, 'signal' | 'progress'>,
  take: (chunk: Buffer) => void,
): Promise<number> {
  let total = chunkBytes;
  let reported = performance.now();
  let pending: ReturnType<typeof readNext> | null = null;
  const readNext = (buffer: Buffer) => readAsync(fd, buffer, 0, chunkBytes, null);
  try {
    let current = Buffer.allocUnsafeSlow(chunkBytes);
    let next = Buffer.allocUnsafeSlow(chunkBytes);
    pending = readNext(current);
    for (;;) {
      const { bytesRead } = await pending;
      pending = null;
      context.signal.throwIfAborted();
      if (bytesRead === 0) break;
      pending = readNext(next);
      total += bytesRead;
      take(current.subarray(0, bytesRead));
      [current, next] = [next, current];
      if (performance.now() - reported > progressMs) {
        reported = performance.now();
        context.progress(Math.min(1, total / stats.size));
        // Long before the end of a large file.
        assertUnchanged(path, stats, fstatSync(fd));
      }
    }
    assertUnchanged(path, stats, await fstatAsync(fd));
    return total;
  } catch (error) {
    context.signal.throwIfAborted();
    // What was read in the middle of a change may make no sense to `take`: that is the better reason.
    assertUnchanged(path, stats, fstatSync(fd));
    throw fileError(path, error);
  } finally {
    // A descriptor must not be closed, and used for another file, under a read that still goes on.
    await pending?.catch(() => {});
    await closeAsync(fd);
  }
}
