import type { InputPreview } from '../../shared/inputs.ts';
import type { Asked } from './asked.ts';
import { type Commands, commandsOf } from './commands.ts';
import { type Draft, definitionOf } from './draft.ts';

/** The first commands of a draft; null where its task is no command. */
export function commandsOfDraft(
  draft: Draft,
  preview: Asked<InputPreview>,
  windows: boolean,
): Commands | null {
  const definition = definitionOf(draft);
  return definition?.kind === 'command'
    ? commandsOf(definition, shownOf(preview)?.first ?? [], windows)
    : null;
}

/** What is known of the inputs, also while they are looked at again. */
export function shownOf(preview: Asked<InputPreview>): InputPreview | null {
  if (preview.state === 'answered') return preview.answer;
  return preview.state === 'asking' ? preview.before : null;
}
