import { useEffect } from 'react';
import { togglePause } from '../board/actions.ts';
import { go, tabs, usePlace } from '../state/place.ts';
import { closePanel, moveSelection, openPanel, pageOfRows, useTable } from '../table/table-state.ts';
import { exportId, gridId, searchId } from './ids.ts';
import { showKeys } from './key-list.tsx';
import { type Command, commandOf, type KeyPlace } from './keys.ts';

/** Listens to the keys of the whole window. */
export function useKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = commandOf(event, placeOf(event.target));
      if (command && perform(command)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

const textInputs =
  'input:not([type=radio], [type=checkbox], [type=button]), textarea, select, [contenteditable]';

function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return 'elsewhere';
  if (target.closest(textInputs)) return 'text';
  if (target.closest(`#${gridId}`)) return 'grid';
  return target.closest('button, a, summary, input, [role=tab], .scrolls') ? 'control' : 'elsewhere';
}

/** Does what a key means; false where there is nothing here that it could be done to. */
function perform(command: Command): boolean {
  const { place } = usePlace.getState();
  if (command.do === 'new') return done(() => go({ screen: 'new' }));
  if (command.do === 'help') return done(showKeys);
  if (place?.screen !== 'batch') return false;
  switch (command.do) {
    case 'tab': {
      const tab = tabs[command.number - 1];
      return tab !== undefined && done(() => go({ ...place, tab }));
    }
    case 'pause':
      return done(() => togglePause(place.batch));
    case 'export':
      return done(() => document.getElementById(exportId)?.click());
  }
  if (place.tab !== 'tasks') return false;
  switch (command.do) {
    case 'search':
      return done(() => document.getElementById(searchId)?.focus());
    case 'move':
      return done(() => moveSelection(rowsBy(command.by)));
    case 'open':
      return done(openPanel);
    case 'back':
      return back();
  }
}

function back(): boolean {
  if (!useTable.getState().open) return false;
  closePanel();
  return done(focusGrid);
}

function rowsBy(by: Extract<Command, { do: 'move' }>['by']): number {
  if (by === 'page') return pageOfRows();
  if (by === '-page') return -pageOfRows();
  if (by === 'start') return Number.NEGATIVE_INFINITY;
  return by === 'end' ? Number.POSITIVE_INFINITY : by;
}

const focusGrid = (): void => document.getElementById(gridId)?.focus({ preventScroll: true });

function done(run: () => void): true {
  run();
  return true;
}
