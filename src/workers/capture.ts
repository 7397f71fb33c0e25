import { StringDecoder } from 'node:string_decoder';

export type CapturedStream = 'stdout' | 'stderr';
export type OutputSink = (stream: CapturedStream, text: string) => void;

let currentSink: OutputSink | undefined;

/**
 * From here on, all that JavaScript in this process writes to standard output and error goes to `sink` instead:
 * `console.*`, `process.stdout.write`, pipes into them. What native code and child processes write to the file
 * descriptors themselves does not pass here. The sink is called at once, where the text was written, so that it
 * can ask which task is the current one; it must not throw.
 */
export function captureOutput(sink: OutputSink): void {
  const isFirst = currentSink === undefined;
  currentSink = sink;
  if (!isFirst) return;
  // Captured text is not for a terminal: no colours from console.log, whatever the host's environment asks for.
  delete process.env.FORCE_COLOR;
  capture('stdout', process.stdout);
  capture('stderr', process.stderr);
}

/** Adds text to the output of the current task, as if the task had written it. Dropped where nothing captures. */
export function emitOutput(stream: CapturedStream, text: string): void {
  if (text !== '') currentSink?.(stream, text);
}

type WriteCallback = (error?: Error | null) => void;

function capture(name: CapturedStream, stream: NodeJS.WriteStream): void {
  // A character may be split over two writes of bytes.
  const decoder = new StringDecoder('utf8');

  const write = (
    chunk: string | Uint8Array,
    encodingOrCallback?: BufferEncoding | WriteCallback,
    callback?: WriteCallback,
  ): boolean => {
    const encoding = typeof encodingOrCallback === 'string' ? encodingOrCallback : 'utf8';
    const done = typeof encodingOrCallback === 'function' ? encodingOrCallback : callback;
    emitOutput(name, textOf(chunk, encoding, decoder));
    if (done) process.nextTick(done);
    return true;
  };
  stream.write = write as typeof stream.write;
  stream.end = ((...args: Parameters<typeof write>) => {
    // Others may still write: the stream says that it has finished, and stays open.
    const callback = args.find((argument): argument is WriteCallback => typeof argument === 'function');
    if (args[0] !== undefined && args[0] !== null && typeof args[0] !== 'function') write(...args);
    else if (callback) process.nextTick(callback);
    process.nextTick(() => stream.emit('finish'));
    return stream;
  }) as typeof stream.end;
  // Libraries ask these before they draw bars and colours.
  stream.isTTY = false;
}

function textOf(chunk: string | Uint8Array, encoding: BufferEncoding, decoder: StringDecoder): string {
  if (typeof chunk === 'string') {
    if (encoding === 'utf8' || encoding === 'utf-8') return chunk;
    return decoder.write(Buffer.from(chunk, encoding));
  }
  if (ArrayBuffer.isView(chunk)) {
    return decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
  const kind = chunk === null ? 'null' : typeof chunk;
  const error = new TypeError(`The chunk to write must be a string, Buffer or Uint8Array, not ${kind}.`);
  throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}
