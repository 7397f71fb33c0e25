import type { TaskIndex } from '../../shared/task.ts';

/** Tasks that were chosen together, for something to be done to all of them. */
export interface Marks {
  indices: ReadonlySet<TaskIndex>;
  /** All that match the query, whether they are loaded or not; `indices` is empty then. */
  all: boolean;
  /** The position from which a range is drawn; null where there is none. */
  anchor: number | null;
}

export const noMarks: Marks = { indices: new Set(), all: false, anchor: null };

/** Tasks that can be listed one by one in a call: the limit of `taskSelectionSchema`. */
export const mostMarks = 100_000;

export const hasMarks = ({ indices, all }: Marks): boolean => all || indices.size > 0;

export const isMarked = ({ indices, all }: Marks, index: TaskIndex | undefined): boolean =>
  all || (index !== undefined && indices.has(index));

/** How many tasks are marked, where `matching` match the query. */
export const countMarks = ({ indices, all }: Marks, matching: number): number =>
  all ? matching : indices.size;

/** Adds a task or takes it out; the first one together with the one that was selected before, if any. */
export function toggleMark(
  marks: Marks,
  { index, position }: { index: TaskIndex; position: number },
  before: TaskIndex | null = null,
): Marks {
  const indices = new Set(marks.indices);
  if (!hasMarks(marks) && before !== null && before !== index) indices.add(before);
  if (!indices.delete(index) && indices.size < mostMarks) indices.add(index);
  return { indices, all: false, anchor: position };
}

/**
 * Marks everything from the anchor to a position, and nothing else.
 * @param at the task at a position; undefined where that is not known.
 * @returns `left` counts the tasks between them that are not known, or too many to be listed.
 */
export function markRange(
  anchor: number,
  position: number,
  at: (position: number) => TaskIndex | undefined,
): { marks: Marks; left: number } {
  const indices = new Set<TaskIndex>();
  const step = position < anchor ? -1 : 1;
  const length = Math.abs(position - anchor) + 1;
  for (let count = 0, each = anchor; count < Math.min(length, mostMarks); count++, each += step) {
    const index = at(each);
    if (index !== undefined) indices.add(index);
  }
  return { marks: { indices, all: false, anchor }, left: length - indices.size };
}
