import { create } from 'zustand';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { BatchId, TaskIndex } from '../../shared/task.ts';
import type { TaskSelection } from '../../shared/views.ts';
import { askFirst } from '../actions/touch.ts';
import { client } from '../connection.ts';
import { batchNow, takeChangedBatches, useBatches } from '../state/batches.ts';
import { report, toast } from '../state/toasts.ts';
import { plainQuery } from '../table/table-state.ts';
import { t } from '../words/t.ts';
import { offersOf } from './offers.ts';

/** The batch that one is being asked about before it is canceled. */
export const useCanceling = create<{ batch: BatchId | null }>(() => ({ batch: null }));

export const askToCancel = (batch: BatchId): void => useCanceling.setState({ batch });

export function cancelBatch(batch: BatchId): void {
  client.batches.cancel({ batch }).then(() => offerToFinish(batch), report);
}

/** A cancel cannot be undone, but what it left can be done after all: offered as soon as the batch has ended. */
function offerToFinish(id: BatchId): void {
  const look = (): boolean => {
    const batch = batchNow(id);
    if (!batch || !hasEnded(batch.state)) return batch === undefined;
    const count = batch.state === 'canceled' ? (offersOf(batch).finish?.count ?? 0) : 0;
    if (count > 0) {
      toast('info', t('actions.canceled', { name: batch.name }), {
        label: t('actions.finish', { count }),
        run: () => finishBatch(id),
      });
    }
    return true;
  };
  if (look()) return;
  const stop = useBatches.subscribe(() => {
    if (look()) stop();
  });
}

export function cancelTask(batch: BatchId, index: TaskIndex): void {
  client.tasks.cancel({ batch, tasks: { indices: [index] } }).catch(report);
}

/**
 * Cancels those of a selection that have not ended, after asking, and says how many that were.
 * @param onDone called once they are canceled: not where one thought better of it, or the host refused.
 */
export function cancelTasks(batch: BatchId, tasks: TaskSelection, onDone = () => {}): void {
  void askFirst('cancel', batch, tasks, () => {
    client.tasks.cancel({ batch, tasks }).then((count) => {
      toast('info', t('selection.canceled', { count }));
      onDone();
    }, report);
  });
}

/** Pauses a running batch, lets a paused or interrupted one go on; nothing for others. */
export function togglePause(batch: BatchId): void {
  const state = batchNow(batch)?.state;
  if (state === 'running') client.batches.pause({ batch }).catch(report);
  else if (state === 'paused' || state === 'interrupted') resumeBatch(batch);
}

/** Lets a paused batch go on, and finishes one that was interrupted or canceled. */
export function resumeBatch(batch: BatchId): void {
  client.batches.resume({ batch }).then(take, report);
}

/** Lets interrupted batches go on: those that ran at once, and those that waited behind them, in their order. */
export async function resumeInTurn(batches: readonly BatchSummary[]): Promise<void> {
  for (const { id } of [...batches].sort((a, b) => (a.place ?? 0) - (b.place ?? 0) || a.id - b.id)) {
    await client.batches.resume({ batch: id }).then(take, report);
  }
}

/** Does what an interruption or a cancel left undone. */
export function finishBatch(batch: BatchId): void {
  const { state, enumerated } = batchNow(batch) ?? {};
  // A resume keeps what has ended, and a task that ran when its batch was canceled has ended.
  if (state === 'canceled' && enumerated) retryNow(batch, canceledTasks);
  else resumeBatch(batch);
}

/** Takes no more inputs. */
export function closeBatch(batch: BatchId): void {
  client.batches.close({ batch }).catch(report);
}

export const failedTasks: TaskSelection = { query: { ...plainQuery, filter: 'failed' } };
const canceledTasks: TaskSelection = { query: { ...plainQuery, filter: 'canceled' } };

/**
 * Runs tasks that have ended again, with the batch's own settings; after asking, where they are many or have
 * results that would be replaced.
 * @param onDone called once they are to run: not where one thought better of it, or they cannot.
 */
export function retryTasks(batch: BatchId, tasks: TaskSelection | 'unsuccessful', onDone?: () => void): void {
  if (!hasEnded(batchNow(batch)?.state ?? 'completed')) toast('info', t('retry.still-running'));
  else void askFirst('retry', batch, tasks, () => retryNow(batch, tasks, onDone));
}

/** The same, for whom was asked already. */
export function retryNow(batch: BatchId, tasks: TaskSelection | 'unsuccessful', onDone = () => {}): void {
  client.batches.retry({ batch, tasks }).then((changed) => {
    take(changed);
    onDone();
  }, report);
}

const take = (batch: BatchSummary): void => takeChangedBatches([batch]);
