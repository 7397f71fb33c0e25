import type { InputSource } from '../../shared/inputs.ts';
import type { JsonColumn } from '../../shared/json-column.ts';

/** A run of inputs, in order. */
export interface InputBlock {
  inputs: JsonColumn;
  count: number;
  /** Bytes of the files in it, where the inputs are files. */
  bytes?: number;
}

export interface EnumerateOptions {
  /** Told a sentence about each input that is passed over. */
  warn: (sentence: string) => void;
  signal?: AbortSignal;
  /** What `-` reads. */
  stdin?: NodeJS.ReadableStream;
  /** What relative paths start from. Default: the working folder of the process. */
  cwd?: string;
}

/** Enumerates a source lazily. Throws a `PoolboardError` that names the thing and the fix. */
export declare function enumerate(source: InputSource, options: EnumerateOptions): AsyncIterable<InputBlock>;
