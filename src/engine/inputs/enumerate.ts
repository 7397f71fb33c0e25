import type { FiniteSource } from '../../shared/inputs.ts';
import { type EnumerateOptions, type InputBlock, type Slice, type SourceOptions, toBlocks } from './block.ts';
import { productSlices, zipSlices } from './combined.ts';
import { fileSlices } from './files.ts';
import { listSlices } from './list.ts';
import { rangeSlices } from './range.ts';
import { rowSlices } from './rows.ts';
import { Warnings } from './warnings.ts';

export type { EnumerateOptions, InputBlock } from './block.ts';

/**
 * Enumerates a source lazily, in blocks of at most 4,096 inputs or about a megabyte. A block is not held back
 * to be full: the first inputs come as soon as the source gives them.
 *
 * Throws a `PoolboardError` that names the thing and the fix: `NO_SUCH_PATH` and the like before the first
 * block, `NO_INPUTS` where the source turns out to hold nothing. When `signal` aborts, throws its reason.
 */
export async function* enumerate(
  source: FiniteSource,
  options: EnumerateOptions,
): AsyncGenerator<InputBlock, void> {
  options.signal?.throwIfAborted();
  const stop = new AbortController();
  const forward = () => stop.abort(options.signal?.reason);
  options.signal?.addEventListener('abort', forward);
  const warnings = new Warnings(options.warn);
  try {
    const slices = slicesOf(source, {
      warn: warnings.warn,
      signal: stop.signal,
      stdin: options.stdin,
      cwd: options.cwd ?? process.cwd(),
      measure: options.measure ?? false,
    });
    yield* toBlocks(slices, () => stop.abort());
  } finally {
    options.signal?.removeEventListener('abort', forward);
    warnings.end();
  }
}

function slicesOf(source: FiniteSource, options: SourceOptions): AsyncIterable<Slice> {
  switch (source.kind) {
    case 'files':
      return fileSlices(source, options);
    case 'range':
      return rangeSlices(source);
    case 'rows':
      return rowSlices(source, options);
    case 'list':
      return listSlices(source.values);
    case 'product':
      return productSlices(source.sources.map((each) => slicesOf(each, options)));
    case 'zip':
      return zipSlices(
        source.sources.map((each) => slicesOf(each, options)),
        options.warn,
      );
  }
}
