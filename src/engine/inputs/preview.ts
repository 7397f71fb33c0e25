import { PoolboardError } from '../../shared/errors.ts';
import { type FiniteSource, type InputPreview, type InputSource, rangeLength } from '../../shared/inputs.ts';
import { columnTexts } from '../../shared/json-column.ts';
import { enumerate } from './enumerate.ts';
import { previewWatched } from './preview-watched.ts';

export interface PreviewOptions {
  /** What relative paths start from. Default: the working folder of the process. */
  cwd?: string;
  signal?: AbortSignal;
  /** Milliseconds after which counting stops. Default: 1000. */
  budgetMs?: number;
}

/** Inputs that are shown. */
export const shownInputs = 3;

/**
 * Counts the inputs of a source for a second at most, and shows the first. Throws as `enumerate` does, and
 * `NO_PREVIEW` for standard input, which can be read only once.
 */
export async function previewInputs(
  source: InputSource,
  options: PreviewOptions = {},
): Promise<InputPreview> {
  if (source.kind === 'watch') return previewWatched(source, options);
  return previewFinite(source, options);
}

async function previewFinite(source: FiniteSource, options: PreviewOptions): Promise<InputPreview> {
  const { budgetMs = 1000 } = options;
  const known = await knownCount(source, options);
  const deadline = AbortSignal.timeout(budgetMs);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  const measure = source.kind === 'files';
  const preview: InputPreview = {
    count: 0,
    complete: false,
    bytes: measure ? 0 : null,
    first: [],
    warnings: [],
  };
  const warn = (sentence: string) => preview.warnings.push(sentence);
  try {
    for await (const block of enumerate(source, { warn, signal, cwd: options.cwd, measure })) {
      const texts = columnTexts(block.inputs, block.count).slice(0, shownInputs - preview.first.length);
      preview.first.push(...texts.map((text) => JSON.parse(text) as unknown));
      preview.count += block.count;
      if (preview.bytes !== null) preview.bytes += block.bytes ?? 0;
      if (known && preview.first.length >= Math.min(shownInputs, known.count)) break;
      // Blocks that come without a wait would leave the deadline's timer no chance.
      await new Promise(setImmediate);
    }
    preview.complete = true;
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!deadline.aborted) throw error;
  }
  const [first] = preview.first;
  if (source.kind === 'rows' && typeof first === 'object' && first !== null && !Array.isArray(first)) {
    preview.columns = Object.keys(first);
  }
  return known ? { ...preview, ...known } : preview;
}

/** The count where it takes no reading, or less than the source itself would; null where it has to be read. */
async function knownCount(
  source: FiniteSource,
  options: PreviewOptions,
): Promise<Pick<InputPreview, 'count' | 'complete'> | null> {
  switch (source.kind) {
    case 'range':
      return { count: rangeLength(source), complete: true };
    case 'list':
      return { count: source.values.length, complete: true };
    case 'files':
      return null;
    case 'rows':
      if (source.file !== '-') return null;
      throw new PoolboardError(
        'NO_PREVIEW',
        'Standard input can be read only once, so there is no preview of it.',
      );
    case 'product':
    case 'zip': {
      const previews = await Promise.all(source.sources.map((each) => previewInputs(each, options)));
      const counts = previews.map((preview) => preview.count);
      return {
        count: source.kind === 'zip' ? Math.min(...counts) : counts.reduce((a, b) => a * b, 1),
        complete: previews.every((preview) => preview.complete),
      };
    }
  }
}
