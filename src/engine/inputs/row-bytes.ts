import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PoolboardError } from '../../shared/errors.ts';
import type { SourceOptions } from './block.ts';
import { explain } from './system-error.ts';

/** A file of rows, or standard input: its name for sentences, and its path where it has one. */
export interface RowFile {
  name: string;
  /** Absolute; null for standard input. */
  path: string | null;
}

/** Finds the file that `file` names. Throws `NO_SUCH_PATH`, or `NOT_A_FILE` where it is a folder. */
export async function findRowFile(file: string, options: SourceOptions): Promise<RowFile> {
  if (file === '-') {
    if (!options.stdin) throw new PoolboardError('NO_STDIN', 'There is no standard input here: name a file.');
    return { name: 'Standard input', path: null };
  }
  const path = resolve(options.cwd, file);
  try {
    if (!(await stat(path)).isDirectory()) return { name: path, path };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new PoolboardError(
      'NO_SUCH_PATH',
      code === 'ENOENT'
        ? `There is no file ${path}: check its name.`
        : `${path} cannot be read: ${explain(error)}.`,
      { cause: error },
    );
  }
  throw new PoolboardError('NOT_A_FILE', `${path} is a folder: name the file whose rows are the inputs.`);
}

/**
 * The bytes of a file of rows, as they come; unpacked where they are gzipped, which is told from the bytes and
 * not from the name. Throws `UNREADABLE`, or `BAD_GZIP` where the file was cut off or damaged.
 */
export async function* readBytes(file: RowFile, options: SourceOptions): AsyncGenerator<Buffer> {
  const source = openSource(file, options);
  const end = () => source.destroy();
  options.signal.addEventListener('abort', end);
  try {
    const chunks: AsyncIterator<Buffer | string> = source[Symbol.asyncIterator]();
    const head = await readHead(chunks);
    if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzip(head, chunks, file.name);
    else {
      if (head.length > 0) yield head;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield toBuffer(next.value);
    }
    options.signal.throwIfAborted();
  } catch (error) {
    options.signal.throwIfAborted();
    throw error instanceof PoolboardError ? error : unreadable(file, error);
  } finally {
    options.signal.removeEventListener('abort', end);
    source.destroy();
  }
}

function openSource(file: RowFile, options: SourceOptions): Readable {
  if (file.path !== null) return createReadStream(file.path, { highWaterMark: 1 << 18 });
  return options.stdin as Readable;
}

const toBuffer = (chunk: Buffer | string): Buffer => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk);

/** The first bytes, at least the two that tell gzip; fewer where there are no more. */
async function readHead(chunks: AsyncIterator<Buffer | string>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, toBuffer(next.value)]);
  }
  return head;
}

async function* gunzip(
  head: Buffer,
  rest: AsyncIterator<Buffer | string>,
  name: string,
): AsyncGenerator<Buffer> {
  async function* packed() {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield toBuffer(next.value);
  }
  const unpacked = pipeline(packed, createGunzip({ chunkSize: 1 << 17 }), () => {});
  try {
    yield* unpacked as AsyncIterable<Buffer>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_')) throw error;
    const sentence =
      code === 'Z_BUF_ERROR'
        ? `${name} ends in the middle of its gzip data: it was cut off; copy or download it again.`
        : `${name} is damaged: its gzip data cannot be unpacked; copy or download it again.`;
    throw new PoolboardError('BAD_GZIP', sentence, { cause: error });
  }
}

const unreadable = (file: RowFile, error: unknown) =>
  new PoolboardError('UNREADABLE', `${file.name} cannot be read: ${explain(error)}.`, { cause: error });
