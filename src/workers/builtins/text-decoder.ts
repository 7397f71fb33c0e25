import { PoolboardError } from '../../shared/errors.ts';

/** Decodes a text that comes in chunks: as its byte order mark says, else as asked, else as UTF-8. */
export class ChunkDecoder {
  private decoder: InstanceType<typeof TextDecoder> | null = null;
  private readonly encoding: string;

  /** Throws `BAD_ENCODING`. @param encoding any name that browsers know; UTF-8 where empty. */
  constructor(encoding = '') {
    this.encoding = encoding || 'utf-8';
    try {
      new TextDecoder(this.encoding);
    } catch (error) {
      throw new PoolboardError(
        'BAD_ENCODING',
        `The encoding ${encoding} is not known: use utf-8, utf-16le or windows-1252.`,
        {
          cause: error,
        },
      );
    }
  }

  decode(chunk: Uint8Array): string {
    this.decoder ??= new TextDecoder(markOf(chunk) ?? this.encoding);
    return this.decoder.decode(chunk, { stream: true });
  }

  end(): string {
    return this.decoder?.decode() ?? '';
  }
}

/** The encoding that the first bytes tell; the first chunk of a file holds them all. */
function markOf(chunk: Uint8Array): string | null {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 'utf-8' : null;
}
