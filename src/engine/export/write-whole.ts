import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { PoolboardError } from '../../shared/errors.ts';

/** Writes to a stream that somebody else ends; resolves with how many rows that were. */
export type WriteRows = (out: Writable) => Promise<number>;

/**
 * Writes a file that appears whole or not at all: under a temporary name in the same folder, which then takes
 * the file's place. A file that is there is replaced; a symbolic link stays one.
 * @returns how many rows were written.
 * Throws a `PoolboardError` (`EXPORT_FAILED`) that names the file and the fix, and what `write` throws.
 */
export async function writeWhole(file: string, write: WriteRows): Promise<number> {
  const target = await resolveTarget(file);
  if (!target.replace) return await writeTo(write, target.path, 'w', file);
  // Not made of the file's own name, which may be as long as a name can be.
  const name = `.poolboard-${randomBytes(6).toString('hex')}.tmp`;
  const temporary = path.join(path.dirname(target.path), name);
  try {
    const count = await writeTo(write, temporary, 'wx', file);
    await rename(temporary, target.path).catch((error: unknown) => {
      throw exportError(error, file);
    });
    return count;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** Where to write. What is no regular file (a device, a pipe) is written to and never replaced. */
async function resolveTarget(file: string): Promise<{ path: string; replace: boolean }> {
  try {
    const there = await stat(file);
    if (there.isDirectory()) {
      throw new PoolboardError(
        'EXPORT_FAILED',
        `${file} is a folder. Give the name of a file for the export.`,
      );
    }
    return { path: await realpath(file), replace: there.isFile() };
  } catch (error) {
    if (isErrno(error) && error.code === 'ENOENT') return { path: file, replace: true };
    throw exportError(error, file);
  }
}

async function writeTo(write: WriteRows, target: string, flags: 'w' | 'wx', file: string): Promise<number> {
  const handle = await open(target, flags).catch((error: unknown) => {
    throw exportError(error, file);
  });
  // `flush`: on the disk before the name is given, so that no power cut leaves an empty file under it.
  const out = createWriteStream(target, { fd: handle, flush: flags === 'wx' });
  let failure: unknown;
  out.on('error', (error) => {
    failure = error;
  });
  try {
    const count = await write(out);
    out.end();
    await finished(out);
    return count;
  } catch (error) {
    out.destroy();
    throw failure === undefined ? error : exportError(failure, file);
  }
}

function exportError(error: unknown, file: string): PoolboardError {
  if (error instanceof PoolboardError) return error;
  return new PoolboardError('EXPORT_FAILED', sentence(error, file), { cause: error });
}

function sentence(error: unknown, file: string): string {
  const folder = path.dirname(path.resolve(file));
  switch (isErrno(error) ? error.code : undefined) {
    case 'ENOENT':
      return `${file} cannot be written: the folder ${folder} does not exist. Make it, or choose another place.`;
    case 'ENOTDIR':
      return `${file} cannot be written: ${folder} is not a folder. Choose another place.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${file} cannot be written: ${folder} or the file is read-only. Change its permissions, or choose another place.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `${file} cannot be written: the disk is full. Free some space, or choose another place.`;
    case 'ENAMETOOLONG':
      return `${file} cannot be written: the name is too long. Choose a shorter one.`;
    default:
      return `${file} cannot be written (${error instanceof Error ? error.message : String(error)}).`;
  }
}

const isErrno = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'code' in error;
