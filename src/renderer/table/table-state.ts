import { create } from 'zustand';
import type { Watch } from '../../shared/contract.ts';
import type { BatchId } from '../../shared/task.ts';
import type { TaskDetail, TaskPage, TaskQuery, TaskRow, TaskSelection } from '../../shared/views.ts';
import { createHold } from './hold.ts';
import { hasMarks, type Marks, markRange, noMarks, toggleMark } from './marks.ts';
import {
  follow,
  type HeldRows,
  isNatural,
  noRows,
  rangeToWatch,
  type Selection,
  step,
  takePage,
} from './rows.ts';
import { clampTop, type Geometry, revealing, visibleRows } from './scroller.ts';

/** Height of a row, pixels; `--row` in `tokens.css` says the same. */
export const rowHeight = 28;

/** The table of one batch's tasks: what is asked of it, what is loaded, where it stands. */
export interface TableState {
  batch: BatchId | null;
  query: TaskQuery;
  /** True from a new query to its first answer: the rows are still those of the query before. */
  asking: boolean;
  rows: HeldRows;
  /** Place in the content, pixels. */
  top: number;
  /** Height of what is seen, pixels. */
  viewport: number;
  selection: Selection | null;
  /** Tasks chosen together, beside the selected one. */
  marks: Marks;
  /** The side panel is open. */
  open: boolean;
  detail: TaskDetail | null;
}

export const plainQuery: TaskQuery = { filter: 'all', search: '', sort: 'index', descending: false };

const fresh = {
  query: plainQuery,
  asking: true,
  rows: noRows,
  top: 0,
  selection: null,
  marks: noMarks,
  open: false,
  detail: null,
};

export const useTable = create<TableState>(() => ({ batch: null, viewport: 0, ...fresh }));

const { getState: get, setState: set } = useTable;

export const geometryOf = ({ rows, viewport }: TableState): Geometry => ({
  rows: rows.total ?? 0,
  rowHeight,
  viewport,
});

/** Positions that are seen now; a new query is seen from its start. */
const seenOf = (state: TableState): { first: number; count: number } =>
  state.asking
    ? { first: 0, count: Math.ceil(state.viewport / rowHeight) + 1 }
    : visibleRows(state.top, geometryOf(state));

/** Begins the table of a batch anew; keeps everything where it is the same batch. */
export function showBatch(batch: BatchId): void {
  if (get().batch !== batch) set({ batch, ...fresh });
}

export function ask(change: Partial<TaskQuery>): void {
  const { query, selection } = get();
  const next = { ...query, ...change };
  if (JSON.stringify(next) === JSON.stringify(query)) return;
  // What was kept back answers the query before.
  latest = null;
  set({
    query: next,
    asking: true,
    // What was chosen among other rows would be done to tasks that are not seen.
    marks: noMarks,
    selection: selection?.index == null ? null : { index: selection.index, position: null },
  });
}

/** Sorts by a column: ascending, then descending, then as the tasks stand. */
export function sortBy(sort: TaskQuery['sort']): void {
  const { query } = get();
  if (query.sort !== sort) ask({ sort, descending: false });
  else if (!query.descending) ask({ descending: true });
  else ask({ sort: 'index', descending: false });
}

export const scrollTo = (top: number): void => set((state) => ({ top: clampTop(top, geometryOf(state)) }));
export const setViewport = (viewport: number): void =>
  set((state) => ({ viewport, top: clampTop(state.top, { ...geometryOf(state), viewport }) }));

let latest: TaskPage | null = null;
const rowsHold = createHold(() => {
  if (get().rows.keptBack && latest) take(latest);
});
export const pointAt = rowsHold.point;
export const pointAway = rowsHold.leave;

/** Takes the host's answer in. */
export function takeRows(page: TaskPage): void {
  latest = page;
  take(page);
  if (get().rows.keptBack) rowsHold.keptBack();
}

function take(page: TaskPage): void {
  const state = get();
  if (page.batch !== state.batch) return;
  const { asking, query, selection } = state;
  const hold = !asking && !isNatural(query) && rowsHold.isHeld();
  const rows = takePage(asking ? noRows : state.rows, page, seenOf(state), hold);
  const geometry = geometryOf({ ...state, rows });
  set({
    rows,
    asking: false,
    // All of nothing is nothing.
    marks: page.total === 0 ? noMarks : state.marks,
    top: asking ? 0 : clampTop(state.top, geometry),
    selection: selection && follow(selection, rows, query),
  });
}

