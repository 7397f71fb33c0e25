import { create } from 'zustand';
import type { BatchSummary, Priority } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import { client } from '../connection.ts';
import { batchNow, takeChangedBatches, useBatches } from '../state/batches.ts';
import { report } from '../state/toasts.ts';
import { t } from '../words/t.ts';
import { queueOf, stepTarget } from './queue-order.ts';

/** What was last done to the order, for those who do not see it. */
export const useQueueSaid = create<{ said: string }>(() => ({ said: '' }));

const take = (batch: BatchSummary): void => takeChangedBatches([batch]);

/** Lets a queued batch start although others still run. */
export function startNow(batch: BatchId): void {
  client.queue.startNow({ batch }).then(take, report);
}

export function setPriority(batch: BatchId, priority: Priority): void {
  client.queue.setPriority({ batch, priority }).then(take, report);
}

/** Puts a queued batch before another one; null: behind all. Says where it is then. */
export function moveQueued(batch: BatchId, before: BatchId | null): void {
  if (batch === before) return;
  const order = queueOf(useBatches.getState().batches)
    .map(({ id }) => id)
    .filter((id) => id !== batch);
  const at = before === null ? order.length : order.indexOf(before);
  client.queue.move({ batch, before }).then(() => {
    const name = batchNow(batch)?.name ?? '';
    useQueueSaid.setState({ said: t('queue.moved', { name, place: at + 1, total: order.length + 1 }) });
  }, report);
}

/** Moves a queued batch one place up or down, or to the front. */
export function stepQueued(batch: BatchId, step: 'up' | 'down' | 'first'): void {
  const target = stepTarget(queueOf(useBatches.getState().batches), batch, step);
  if (target !== undefined) moveQueued(batch, target);
}
