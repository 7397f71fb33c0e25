import type { BatchSummary } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import type { Batches } from '../state/batch-groups.ts';

/** The queued batches, the next one first. */
export const queueOf = (batches: Batches): BatchSummary[] =>
  [...batches.values()].filter(({ state }) => state === 'queued').sort(byPlace);

/** In the order in which they will run. One without a place is about to start. */
export const byPlace = (a: BatchSummary, b: BatchSummary): number =>
  (a.place ?? 0) - (b.place ?? 0) || a.id - b.id;

/**
 * The batch before which another one comes to stand by a step; null: behind all. Undefined where the step leads
 * nowhere.
 */
export function stepTarget(
  queue: readonly Pick<BatchSummary, 'id'>[],
  batch: BatchId,
  step: 'up' | 'down' | 'first',
): BatchId | null | undefined {
  const at = queue.findIndex(({ id }) => id === batch);
  if (at < 0) return undefined;
  if (step === 'down') return at === queue.length - 1 ? undefined : (queue[at + 2]?.id ?? null);
  if (at === 0) return undefined;
  return queue[step === 'first' ? 0 : at - 1]!.id;
}

/** The batch before which one comes to stand that is dropped at a height; null: behind all. */
export function dropTarget(
  rows: readonly { id: BatchId; top: number; height: number }[],
  y: number,
): BatchId | null {
  return rows.find(({ top, height }) => y < top + height / 2)?.id ?? null;
}