export function takeDetail(detail: TaskDetail): void {
  const { batch, selection } = get();
  if (detail.batch === batch && detail.index === selection?.index) set({ detail });
}

/** The row of the selected task, where it is loaded. */
export function selectedRow({ rows, selection }: TableState): TaskRow | undefined {
  const row = selection?.position == null ? undefined : rows.byPosition.get(selection.position);
  return row?.index === selection?.index ? row : undefined;
}

/** Selects the row at a position and brings it into view. */
export function select(selection: Selection | null): void {
  const state = get();
  const geometry = geometryOf(state);
  const position = selection?.position ?? null;
  set({
    selection: selection && follow(selection, state.rows, state.query),
    top: position === null ? state.top : revealing(position, state.top, geometry),
  });
}

export function moveSelection(by: number): void {
  const state = get();
  if (!state.asking) select(step(state.selection, by, state.rows, seenOf(state).first));
}

/** Adds the row at a position to those that are marked, or takes it out. Null: the selected row. */
export function toggleMarked(at: Selection | null): void {
  const { selection, marks, rows } = get();
  const { position = null, index = null } = at ?? selection ?? {};
  if (position === null) return;
  const task = index ?? rows.byPosition.get(position)?.index;
  if (task === undefined) return;
  set({ marks: toggleMark(marks, { index: task, position }, at ? selection?.index : null) });
  if (at) select(at);
}

/**
 * Marks everything from where a range began, else from the selected row, to a position. Answers how many tasks
 * on the way could not be taken, for they are not loaded.
 */
export function markTo(position: number): number {
  const state = get();
  const { rows, query, selection } = state;
  const anchor = (hasMarks(state.marks) ? state.marks.anchor : null) ?? selection?.position ?? position;
  const natural = isNatural(query);
  const { marks, left } = markRange(anchor, position, (each) =>
    natural ? each : rows.byPosition.get(each)?.index,
  );
  set({ marks });
  select({ position, index: natural ? position : (rows.byPosition.get(position)?.index ?? null) });
  return left;
}

/** Extends the marked range by a number of rows, as {@link markTo}. */
export function markBy(by: number): number {
  const state = get();
  const next = state.asking ? null : step(state.selection, by, state.rows, seenOf(state).first);
  return next?.position == null ? 0 : markTo(next.position);
}

/** Marks all tasks that match, loaded or not. */
export const markAll = (): void =>
  set(({ rows, asking }) => (!asking && rows.total === 0 ? {} : { marks: { ...noMarks, all: true } }));

export const clearMarks = (): void => set({ marks: noMarks });

/** What is marked, as a call takes it; null where nothing is. */
export function markedTasks({ marks, query }: TableState): TaskSelection | null {
  if (marks.all) return { query };
  return marks.indices.size > 0 ? { indices: [...marks.indices] } : null;
}

/** Rows that one page up or down moves by. */
export const pageOfRows = (): number => Math.max(1, Math.floor(get().viewport / rowHeight) - 1);

export function openPanel(): void {
  const { selection, rows } = get();
  if (!selection && (rows.total ?? 0) > 0) moveSelection(1);
  if (get().selection) set({ open: true });
}

/** Opens the side panel of a task, wherever in the table it stands. */
export function openPanelOf(batch: BatchId, index: number): void {
  showBatch(batch);
  set({ selection: { index, position: null }, open: true });
}

export const closePanel = (): void => set({ open: false });

/** What the host is asked to tell of while a task's side panel is open beside something else. */
export function watchOfPanel({ batch, open, selection }: TableState): Watch | null {
  if (batch === null || !open || selection?.index == null) return null;
  return { batch, query: plainQuery, from: 0, count: 0, detail: selection.index };
}

/** What the host is asked to tell of while this table is shown. */
export function watchOf(state: TableState): Watch | null {
  if (state.batch === null || state.viewport <= 0) return null;
  return {
    batch: state.batch,
    query: state.query,
    ...rangeToWatch(seenOf(state)),
    detail: state.open ? (state.selection?.index ?? null) : null,
  };
}
