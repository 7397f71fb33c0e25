import type { DefinitionDescription } from '../../shared/definition.ts';
import type { InputPreview } from '../../shared/inputs.ts';
import { t } from '../words/t.ts';
import type { Asked } from './asked.ts';
import { countOf, type Draft, definitionKey, definitionOf, sourceOf } from './draft.ts';
import { commandsOfDraft } from './draft-commands.ts';
import { readParams } from './fields.ts';
import { readOptions } from './option-texts.ts';

/** Whether a draft can be run. */
export interface Readiness {
  /** How many tasks it would be; null while that is not known. */
  count: number | null;
  /** False where there are more than `count`. */
  exact: boolean;
  /** What is missing, in a sentence; null where nothing is. */
  reason: string | null;
}

interface Known {
  draft: Draft;
  preview: Asked<InputPreview>;
  description: Asked<DefinitionDescription>;
  /** Whether the host's machine runs Windows. */
  windows?: boolean;
  /** Whether files are on their way to the host. */
  uploading?: boolean;
}

/** What the big button says, and the first thing that keeps the batch from being run: by it and by its key. */
export function readiness({
  draft,
  preview,
  description,
  windows = false,
  uploading = false,
}: Known): Readiness {
  if (uploading) return { count: null, exact: true, reason: t('reason.uploading') };
  const source = sourceOf(draft);
  const counted = preview.state === 'answered' ? preview.answer : null;
  const own = source && countOf(source);
  const count = draft.inputs === 'watch' ? null : (own ?? counted?.count ?? null);
  const exact = own !== null || (counted?.complete ?? true);
  const reason =
    inputsReason(draft, preview, count) ??
    taskReason(draft, description) ??
    (commandsOfDraft(draft, preview, windows)?.problem ? t('reason.bad-task') : null) ??
    optionsReason(draft);
  return { count: count === 0 ? null : count, exact, reason };
}

function inputsReason(draft: Draft, preview: Asked<InputPreview>, count: number | null): string | null {
  if (!sourceOf(draft)) return t(draft.inputs === 'given' ? 'reason.no-files' : `reason.no-${draft.inputs}`);
  if (preview.state === 'refused') return t('reason.bad-inputs');
  // A watched folder may well be empty for now.
  if (count === 0 && draft.inputs !== 'watch') return t('reason.empty-inputs');
  return preview.state === 'answered' ? null : t('reason.counting');
}

function taskReason(draft: Draft, description: Asked<DefinitionDescription>): string | null {
  const definition = definitionOf(draft);
  if (!definition) return t(`reason.no-${draft.task}`);
  if (description.state === 'refused') {
    return t(description.error.code === 'NOT_TRUSTED' ? 'reason.not-trusted' : 'reason.bad-task');
  }
  if (description.state !== 'answered') return t('reason.checking');
  const { problems } = readParams(description.answer.params, draft.params[definitionKey(definition)] ?? {});
  const [name] = Object.keys(problems);
  if (name === undefined) return null;
  return t('reason.bad-param', { name: description.answer.params.properties[name]?.title ?? name });
}

function optionsReason(draft: Draft): string | null {
  return Object.keys(readOptions(draft.options).problems).length === 0 ? null : t('reason.bad-option');
}
