import type { BatchSummary } from '../../shared/batch.ts';
import { MenuGroup, MenuItem } from '../parts/menu.tsx';
import { t } from '../words/t.ts';
import { stepQueued } from './queue-actions.ts';
import { useQueuePlace } from './queue-note.tsx';

/** What changes the place of a queued batch, in a menu. */
export function QueueItems({ batch: { id, state } }: { batch: BatchSummary }) {
  const { place, total } = useQueuePlace(id);
  if (state !== 'queued' || total < 2) return null;
  return (
    <MenuGroup title={t('sidebar.queued')}>
      {place > 0 && (
        <MenuItem icon="first" label={t('queue.first')} onChoose={() => stepQueued(id, 'first')} />
      )}
      {place > 0 && <MenuItem icon="up" label={t('queue.up')} onChoose={() => stepQueued(id, 'up')} />}
      {place < total - 1 && (
        <MenuItem icon="down" label={t('queue.down')} onChoose={() => stepQueued(id, 'down')} />
      )}
    </MenuGroup>
  );
}
