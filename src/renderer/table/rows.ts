import type { TaskIndex } from '../../shared/task.ts';
import type { TaskPage, TaskQuery, TaskRow } from '../../shared/views.ts';

/**
 * The rows that the window holds: those near what is seen, by their position among all that match. Everything
 * here is plain data, so that what the table does with the host's answers can be tested without a window.
 */
export interface HeldRows {
  byPosition: ReadonlyMap<number, TaskRow>;
  /** Rows that match over the whole batch; null before the first answer. */
  total: number | null;
  /** True while they are still being counted: `total` is how many were found so far. */
  counting?: boolean;
  /** True where the latest answer has other rows at these positions, kept back while someone points at them. */
  keptBack: boolean;
}

export const noRows: HeldRows = { byPosition: new Map(), total: null, keptBack: false };

/** Rows farther from what is seen than this are dropped. */
const reach = 300;

/**
 * Takes an answer of the host in.
 * @param seen the positions that are on screen.
 * @param hold keep the rows that are shown where they are (for someone points at them): only their contents
 *   change, and empty places are filled.
 */
export function takePage(
  held: HeldRows,
  page: TaskPage,
  seen: { first: number; count: number },
  hold: boolean,
): HeldRows {
  const { total } = page;
  const { byPosition, keptBack } = placeRows(held.byPosition, page, seen, hold);
  return { byPosition, total, keptBack, ...(page.counting && { counting: true }) };
}

/** What an answer is, of tasks or of results. */
interface Answer<Row> {
  from: number;
  rows: readonly Row[];
  total: number;
}

/** The rows that are held after an answer, see {@link takePage}, and whether some were kept back. */
export function placeRows<Row extends { index: TaskIndex }>(
  held: ReadonlyMap<number, Row>,
  page: Answer<Row>,
  seen: { first: number; count: number },
  hold: boolean,
): { byPosition: Map<number, Row>; keptBack: boolean } {
  const byPosition = new Map<number, Row>();
  for (const [position, row] of held) {
    const near = position >= seen.first - reach && position < seen.first + seen.count + reach;
    if (near && position < page.total) byPosition.set(position, row);
  }
  const byIndex = hold ? new Map(page.rows.map((row) => [row.index, row])) : undefined;
  let keptBack = false;
  page.rows.forEach((row, offset) => {
    const position = page.from + offset;
    const shown = byPosition.get(position);
    const isOther = byIndex !== undefined && shown !== undefined && shown.index !== row.index;
    if (isOther) keptBack = true;
    byPosition.set(position, unlessSame(shown, isOther ? (byIndex.get(shown.index) ?? shown) : row));
  });
  return { byPosition, keptBack };
}

/** A row that is as it was stays the same object, so that it is not drawn again with each answer. */
const unlessSame = <Row>(shown: Row | undefined, row: Row): Row =>
  shown === row || (shown && JSON.stringify(shown) === JSON.stringify(row)) ? (shown as Row) : row;

/** Which task is selected. A task that is not loaded yet is known by its position only. */
export interface Selection {
  index: TaskIndex | null;
  /** Null where the task's place among those that match is not known. */
  position: number | null;
}

/** True where the position of each task is its index. */
export const isNatural = (query: TaskQuery): boolean =>
  query.filter === 'all' && query.search === '' && query.sort === 'index' && !query.descending;

/** The selection with what the rows now tell of it: the task at a position, or the position of a task. */
export function follow(selection: Selection, rows: HeldRows, query: TaskQuery): Selection {
  const { index, position } = selection;
  if (index === null) {
    const row = position === null ? undefined : rows.byPosition.get(position);
    return row ? { index: row.index, position } : selection;
  }
  if (isNatural(query)) return index === position ? selection : { index, position: index };
  if (position !== null && rows.byPosition.get(position)?.index === index) return selection;
  for (const [at, row] of rows.byPosition) if (row.index === index) return { index, position: at };
  return selection;
}

/** The position to mark as selected; null where another task stands there by now. */
export function markedPosition(selection: Selection | null, rows: HeldRows): number | null {
  if (selection === null || selection.position === null) return null;
  const row = rows.byPosition.get(selection.position);
  const isAnother = row && selection.index !== null && row.index !== selection.index;
  return isAnother ? null : selection.position;
}

/** The selection after a step of `by` rows, among `total`; from the first row that is seen where there was none. */
export function step(
  selection: Selection | null,
  by: number,
  rows: HeldRows,
  firstSeen: number,
): Selection | null {
  const total = rows.total ?? 0;
  if (total === 0) return null;
  const from = selection?.position ?? (by > 0 ? firstSeen - 1 : firstSeen + 1);
  const position = Math.min(Math.max(0, from + by), total - 1);
  return { position, index: rows.byPosition.get(position)?.index ?? null };
}

/** Rows to ask for around those that are seen, in steps, so that scrolling by one row asks nothing new. */
export function rangeToWatch(seen: { first: number; count: number }): { from: number; count: number } {
  const grain = 16;
  const from = Math.max(0, Math.floor(seen.first / grain) * grain - grain);
  const end = Math.ceil((seen.first + seen.count) / grain) * grain + grain;
  return { from, count: Math.min(1000, end - from) };
}
