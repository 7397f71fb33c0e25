import { create } from 'zustand';
import type {
  ResultColumn,
  ResultColumns,
  ResultFilter,
  ResultPage,
  ResultQuery,
  ResultRow,
} from '../../shared/contract/results.ts';
import type { BatchId, TaskIndex } from '../../shared/task.ts';
import { createHold } from '../table/hold.ts';
import { placeRows } from '../table/rows.ts';
import { clampTop, type Geometry, revealing, visibleRows } from '../table/scroller.ts';
import { rowHeight } from '../table/table-state.ts';
import { forgetChosen, rememberChosen, rememberedColumns, standardColumns } from './chosen-columns.ts';

/** The cell that the keys act on. Row -1: the head of the column. */
export interface Place {
  row: number;
  column: number;
}

/** The results tab of one batch: what is asked of it, what is loaded, where it stands. */
export interface ResultsState {
  batch: BatchId | null;
  /** Null until they are known. */
  columns: ResultColumns | null;
  /** Ids of the columns that a person has chosen; null: those of the standard choice. */
  chosen: readonly string[] | null;
  query: ResultQuery;
  /** True from a new question to its first answer: the rows are still those of the one before. */
  asking: boolean;
  rows: ReadonlyMap<number, ResultRow>;
  /** Ids of the columns that the rows have cells of. */
  cells: readonly string[];
  /** Rows that match; null before the first answer. */
  total: number | null;
  /** Place in the content, pixels. */
  top: number;
  /** Height of what is seen, pixels. */
  viewport: number;
  active: Place | null;
  /** The task of the active cell, for rows come in between; null where it is not loaded, or none. */
  activeTask: TaskIndex | null;
  /** The column whose panel is open, and where its head is; the cell that is shown whole. */
  open: { column: ResultColumn; x: number; y: number } | null;
  whole: { index: number; column: ResultColumn } | null;
}

export const plainResultQuery: ResultQuery = { filters: [], sort: null };

const fresh = {
  columns: null,
  query: plainResultQuery,
  asking: true,
  rows: new Map(),
  cells: [],
  total: null,
  top: 0,
  active: null,
  activeTask: null,
  open: null,
  whole: null,
};

export const useResults = create<ResultsState>(() => ({ batch: null, chosen: null, viewport: 0, ...fresh }));

const { getState: get, setState: set } = useResults;

/** Begins with the results of a batch; keeps everything where it is the same batch. */
export function showResults(batch: BatchId): void {
  if (get().batch !== batch) set({ batch, chosen: rememberedColumns(batch), ...fresh });
}

/** The columns that are shown, in their order. */
export function shownColumns({ columns, chosen }: Pick<ResultsState, 'columns' | 'chosen'>): ResultColumn[] {
  if (!columns) return [];
  const ids = new Set(chosen ?? standardColumns(columns.columns));
  return columns.columns.filter(({ id }) => ids.has(id));
}

export function toggleColumn(id: string): void {
  const { batch, columns, chosen } = get();
  if (!columns || batch === null) return;
  const ids = new Set(chosen ?? standardColumns(columns.columns));
  if (!ids.delete(id)) ids.add(id);
  // A table without a column is no table.
  if (ids.size > 0) chooseColumns([...ids]);
}

/** Shows these columns; null: the standard choice. */
export function chooseColumns(chosen: readonly string[] | null): void {
  const { batch } = get();
  if (batch === null) return;
  if (chosen) rememberChosen(batch, chosen);
  else forgetChosen(batch);
  set({ chosen, active: null, activeTask: null });
}

export const geometryOf = ({ total, viewport }: ResultsState): Geometry => ({
  rows: total ?? 0,
  rowHeight,
  viewport,
});

export function askResults(change: Partial<ResultQuery>): void {
  const query = { ...get().query, ...change };
  if (JSON.stringify(query) === JSON.stringify(get().query)) return;
  // What was kept back answers the question before.
  latest = null;
  set({ query, asking: true, active: null, activeTask: null });
}

export const addFilter = (filter: ResultFilter): void =>
  askResults({ filters: [...get().query.filters, filter] });

