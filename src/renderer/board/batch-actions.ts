import type { BatchSummary } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import { askToCompare } from '../compare/compare-dialog.tsx';
import type { Action } from '../keys/action.ts';
import { duplicate } from '../new-batch/duplicate.ts';
import { startNow } from '../queue/queue-actions.ts';
import { go, usePlace } from '../state/place.ts';
import { t } from '../words/t.ts';
import { askToCancel, closeBatch, failedTasks, finishBatch, retryTasks, togglePause } from './actions.ts';
import { deleteBatches } from './delete-batches.ts';
import { offersOf } from './offers.ts';

/** An action on a batch: one of the buttons of its board, or one in the menu behind them. */
export interface BatchAction extends Action {
  at: 'button' | 'menu';
  /** What its button says, where the label is long. */
  short?: string;
}

/** What can be done to a batch as it is now: what one came for first. */
export function batchActions(batch: BatchSummary): BatchAction[] {
  const offers = offersOf(batch);
  const { id, state, counts, spec } = batch;
  const isWatching = spec.inputs.kind === 'watch';
  const actions: (BatchAction | false | null)[] = [
    offers.startNow && {
      id: 'batch.start-now',
      at: 'button',
      label: t('queue.start-now'),
      icon: 'play',
      tip: t('queue.start-now-tip'),
      run: () => startNow(id),
    },
    offers.pause && {
      id: 'batch.pause',
      at: 'button',
      label: t('action.pause'),
      icon: 'pause',
      key: 'P',
      run: () => togglePause(id),
    },
    offers.goOn && {
      id: 'batch.pause',
      at: 'button',
      label: t('action.resume'),
      icon: 'play',
      key: 'P',
      run: () => togglePause(id),
    },
    offers.close && {
      id: 'batch.close',
      at: 'button',
      label: t(isWatching ? 'action.close-watch' : 'action.close'),
      icon: 'finish',
      tip: t(isWatching ? 'action.close-watch-tip' : 'action.close-tip'),
      run: () => closeBatch(id),
    },
    offers.cancel && {
      id: 'batch.cancel',
      at: 'button',
      label: t('cancel.do', { count: counts.pending + counts.running }),
      short: t('action.cancel'),
      icon: 'stop',
      key: 'X',
      run: () => onBoard(id, () => askToCancel(id)),
    },
    offers.finish && {
      id: 'batch.finish',
      at: 'button',
      label: finishLabel(state, offers.finish.count),
      icon: 'play',
      // After a cancel it is a possibility, no more.
      key: state === 'canceled' ? undefined : 'P',
      run: () => finishBatch(id),
    },
    offers.retryFailed > 0 && {
      id: 'batch.retry-failed',
      at: 'button',
      label: t('retry.failed', { count: offers.retryFailed }),
      icon: 'retry',
      key: 'R',
      run: () => retryTasks(id, failedTasks),
    },
    offers.retryUnsuccessful > 0 && {
      id: 'batch.retry-unsuccessful',
      at: 'menu',
      label: t('retry.unsuccessful', { count: offers.retryUnsuccessful }),
      icon: 'retry',
      run: () => retryTasks(id, 'unsuccessful'),
    },
    {
      id: 'batch.duplicate',
      at: 'menu',
      label: t('actions.duplicate'),
      icon: 'duplicate',
      key: 'D',
      run: () => void duplicate(id),
    },
    {
      id: 'batch.compare',
      at: 'menu',
      label: t('actions.compare'),
      icon: 'compare',
      key: 'C',
      run: () => onBoard(id, () => askToCompare(id)),
    },
    offers.remove && {
      id: 'batch.delete',
      at: 'menu',
      label: t('delete.batch'),
      icon: 'trash',
      key: 'Del',
      run: () => void deleteBatches([id]),
    },
  ];
  return actions.filter((action) => action !== false && action !== null);
}

/** Does what a key does to a batch; false where it does nothing to it as it is. */
export function actByKey(batch: BatchSummary | undefined, key: string): boolean {
  const action = batch && batchActions(batch).find((each) => each.key === key);
  action?.run();
  return action !== undefined;
}

/** Asks what stands as a question on the batch's own board. */
export function onBoard(batch: BatchId, ask: () => void): void {
  const { place } = usePlace.getState();
  if (place?.screen !== 'batch' || place.batch !== batch) go({ screen: 'batch', batch, tab: 'tasks' });
  ask();
}

function finishLabel(state: BatchSummary['state'], count: number): string {
  if (state === 'canceled') return t('action.finish', { count });
  return count === 0 ? t('action.resume') : t('action.resume-count', { count });
}
