import { resolve } from 'node:path';
import type { InputPreview, WatchSource } from '../../shared/inputs.ts';
import { type PreviewOptions, shownInputs } from './preview.ts';
import { checkWatched, FolderWatch } from './watch.ts';

/** The files that are in a watched folder now, whether they are taken or not. Throws `NO_SUCH_PATH`. */
export async function previewWatched(given: WatchSource, options: PreviewOptions): Promise<InputPreview> {
  const { budgetMs = 1000, cwd = process.cwd() } = options;
  const source = { ...given, folder: resolve(cwd, given.folder) };
  await checkWatched(source);
  const preview: InputPreview = { count: 0, complete: false, bytes: null, first: [], warnings: [] };
  const deadline = AbortSignal.timeout(budgetMs);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  const watch = new FolderWatch(source, { warn: (sentence) => preview.warnings.push(sentence), signal });
  try {
    for await (const files of watch.present()) {
      preview.count += files.length;
      preview.first.push(...files.slice(0, shownInputs - preview.first.length).map(({ path }) => path));
    }
    preview.complete = true;
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!deadline.aborted) throw error;
  }
  return preview;
}
