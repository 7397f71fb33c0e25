import type { BatchSummary } from '../../shared/batch.ts';
import type { TaskDefinition } from '../../shared/definition.ts';
import { stateWord } from '../board/state-word.ts';
import { t } from '../words/t.ts';

/** What a batch does its tasks with: a file's path, a built-in's name or a command. */
export function subjectOf(definition: TaskDefinition): string {
  switch (definition.kind) {
    case 'builtin':
      return definition.name;
    case 'command':
      return definition.template;
    default:
      return definition.file;
  }
}

/** True where each word of the text is in the batch's name, task or state, whatever the case. */
export function matchesSearch(batch: BatchSummary, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  // All batches are listed several times a second while one runs, mostly without a search.
  if (words.length === 0) return true;
  const { failed } = batch.counts;
  const where = [
    batch.name,
    subjectOf(batch.spec.definition),
    stateWord(batch),
    failed > 0 ? t('count.failed', { count: failed }) : '',
  ]
    .join('\n')
    .toLowerCase();
  return words.every((word) => where.includes(word));
}
