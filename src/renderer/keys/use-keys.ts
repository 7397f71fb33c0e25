import { useEffect } from 'react';
import type { BatchId, TaskState } from '../../shared/task.ts';
import { retryTasks } from '../board/actions.ts';
import { actByKey, onBoard } from '../board/batch-actions.ts';
import { deleteBatches } from '../board/delete-batches.ts';
import { askToRetry } from '../board/retry-dialog.tsx';
import { showPalette } from '../palette/palette-state.ts';
import { batchNow } from '../state/batches.ts';
import { go, tabs, usePlace } from '../state/place.ts';
import { actOnNewest } from '../state/toasts.ts';
import { actOnMarked } from '../table/act-on-marked.ts';
import { hasMarks } from '../table/marks.ts';
import { sayWhatIsLeft } from '../table/selection-bar.tsx';
import {
  clearMarks,
  closePanel,
  markAll,
  markBy,
  moveSelection,
  openPanel,
  pageOfRows,
  selectedRow,
  type TableState,
  toggleMarked,
  useTable,
} from '../table/table-state.ts';
import { exportId, gridId, historySearchId, searchId, timelineId } from './ids.ts';
import { showKeys } from './key-list.tsx';
import { type Command, commandOf, type KeyPlace } from './keys.ts';

/** Listens to the keys of the whole window. */
export function useKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = commandOf(event, placeOf(event.target));
      if (!command) return;
      // A key that is held down walks through the table; anything else it does once.
      const isHeld = event.repeat && command.do !== 'move' && command.do !== 'extend';
      if (isHeld || perform(command, event.target)) event.preventDefault();
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
function perform(command: Command, target: EventTarget | null): boolean {
  const { place } = usePlace.getState();
  const shown = place?.screen === 'batch' ? place.batch : null;
  // On a link of the sidebar all keys of a batch mean the link's, whichever is shown.
  const at = batchAt(target) ?? shown;
  const batch = at === null ? undefined : batchNow(at);
  switch (command.do) {
    case 'new':
      return done(() => go({ screen: 'new' }));
    case 'help':
      return done(showKeys);
    case 'palette':
      return done(showPalette);
    case 'undo':
      return actOnNewest();
    case 'history':
      return done(() => document.getElementById(historySearchId)?.focus());
    case 'pause':
      return actByKey(batch, 'P');
    case 'cancel':
      return actByKey(batch, 'X');
    case 'duplicate':
      return actByKey(batch, 'D');
    case 'compare':
      return actByKey(batch, 'C');
    case 'delete':
      return at !== null && done(() => void deleteBatches([at]));
    case 'retry':
      if (at === null) return false;
      if (at !== shown) return done(() => onBoard(at, () => askToRetry(at)));
      return done(() => retry(at, place?.screen === 'batch' && place.tab === 'tasks'));
  }
  if (command.do === 'back' && place?.screen === 'compare') {
    // In a field it clears the field.
    if (placeOf(target) === 'text') return false;
    return done(() => go({ screen: 'batch', batch: place.after, tab: 'tasks' }));
  }
  if (place?.screen !== 'batch') return false;
  switch (command.do) {
    case 'tab': {
      const tab = tabs[command.number - 1];
      return tab !== undefined && done(() => go({ ...place, tab }));
    }
    case 'export':
      return done(() => document.getElementById(exportId)?.click());
  }
  if (command.do === 'back' && place.tab === 'timeline') return back();
  if (command.do === 'search' && place.tab === 'log') {
    return done(() => document.getElementById(searchId)?.focus());
  }
  if (place.tab !== 'tasks') return false;
  switch (command.do) {
    case 'search':
      return done(() => document.getElementById(searchId)?.focus());
    case 'move':
      return done(() => {
        moveSelection(rowsBy(command.by));
        // From elsewhere one goes to the table, where Enter opens the row; in the side panel one stays.
        if (!(target instanceof Element && target.closest('.task-panel'))) focusGrid();
      });
    case 'extend':
      return done(() => sayWhatIsLeft(markBy(rowsBy(command.by))));
    case 'mark':
      return done(() => toggleMarked(null));
    case 'mark-all':
      return done(markAll);
    case 'open':
      return done(openPanel);
    case 'back':
      return back();
  }
}

/** The batch of the sidebar that a key was pressed on. */
function batchAt(target: EventTarget | null): BatchId | null {
  const link = target instanceof Element ? target.closest<HTMLElement>('[data-batch]') : null;
  return link ? Number(link.dataset.batch) : null;
}

/** Runs again what is marked, else the selected task; without either, asks what. */
function retry(batch: BatchId, tasksShown: boolean): void {
  if (tasksShown && actOnMarked('retry', batch)) return;
  const table = useTable.getState();
  const index = tasksShown && table.batch === batch ? (table.selection?.index ?? null) : null;
  if (index === null) askToRetry(batch);
  else if (selectedState(table) === 'succeeded') askToRetry(batch, index);
  else retryTasks(batch, { indices: [index] });
}

const selectedState = (table: TableState): TaskState | undefined =>
  table.detail && table.detail.index === table.selection?.index
    ? table.detail.state
    : selectedRow(table)?.state;

function back(): boolean {
  if (hasMarks(useTable.getState().marks)) return done(clearMarks);
  if (!useTable.getState().open) return false;
  closePanel();
  return done(focusGrid);
}

function rowsBy(by: Extract<Command, { by: unknown }>['by']): number {
  if (by === 'page') return pageOfRows();
  if (by === '-page') return -pageOfRows();
  if (by === 'start') return Number.NEGATIVE_INFINITY;
  return by === 'end' ? Number.POSITIVE_INFINITY : by;
}

const focusGrid = (): void =>
  (document.getElementById(gridId) ?? document.getElementById(timelineId))?.focus({ preventScroll: true });

function done(run: () => void): true {
  run();
  return true;
}
