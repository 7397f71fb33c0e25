import type { BatchSummary } from '../../shared/batch.ts';
import type { Action } from '../keys/action.ts';
import { t } from '../words/t.ts';
import { askToCancel, closeBatch, failedTasks, finishBatch, retryTasks, togglePause } from './actions.ts';
import { deleteBatches } from './delete-batches.ts';
import { offersOf } from './offers.ts';

/** What can be done to a batch as it is now, what one came for first. */
export function batchActions(batch: BatchSummary): Action[] {
  const { id, state } = batch;
  const offers = offersOf(batch);
  const isWatching = batch.spec.inputs.kind === 'watch';
  const actions: (Action | false | null)[] = [
    offers.pause && {
      id: 'batch.pause',
      label: t('action.pause'),
      icon: 'pause',
      key: 'P',
      run: () => togglePause(id),
    },
    offers.goOn && {
      id: 'batch.pause',
      label: t('action.resume'),
      icon: 'play',
      key: 'P',
      run: () => togglePause(id),
    },
    offers.close && {
      id: 'batch.close',
      label: t(isWatching ? 'action.close-watch' : 'action.close'),
      icon: 'finish',
      tip: t(isWatching ? 'action.close-watch-tip' : 'action.close-tip'),
      run: () => closeBatch(id),
    },
    offers.cancel && {
      id: 'batch.cancel',
      label: t('action.cancel'),
      icon: 'stop',
      run: () => askToCancel(id),
    },
    offers.finish && {
      id: 'batch.finish',
      label: finishLabel(state, offers.finish.count),
      icon: 'play',
      ...(state === 'canceled' ? {} : { key: 'P' }),
      run: () => finishBatch(id),
    },
    offers.retryFailed > 0 && {
      id: 'batch.retry-failed',
      label: t('retry.failed', { count: offers.retryFailed }),
      icon: 'retry',
      key: 'R',
      run: () => retryTasks(id, failedTasks),
    },
    offers.retryUnsuccessful > 0 && {
      id: 'batch.retry-unsuccessful',
      label: t('retry.unsuccessful', { count: offers.retryUnsuccessful }),
      icon: 'retry',
      run: () => retryTasks(id, 'unsuccessful'),
    },
    offers.remove && {
      id: 'batch.delete',
      label: t('delete.batch'),
      icon: 'trash',
      key: 'Del',
      run: () => void deleteBatches([id]),
    },
  ];
  return actions.filter((action) => action !== false && action !== null);
}

function finishLabel(state: BatchSummary['state'], count: number): string {
  if (state === 'canceled') return t('action.finish', { count });
  return count === 0 ? t('action.resume') : t('action.resume-count', { count });
}
