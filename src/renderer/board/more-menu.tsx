import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { askToCompare } from '../compare/compare-dialog.tsx';
import { duplicate } from '../new-batch/duplicate.ts';
import { MenuButton, MenuItem } from '../parts/menu.tsx';
import { PriorityItems } from '../queue/priority.tsx';
import { QueueItems } from '../queue/queue-items.tsx';
import { t } from '../words/t.ts';
import { retryTasks } from './actions.ts';
import { deleteBatches } from './delete-batches.ts';
import type { Offers } from './offers.ts';

/** What can be done to a batch besides what its buttons do. */
export function MoreMenu({ batch, offers }: { batch: BatchSummary; offers: Offers }) {
  const { id, state } = batch;
  return (
    <MenuButton bare icon="more" label={t('action.more')}>
      {offers.retryUnsuccessful > 0 && (
        <MenuItem
          icon="retry"
          label={t('retry.unsuccessful', { count: offers.retryUnsuccessful })}
          onChoose={() => retryTasks(id, 'unsuccessful')}
        />
      )}
      <MenuItem
        icon="duplicate"
        label={t('actions.duplicate')}
        shortcut="D"
        onChoose={() => void duplicate(id)}
      />
      <MenuItem icon="compare" label={t('actions.compare')} shortcut="C" onChoose={() => askToCompare(id)} />
      {offers.remove && (
        <MenuItem
          icon="trash"
          label={t('delete.batch')}
          shortcut="Del"
          onChoose={() => void deleteBatches([id])}
        />
      )}
      <QueueItems batch={batch} />
      {!hasEnded(state) && <PriorityItems batch={batch} />}
    </MenuButton>
  );
}
