import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { PoolboardError } from '../shared/errors.ts';
import { parseUploadPath } from './upload-path.ts';

/** Answer to an upload. Both are absolute. */
export interface Uploaded {
  path: string;
  /** The file or folder that was dropped, of which this file is all or a part. */
  root: string;
}

/** Where uploads of a data folder are kept, a folder for each drop. */
export const uploadsFolder = (dataDir: string): string => join(dataDir, 'uploads');

/** Beside the drops, for a drop's folder must never hold half a file. */
const partsFolder = (dataDir: string): string => join(uploadsFolder(dataDir), '.parts');

/**
 * Stores the body of `PUT /upload/<drop>/<path>`; the file appears whole or not at all.
 * @param bytes what the body is said to be long, where that is known: a shorter one is refused.
 * Throws `BAD_UPLOAD`, `UPLOAD_EXISTS`, `UPLOAD_CUT` or `UPLOAD_FAILED` (a full disk, for example).
 */
export async function storeUpload(
  dataDir: string,
  pathname: string,
  body: Readable,
  bytes: number | null,
): Promise<Uploaded> {
  const { drop, names } = parseUploadPath(pathname);
  const folder = join(uploadsFolder(dataDir), drop);
  const path = join(folder, ...names);
  const part = join(partsFolder(dataDir), randomUUID());
  try {
    await mkdir(partsFolder(dataDir), { recursive: true });
    await writeBody(body, part, bytes);
    await place(part, path, names.join('/'));
    return { path, root: join(folder, names[0]!) };
  } catch (error) {
    throw explain(error, names.join('/'));
  } finally {
    await rm(part, { force: true }).catch(() => {});
  }
}

/** Leaves the body open where writing fails, so that the sender can still be answered. */
async function writeBody(body: Readable, path: string, bytes: number | null): Promise<void> {
  await using file = await open(path, 'wx');
  let written = 0;
  const chunks: AsyncIterable<Buffer> = body.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    await file.appendFile(chunk);
    written += chunk.length;
  }
  if (bytes !== null && written !== bytes) throw new CutOff();
}

class CutOff extends Error {}

async function place(part: string, path: string, file: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    // Unlike a rename, a link never replaces a file that is there.
    await link(part, path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (linkless.includes(code)) return rename(part, path);
    if (!occupied.includes(code)) throw error;
    throw new PoolboardError('UPLOAD_EXISTS', `Another file of this drop is in the way of ${file}.`, {
      cause: error,
    });
  }
}

/** Some disks know no links. */
const linkless = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];
const occupied = ['EEXIST', 'ENOTDIR', 'EISDIR'];

function explain(error: unknown, file: string): PoolboardError {
  if (error instanceof PoolboardError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (error instanceof CutOff || code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new PoolboardError('UPLOAD_CUT', `The upload of ${file} was cut off; nothing of it was kept.`);
  }
  const sentence = `${file} could not be stored: ${reasons[code] ?? message}.`;
  return new PoolboardError('UPLOAD_FAILED', sentence, { cause: error });
}

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota on this disk is used up',
  EACCES: 'the data folder may not be written to',
  EPERM: 'the data folder may not be written to',
  EROFS: 'the data folder is on a read-only disk',
  ENAMETOOLONG: 'its path is too long for this disk',
};
