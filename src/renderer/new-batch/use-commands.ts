import { useMemo } from 'react';
import { useHost } from '../state/host.ts';
import type { Commands } from './commands.ts';
import { commandsOfDraft } from './draft-commands.ts';
import { useDraft } from './draft-state.ts';

/** The first commands of the draft in the window. */
export function useCommands(): Commands | null {
  const draft = useDraft((state) => state.draft);
  const preview = useDraft((state) => state.preview);
  const windows = useHost(({ info }) => info?.platform === 'win32');
  return useMemo(() => commandsOfDraft(draft, preview, windows), [draft, preview, windows]);
}