export const removeFilter = (at: number): void =>
  askResults({ filters: get().query.filters.filter((_, index) => index !== at) });

/** Sorts by a column: ascending, then descending, then as the tasks stand. */
export function sortByColumn(column: string): void {
  const { sort } = get().query;
  if (sort?.column !== column) askResults({ sort: { column, descending: false } });
  else askResults({ sort: sort.descending ? null : { column, descending: true } });
}

export const scrollTo = (top: number): void => set((state) => ({ top: clampTop(top, geometryOf(state)) }));

export const setViewport = (viewport: number): void =>
  set((state) => ({ viewport, top: clampTop(state.top, { ...geometryOf(state), viewport }) }));

/** The answer that has other rows at these places, kept back while someone points at them. */
let latest: { page: ResultPage; cells: readonly string[] } | null = null;
const rowsHold = createHold(() => {
  if (latest) take(latest.page, latest.cells);
});
export const pointAtResults = rowsHold.point;
export const pointAwayFromResults = rowsHold.leave;

/** Takes an answer in, to the question that these columns were asked with. */
export function takeResults(page: ResultPage, cells: readonly string[]): void {
  take(page, cells);
  if (latest) rowsHold.keptBack();
}

function take(page: ResultPage, cells: readonly string[]): void {
  const state = get();
  latest = null;
  if (page.batch !== state.batch) return;
  const { asking, active, activeTask } = state;
  const same = !asking && JSON.stringify(cells) === JSON.stringify(state.cells);
  const top = asking ? 0 : clampTop(state.top, geometryOf({ ...state, total: page.total }));
  const seen = visibleRows(top, geometryOf({ ...state, total: page.total }));
  const { byPosition: rows, keptBack } = placeRows(
    same ? state.rows : new Map<number, ResultRow>(),
    page,
    seen,
    rowsHold.isHeld(),
  );
  if (keptBack) latest = { page, cells };
  set({ rows, cells, total: page.total, asking: false, top, ...follow(active, activeTask, rows) });
}

/** The active cell with what the rows now tell of it: the task at its place, or the place of its task. */
function follow(
  active: Place | null,
  activeTask: TaskIndex | null,
  rows: ReadonlyMap<number, ResultRow>,
): Pick<ResultsState, 'active' | 'activeTask'> {
  const there = active && rows.get(active.row);
  if (!active || !there || there.index === activeTask) return { active, activeTask };
  if (activeTask === null) return { active, activeTask: there.index };
  for (const [row, { index }] of rows)
    if (index === activeTask) return { active: { ...active, row }, activeTask };
  return { active, activeTask };
}

/** The active cell where it is shown; null where another task stands in its place by now. */
export function markedPlace({ active, activeTask, rows }: ResultsState): Place | null {
  const there = active && rows.get(active.row);
  return there && activeTask !== null && there.index !== activeTask ? null : active;
}

/** Makes a cell the one that the keys act on, and brings its row into view. */
export function activate(place: Place | null): void {
  const state = get();
  const top = place && place.row >= 0 ? revealing(place.row, state.top, geometryOf(state)) : state.top;
  set({ active: place, activeTask: place ? (state.rows.get(place.row)?.index ?? null) : null, top });
}

/** Moves the active cell; it stays within the table, whose head is row -1. */
export function moveActive(rows: number, columns: number): void {
  const state = get();
  const width = shownColumns(state).length;
  if (width === 0) return;
  const { first } = visibleRows(state.top, geometryOf(state));
  const from = state.active ?? { row: rows < 0 ? first + 1 : first - 1, column: 0 };
  const lastRow = (state.total ?? 0) - 1;
  // The head is one step above the first row, and never a page away.
  const firstRow = from.row <= 0 && Number.isFinite(rows) ? -1 : 0;
  activate({
    row: Math.max(firstRow, Math.min(from.row + rows, lastRow)),
    column: Math.max(0, Math.min(from.column + columns, width - 1)),
  });
}

export const openColumn = (open: ResultsState['open']): void => set({ open });
export const openCell = (whole: ResultsState['whole']): void => set({ whole });
