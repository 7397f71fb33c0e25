import { Readable } from 'node:stream';
import { z } from 'zod';
import { PoolboardError } from '../shared/errors.ts';
import { storeUpload } from './upload.ts';

/** Characters of a pack's head, and files in it, that are taken at most. */
const maxHeadBytes = 4_000_000;
const maxFiles = 10_000;

const headSchema = z
  .array(z.object({ path: z.string(), bytes: z.int().min(0) }))
  .min(1)
  .max(maxFiles);

/**
 * Stores the body of `POST /upload/<drop>`: many files in one request, for a request a file costs a browser
 * milliseconds. The body is the length of its head (four bytes, big-endian), the head (JSON: the `path` of each
 * file, percent-encoded as for `PUT`, and its `bytes`), and the files one after another.
 *
 * Answers with what lay at the top of the drop, absolute. Each file appears whole or not at all; those before
 * one that is refused stay. Throws as {@link storeUpload}.
 */
export async function storeUploadPack(
  dataDir: string,
  pathname: string,
  body: Readable,
): Promise<{ roots: string[] }> {
  const bytes = byteReader(body.iterator({ destroyOnReturn: false }));
  const head = await readHead(bytes);
  const roots = new Set<string>();
  for (const file of head) {
    const content = Readable.from(bytes.part(file.bytes));
    const { root } = await storeUpload(dataDir, `${pathname}/${file.path}`, content, file.bytes);
    roots.add(root);
  }
  return { roots: [...roots] };
}

async function readHead(bytes: ByteReader): Promise<z.infer<typeof headSchema>> {
  const length = (await bytes.whole(4)).readUInt32BE();
  if (length > maxHeadBytes) throw bad('The head of the upload is too long.');
  const text = (await bytes.whole(length)).toString();
  try {
    return headSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw bad('The head of the upload is not a list of files.', cause);
  }
}

interface ByteReader {
  /** The next `count` bytes. Throws `BAD_UPLOAD` where there are fewer. */
  whole(count: number): Promise<Buffer>;
  /** The next `count` bytes as they come; fewer where the body ends before. */
  part(count: number): AsyncGenerator<Buffer>;
}

function byteReader(chunks: AsyncIterator<Buffer>): ByteReader {
  let rest: Buffer = Buffer.alloc(0);
  async function* part(count: number): AsyncGenerator<Buffer> {
    let left = count;
    while (left > 0) {
      if (rest.length === 0) {
        const { value, done } = await chunks.next();
        if (done) return;
        rest = value;
      }
      const taken = rest.subarray(0, left);
      rest = rest.subarray(taken.length);
      left -= taken.length;
      yield taken;
    }
  }
  return {
    part,
    async whole(count) {
      const parts: Buffer[] = [];
      for await (const bytes of part(count)) parts.push(bytes);
      const all = Buffer.concat(parts);
      if (all.length < count) throw bad('The upload ends within its head.');
      return all;
    },
  };
}

const bad = (sentence: string, cause?: unknown) => new PoolboardError('BAD_UPLOAD', sentence, { cause });
