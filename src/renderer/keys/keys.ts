import type { PlainKey } from '../words/t.ts';

/** What the keys do: each line is one row of the list that `?` opens. */
export const keyHelp: readonly { keys: readonly string[]; does: PlainKey }[] = [
  { keys: ['N'], does: 'keys.new' },
  { keys: ['/'], does: 'keys.search' },
  { keys: ['J', '↓'], does: 'keys.next' },
  { keys: ['K', '↑'], does: 'keys.previous' },
  { keys: ['PgUp', 'PgDn'], does: 'keys.page' },
  { keys: ['Home', 'End'], does: 'keys.ends' },
  { keys: ['Enter'], does: 'keys.open' },
  { keys: ['Esc'], does: 'keys.back' },
  { keys: ['P'], does: 'keys.pause' },
  { keys: ['E'], does: 'keys.export' },
  { keys: ['1', '2'], does: 'keys.tabs' },
  { keys: ['Ctrl Enter'], does: 'keys.run' },
  { keys: ['?'], does: 'keys.help' },
];

export type Command =
  | { do: 'new' | 'search' | 'open' | 'back' | 'pause' | 'export' | 'help' }
  | { do: 'move'; by: number | 'page' | '-page' | 'start' | 'end' }
  | { do: 'tab'; number: number };

/** Where a key was pressed: in a field that takes text, on a control that takes arrows, or elsewhere. */
export type KeyPlace = 'text' | 'control' | 'grid' | 'elsewhere';

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** What a key means; null where it means nothing, or belongs to the field that it was pressed in. */
export function commandOf({ key, ctrlKey, metaKey, altKey }: Pressed, place: KeyPlace): Command | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === 'Escape') return { do: 'back' };
  if (place === 'text') return null;
  const command = letters[key.length === 1 ? key.toLowerCase() : key];
  if (command) return command;
  if (/^[1-9]$/.test(key)) return { do: 'tab', number: Number(key) };
  // On a button or a tab these keys are the control's own.
  return place === 'control' ? null : (walks[key] ?? null);
}

const letters: Record<string, Command> = {
  n: { do: 'new' },
  '/': { do: 'search' },
  p: { do: 'pause' },
  e: { do: 'export' },
  '?': { do: 'help' },
  j: { do: 'move', by: 1 },
  k: { do: 'move', by: -1 },
};

const walks: Record<string, Command> = {
  ArrowDown: { do: 'move', by: 1 },
  ArrowUp: { do: 'move', by: -1 },
  PageDown: { do: 'move', by: 'page' },
  PageUp: { do: 'move', by: '-page' },
  Home: { do: 'move', by: 'start' },
  End: { do: 'move', by: 'end' },
  Enter: { do: 'open' },
};
