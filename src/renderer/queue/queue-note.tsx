import type { BatchSummary } from '../../shared/batch.ts';
import { useBatches } from '../state/batches.ts';
import { t } from '../words/t.ts';
import { queueOf } from './queue-order.ts';
import './queue-group.css';

/** Where a batch stands among those that wait. */
export function QueueNote({ batch }: { batch: BatchSummary }) {
  const queue = useBatches((state) => state.batches);
  const order = queueOf(queue);
  const place = order.findIndex(({ id }) => id === batch.id) + 1;
  return (
    <p className="queue-note">
      {t('queue.place', { place, total: order.length })}
      {place === 1 && ` · ${t('queue.next')}`}
    </p>
  );
}

/** How many wait, for what can be moved among them. */
export const useQueuePlace = (id: number): { place: number; total: number } => {
  const batches = useBatches((state) => state.batches);
  const order = queueOf(batches);
  return { place: order.findIndex((batch) => batch.id === id), total: order.length };
};
