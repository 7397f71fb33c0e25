import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SourceOptions } from './block.ts';
import { type RowFile, readBytes } from './row-bytes.ts';

/** A file that can be read at any place. */
export interface LocalFile extends AsyncDisposable {
  path: string;
}

/**
 * The file itself; or, where it is gzipped or standard input, a copy in the system's folder for temporary
 * files, for formats that are read from their end. Throws as `readBytes` does.
 */
export async function localCopy(file: RowFile, options: SourceOptions): Promise<LocalFile> {
  if (file.path !== null && !(await isGzip(file.path))) {
    return { path: file.path, async [Symbol.asyncDispose]() {} };
  }
  const folder = await mkdtemp(join(tmpdir(), 'poolboard-rows-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'rows');
    await pipeline(Readable.from(readBytes(file, options)), createWriteStream(path));
    return { path, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}
