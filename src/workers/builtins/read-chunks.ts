import { close, closeSync, constants, fstatSync, openSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { PoolboardError } from '../../shared/errors.ts';
import type { TaskContext } from '../runner.ts';
import { fileError } from './file-error.ts';

const readAsync = promisify(read);
const closeAsync = promisify(close);

const chunkBytes = 1 << 20;
/** Where a small file lies while it is handed over; nothing else runs meanwhile. */
const shared = Buffer.allocUnsafe(chunkBytes);
const progressMs = 100;

/**
 * Hands a file's bytes to `take`, a chunk at a time; a chunk is good only during the call. Reports progress
 * and stops on the context's signal. Gives the number of bytes. Throws a `PoolboardError` with the system's
 * code, or `NOT_A_FILE`.
 *
 * A small file is read at once: the detour over Node's thread pool costs more than the reading. While a chunk
 * of a large one is taken, the next is being read.
 */
export async function readChunks(
  path: string,
  context: Pick<TaskContext, 'signal' | 'progress'>,
  take: (chunk: Buffer) => void,
): Promise<number> {
  const { fd, size } = openFile(path);
  try {
    let length = 0;
    for (let got = -1; got !== 0 && length < chunkBytes; length += got) {
      got = readSync(fd, shared, length, chunkBytes - length, null);
    }
    if (length > 0) take(shared.subarray(0, length));
    if (length < chunkBytes) {
      closeSync(fd);
      return length;
    }
  } catch (error) {
    closeSync(fd);
    throw fileError(path, error);
  }
  return readRest(path, fd, size, context, take);
}

function openFile(path: string): { fd: number; size: number } {
  let fd: number | undefined;
  try {
    // Without O_NONBLOCK the opening of a named pipe waits for somebody to write, with the whole worker.
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(fd);
    if (stats.isFile()) return { fd, size: stats.size };
    const what = stats.isDirectory() ? 'a folder' : 'a device, a pipe or a socket';
    throw new PoolboardError('NOT_A_FILE', `${path} is ${what}, not a file.`);
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    throw fileError(path, error);
  }
}

async function readRest(
  path: string,
  fd: number,
  size: number,
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
      if (bytesRead === 0) return total;
      pending = readNext(next);
      total += bytesRead;
      take(current.subarray(0, bytesRead));
      [current, next] = [next, current];
      if (performance.now() - reported > progressMs) {
        reported = performance.now();
        context.progress(Math.min(1, total / size));
      }
    }
  } catch (error) {
    throw fileError(path, error);
  } finally {
    // A descriptor must not be closed, and used for another file, under a read that still goes on.
    await pending?.catch(() => {});
    await closeAsync(fd);
  }
}
