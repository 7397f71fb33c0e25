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
  { keys: ['Shift ↓', 'Shift ↑'], does: 'keys.extend' },
  { keys: ['Space'], does: 'keys.mark' },
  { keys: ['Ctrl A'], does: 'keys.mark-all' },
  { keys: ['R'], does: 'keys.retry' },
  { keys: ['P'], does: 'keys.pause' },
  { keys: ['E'], does: 'keys.export' },
  { keys: ['1', '2'], does: 'keys.tabs' },
  { keys: ['Ctrl Enter'], does: 'keys.run' },
  { keys: ['H'], does: 'keys.history' },
  { keys: ['Del'], does: 'keys.delete' },
  { keys: ['Ctrl Z'], does: 'keys.undo' },
  { keys: ['?'], does: 'keys.help' },
];

export type Command =
  | { do: 'new' | 'search' | 'history' | 'open' | 'back' | 'pause' | 'export' | 'help' }
  | { do: 'retry' | 'delete' | 'undo' | 'mark' | 'mark-all' }
  /** By how many rows the selected one changes; `extend`: everything on the way is marked. */
  | { do: 'move' | 'extend'; by: number | 'page' | '-page' | 'start' | 'end' }
  | { do: 'tab'; number: number };

/** Where a key was pressed: in a field that takes text, on a control that takes arrows, or elsewhere. */
export type KeyPlace = 'text' | 'control' | 'grid' | 'elsewhere';

interface Pressed {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** What a key means; null where it means nothing, or belongs to the field that it was pressed in. */
export function commandOf(pressed: Pressed, place: KeyPlace): Command | null {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = pressed;
  if (altKey) return null;
  if (ctrlKey || metaKey) return shiftKey || place === 'text' ? null : withControl(key, place);
  if (key === 'Escape') return { do: 'back' };
  if (place === 'text') return null;
  const command = letters[key.length === 1 ? key.toLowerCase() : key];
  if (command) return command;
  if (/^[1-9]$/.test(key)) return { do: 'tab', number: Number(key) };
  // On a button or a tab these keys are the control's own.
  if (place === 'control') return null;
  const walk = walks[key] ?? null;
  return shiftKey && walk?.do === 'move' ? { ...walk, do: 'extend' } : walk;
}

function withControl(key: string, place: KeyPlace): Command | null {
  if (key === 'z') return { do: 'undo' };
  return key === 'a' && place !== 'control' ? { do: 'mark-all' } : null;
}

const letters: Record<string, Command> = {
  n: { do: 'new' },
  '/': { do: 'search' },
  p: { do: 'pause' },
  e: { do: 'export' },
  r: { do: 'retry' },
  h: { do: 'history' },
  Delete: { do: 'delete' },
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
  ' ': { do: 'mark' },
};
