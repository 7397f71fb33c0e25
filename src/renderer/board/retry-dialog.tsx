import { create } from 'zustand';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { BatchId, TaskIndex } from '../../shared/task.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { useBatches } from '../state/batches.ts';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { failedTasks, retryNow, retryTasks } from './actions.ts';
import { offersOf } from './offers.ts';

/** What one is being asked to run again. `task`: one that has succeeded, whose result would be replaced. */
const useRetrying = create<{ batch: BatchId | null; task: TaskIndex | null }>(() => ({
  batch: null,
  task: null,
}));

export const askToRetry = (batch: BatchId, task: TaskIndex | null = null): void =>
  useRetrying.setState({ batch, task });

const close = () => useRetrying.setState({ batch: null });

/** Offers what can be run again, where it is not plain from what is selected. */
export function RetryDialog() {
  const { batch: id, task } = useRetrying();
  const batch = useBatches(({ batches }) => (id === null ? undefined : batches.get(id)));
  if (!batch) return null;
  const { retryFailed, retryUnsuccessful } = offersOf(batch);
  const offers = [
    task === null ? null : { label: t('retry.task', { index: count(task) }), tasks: { indices: [task] } },
    retryFailed > 0 ? { label: t('retry.failed', { count: retryFailed }), tasks: failedTasks } : null,
    retryUnsuccessful > 0
      ? { label: t('retry.unsuccessful', { count: retryUnsuccessful }), tasks: 'unsuccessful' as const }
      : null,
  ].filter((offer) => offer !== null);
  return (
    <Dialog title={t('retry.title', { name: batch.name })} onClose={close}>
      <p>{t(task !== null ? 'retry.succeeded' : offers.length > 0 ? 'retry.meaning' : whyNot(batch))}</p>
      <div className="dialog-buttons">
        <Button onClick={close}>{t('dialog.close')}</Button>
        {offers.map(({ label, tasks }, position) => (
          <Button
            key={label}
            look={position === 0 ? 'main' : 'plain'}
            data-first={position === 0 || undefined}
            onClick={() => {
              close();
              // Of the one task that has succeeded it was said just now that its result is replaced.
              if (task !== null && position === 0) retryNow(batch.id, tasks);
              else retryTasks(batch.id, tasks);
            }}
          >
            {label}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}

/** Why nothing can be run again. */
function whyNot({ state, counts }: BatchSummary) {
  if (!hasEnded(state)) return 'retry.still-running';
  return state === 'interrupted' && counts.failed > 0 ? 'retry.interrupted' : 'retry.none';
}
