import type { ErrorInfo } from '../../shared/errors.ts';
import { type Draft, sourceOf } from './draft.ts';

/** The part of "New batch" that something is about. */
export type Part = 'inputs' | 'task' | 'options' | 'whole';

const taskCodes = /DEFINITION|EXPORT|MODULE|LOAD|SYNTAX|BUILTIN|PYTHON|COMMAND|PARAM|TASK|FUNCTION/;
const inputCodes = /INPUT|FILE|PATH|ROWS|RANGE|ENOENT|EACCES|GLOB|LIST/;

/** The part that an error of the host is about: by its place, by the path in its argument, by its code. */
export function partOf(error: ErrorInfo, draft: Draft): Part {
  if (error.place && draft.task === 'file' && error.place.file.endsWith(draft.file)) return 'task';
  if (error.code === 'BAD_ARGUMENT') {
    const [, field] = /^\S+: (\w+)/.exec(error.message) ?? [];
    if (field === 'inputs') return 'inputs';
    if (field === 'definition' || field === 'params') return 'task';
    return field === 'options' ? 'options' : 'whole';
  }
  if (error.code && taskCodes.test(error.code)) return 'task';
  if (error.code && inputCodes.test(error.code)) return 'inputs';
  const source = sourceOf(draft);
  const paths =
    source?.kind === 'files'
      ? source.paths
      : source?.kind === 'rows'
        ? [source.file]
        : source?.kind === 'watch'
          ? [source.folder]
          : [];
  if (draft.task === 'file' && draft.file !== '' && error.message.includes(draft.file)) return 'task';
  return paths.some((path) => error.message.includes(path)) ? 'inputs' : 'whole';
}
