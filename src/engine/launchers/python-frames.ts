import { columnValues, toColumn } from '../../shared/json-column.ts';
import type { ChunkMessage, Column, Encoding, FromWorker, ToWorker } from '../../shared/wire.ts';

/**
 * Messages to and from a Python worker as bytes.
 *
 * A frame is two little-endian unsigned 32-bit numbers (length of the header, length of all columns), a header
 * in JSON, and the columns one after another; the header's `columns` says how long each is. Inputs and results
 * are columns: JSON texts that pass through here without being looked at.
 * The other end is src/workers/python/poolboard_worker/protocol.py.
 */

const prefixBytes = 8;

/** Indices travel in 32 bits: a batch of more than 4,294,967,295 tasks would need another frame. */
const bytesPerIndex = 4;

/** A message as one frame. Throws where an input has no JSON text. */
export function toFrame(message: ToWorker): Buffer {
  return message.type === 'chunk' ? chunkFrame(message) : frame(message, []);
}

function chunkFrame({ type, job, chunk, indices, inputs, tellsEach, sentAt }: ChunkMessage): Buffer {
  const column = Buffer.from(typeof inputs === 'string' ? inputs : toColumn(inputs));
  const packed = Buffer.allocUnsafe(indices.length * bytesPerIndex);
  for (let i = 0; i < indices.length; i++) packed.writeUInt32LE(indices[i]!, i * bytesPerIndex);
  return frame({ type, job, chunk, tellsEach, sentAt }, [packed, column]);
}

function frame(header: object, columns: Buffer[]): Buffer {
  const lengths = columns.map((column) => column.length);
  const head = Buffer.from(JSON.stringify(columns.length > 0 ? { ...header, columns: lengths } : header));
  const prefix = Buffer.allocUnsafe(prefixBytes);
  prefix.writeUInt32LE(head.length, 0);
  prefix.writeUInt32LE(
    lengths.reduce((sum, length) => sum + length, 0),
    4,
  );
  return Buffer.concat([prefix, head, ...columns]);
}

/** Cuts a stream of bytes into frames, however the bytes come. */
export class FrameCutter {
  #parts: Buffer[] = [];
  #held = 0;
  /** Bytes that are needed before it is worth looking. */
  #needed = prefixBytes;

  /** The frames that these bytes complete. */
  push(bytes: Buffer): Buffer[] {
    this.#parts.push(bytes);
    this.#held += bytes.length;
    if (this.#held < this.#needed) return [];
    // Only here are parts joined: a frame of many parts is copied once.
    let rest = this.#parts.length === 1 ? bytes : Buffer.concat(this.#parts);
    const frames: Buffer[] = [];
    for (;;) {
      this.#needed = frameBytes(rest);
      if (rest.length < this.#needed) break;
      frames.push(rest.subarray(0, this.#needed));
      rest = rest.subarray(this.#needed);
    }
    this.#parts = rest.length > 0 ? [rest] : [];
    this.#held = rest.length;
    return frames;
  }
}

function frameBytes(bytes: Buffer): number {
  if (bytes.length < prefixBytes) return prefixBytes;
  return prefixBytes + bytes.readUInt32LE(0) + bytes.readUInt32LE(4);
}

interface ResultsHeader {
  type: 'results';
  job: number;
  epochMs: number;
  columns: [number, number, number, number, number];
  output: Extract<FromWorker, { type: 'results' }>['output'];
}

/** The message of a whole frame. `encodingOf` answers how a job's results are wanted. */
export function fromFrame(bytes: Buffer, encodingOf: (job: number) => Encoding): FromWorker {
  const headerEnd = prefixBytes + bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.toString('utf8', prefixBytes, headerEnd)) as FromWorker | ResultsHeader;
  if (!('epochMs' in header)) return header;
  let offset = headerEnd;
  const [indices, outcomes, starts, ends, values] = header.columns.map((length) => {
    offset += length;
    return bytes.subarray(offset - length, offset);
  }) as [Buffer, Buffer, Buffer, Buffer, Buffer];
  const count = outcomes.length;
  const startedAt = numbers(starts, count);
  const ms = numbers(ends, count);
  for (let i = 0; i < count; i++) {
    if (startedAt[i] === Number.NEGATIVE_INFINITY) {
      // Canceled before it started.
      startedAt[i] = ms[i] = 0;
      continue;
    }
    // Readings of one clock, in seconds.
    ms[i] = (ms[i]! - startedAt[i]!) * 1000;
    startedAt[i] = header.epochMs + startedAt[i]! * 1000;
  }
  return {
    type: 'results',
    job: header.job,
    indices: indexList(indices, count),
    outcomes: Uint8Array.from(outcomes),
    values: column(values.toString(), count, encodingOf(header.job)),
    startedAt,
    ms,
    output: header.output,
  };
}

function column(text: string, count: number, encoding: Encoding): Column {
  return encoding === 'json' ? text : columnValues(text, count);
}

function indexList(bytes: Buffer, count: number): number[] {
  const indices = new Array<number>(count);
  for (let i = 0; i < count; i++) indices[i] = bytes.readUInt32LE(i * bytesPerIndex);
  return indices;
}

/** Copied, for a column starts anywhere and a Float64Array must start at a multiple of 8. */
function numbers(bytes: Buffer, count: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(count);
  new Uint8Array(copy.buffer).set(bytes);
  return copy;
}
