import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { PoolboardError } from '../../shared/errors.ts';
import { fileError } from './file-error.ts';

type Look = Pick<Stats, 'size' | 'mtimeMs' | 'ino' | 'dev'>;

/** Without `O_NONBLOCK` the opening of a named pipe waits for somebody to write, with the whole worker. */
export const readFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Throws `NOT_A_FILE` for what has no bytes of its own. */
export function assertFile(path: string, stats: Stats): void {
  if (stats.isFile()) return;
  const what = stats.isDirectory() ? 'a folder' : 'a device, a pipe or a socket';
  throw new PoolboardError('NOT_A_FILE', `${path} is ${what}, not a file.`);
}

/** Throws `FILE_CHANGED` where a file was written to between two looks at it: what was read is of no one state. */
export function assertUnchanged(path: string, before: Look, after: Look): void {
  if (before.ino !== after.ino || before.dev !== after.dev)
    throw changed(path, 'another file took its place');
  if (before.size !== after.size) {
    throw changed(path, `it had ${bytes(before.size)} at first and ${bytes(after.size)} at the end`);
  }
  if (before.mtimeMs !== after.mtimeMs) throw changed(path, 'something wrote to it');
}

/**
 * For what reads a file by its path: calls `read` and gives what that gives. Throws a `PoolboardError` with the
 * system's code where the file cannot be opened, `NOT_A_FILE`, and `FILE_CHANGED`, also in place of what `read` throws.
 */
export async function readUnchanged<T>(path: string, read: () => Promise<T>): Promise<T> {
  const before = await lookAt(path);
  const failed = (error: unknown) => ({ error });
  const outcome = await read().then((value) => ({ value }), failed);
  const after = await stat(path).catch(failed);
  if ('error' in after)
    throw 'error' in outcome ? fileError(path, after.error) : changed(path, 'it was deleted');
  if (!after.isFile()) throw changed(path, 'it is no file any more');
  assertUnchanged(path, before, after);
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

async function lookAt(path: string): Promise<Stats> {
  try {
    await using file = await open(path, readFlags);
    const stats = await file.stat();
    assertFile(path, stats);
    return stats;
  } catch (error) {
    throw fileError(path, error);
  }
}

function changed(path: string, how: string): PoolboardError {
  return new PoolboardError(
    'FILE_CHANGED',
    `${path} changed while it was read: ${how}; run this task again when nothing writes to it.`,
  );
}

const bytes = (size: number): string => `${size.toLocaleString('en')} ${size === 1 ? 'byte' : 'bytes'}`;
