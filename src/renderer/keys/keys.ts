export type Command =
  | { do: 'new' | 'search' | 'history' | 'palette' | 'open' | 'back' | 'pause' | 'export' | 'help' }
  | { do: 'duplicate' | 'compare' | 'cancel' }
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
  if (ctrlKey || metaKey) return shiftKey ? null : withControl(key.toLowerCase(), place);
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
  if (key === 'k') return { do: 'palette' };
  if (place === 'text') return null;
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
  d: { do: 'duplicate' },
  c: { do: 'compare' },
  x: { do: 'cancel' },
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
