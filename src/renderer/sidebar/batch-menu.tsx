import { hasEnded } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import { askToCancel, failedTasks, finishBatch, retryTasks } from '../board/actions.ts';
import { deleteBatches } from '../board/delete-batches.ts';
import { offersOf } from '../board/offers.ts';
import { duplicate } from '../new-batch/duplicate.ts';
import { ContextMenu, MenuItem } from '../parts/menu.tsx';
import { PriorityItems } from '../queue/priority.tsx';
import { startNow } from '../queue/queue-actions.ts';
import { QueueItems } from '../queue/queue-items.tsx';
import { useBatch } from '../state/batches.ts';
import { go } from '../state/place.ts';
import { t } from '../words/t.ts';

export interface MenuPlace {
  batch: BatchId;
  at: { x: number; y: number };
}

/** What can be done to a batch in the sidebar without opening it first. */
export function BatchMenu({ place: { batch: id, at }, onClose }: { place: MenuPlace; onClose: () => void }) {
  const batch = useBatch(id);
  if (!batch) return null;
  const { finish, retryFailed, remove, startNow: startsLater } = offersOf(batch);
  return (
    <ContextMenu label={batch.name} at={at} onClose={onClose}>
      {finish && (
        <MenuItem
          icon="play"
          label={
            batch.state === 'canceled'
              ? t('action.finish', { count: finish.count })
              : t('action.resume-count', { count: finish.count })
          }
          onChoose={() => finishBatch(id)}
        />
      )}
      {retryFailed > 0 && (
        <MenuItem
          icon="retry"
          label={t('retry.failed', { count: retryFailed })}
          onChoose={() => retryTasks(id, failedTasks)}
        />
      )}
      {startsLater && <MenuItem icon="play" label={t('queue.start-now')} onChoose={() => startNow(id)} />}
      <MenuItem icon="duplicate" label={t('actions.duplicate')} onChoose={() => void duplicate(id)} />
      {remove ? (
        <MenuItem icon="trash" label={t('delete.batch')} onChoose={() => void deleteBatches([id])} />
      ) : (
        <MenuItem
          icon="stop"
          label={t('cancel.do', { count: batch.counts.pending + batch.counts.running })}
          onChoose={() => {
            // The question stands on the batch's own board.
            go({ screen: 'batch', batch: id, tab: 'tasks' });
            askToCancel(id);
          }}
        />
      )}
      <QueueItems batch={batch} />
      {!hasEnded(batch.state) && <PriorityItems batch={batch} />}
    </ContextMenu>
  );
}
