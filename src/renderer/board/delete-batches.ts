import { hasEnded } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import { client } from '../connection.ts';
import { leaveLinks } from '../keys/leave-links.ts';
import { neighbourOf } from '../state/batch-groups.ts';
import { batchNow, dropBatches, takeChangedBatches, useBatches } from '../state/batches.ts';
import { go, usePlace } from '../state/place.ts';
import { refreshStorage } from '../state/storage.ts';
import { report, toast } from '../state/toasts.ts';
import { t } from '../words/t.ts';

/** Deletes batches that have ended, and offers to bring them back. What still runs is kept, and said so. */
export async function deleteBatches(ids: readonly BatchId[]): Promise<void> {
  const known = ids.map(batchNow).filter((batch) => batch !== undefined);
  const ended = known.filter(({ state }) => hasEnded(state));
  const [running] = known.filter(({ state }) => !hasEnded(state));
  if (running) toast('error', t('delete.still-running', { name: running.name }));
  const [first] = ended;
  if (!first) return;
  const gone = ended.map(({ id }) => id);
  const { place } = usePlace.getState();
  const shown = place?.screen === 'batch' && gone.includes(place.batch) ? place : null;
  try {
    await client.batches.delete({ batches: gone });
  } catch (error) {
    return report(error);
  }
  leave(gone);
  toast(
    'info',
    gone.length === 1 ? t('delete.done', { name: first.name }) : t('delete.done-all', { count: gone.length }),
    {
      label: t('delete.undo'),
      run() {
        client.batches.restore({ batches: gone }).then(() => {
          takeChangedBatches(ended);
          refreshStorage();
          if (shown) go(shown);
        }, report);
      },
    },
  );
  refreshStorage();
}

/** Takes batches out of the window; where one of them is shown, another one is shown instead. */
export function leave(gone: readonly BatchId[]): void {
  const { place } = usePlace.getState();
  if (place?.screen === 'batch' && gone.includes(place.batch)) {
    const next = neighbourOf(useBatches.getState().batches, gone, place.batch);
    go(next === null ? { screen: 'new' } : { screen: 'batch', batch: next, tab: place.tab });
  }
  leaveLinks(gone);
  dropBatches(gone);
}
