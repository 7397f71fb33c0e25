import type { BatchId } from '../../shared/task.ts';

/** A batch that waits for its turn. */
export interface Waiting {
  id: BatchId;
  /** The least runs next; of equal ones the older. */
  place: number;
}

/** Those that wait, the next one first. */
export const inOrder = <Batch extends Waiting>(waiting: Iterable<Batch>): Batch[] =>
  [...waiting].sort((a, b) => a.place - b.place || a.id - b.id);

/** The place behind all of them. */
export const placeBehind = (waiting: Iterable<Waiting>): number =>
  Math.max(0, ...Array.from(waiting, ({ place }) => place)) + 1;

/**
 * The places that change where a batch is put before another one, or, null, behind all. One, as long as there is
 * a number between its new neighbours; otherwise all are counted anew.
 */
export function moved(waiting: Iterable<Waiting>, id: BatchId, before: BatchId | null): Map<BatchId, number> {
  const order = inOrder(waiting);
  const moving = order.find((batch) => batch.id === id);
  if (!moving || id === before) return new Map();
  const others = order.filter((batch) => batch !== moving);
  const found = before === null ? -1 : others.findIndex((batch) => batch.id === before);
  const at = found < 0 ? others.length : found;
  if (order.indexOf(moving) === at) return new Map();
  const low = others[at - 1]?.place ?? others[at]!.place - 2;
  const high = others[at]?.place ?? low + 2;
  const place = (low + high) / 2;
  if (place > low && place < high) return new Map([[id, place]]);
  others.splice(at, 0, moving);
  return new Map(others.map((batch, position) => [batch.id, position + 1]));
}
