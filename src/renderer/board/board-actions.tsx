import type { BatchSummary } from '../../shared/batch.ts';
import { Button } from '../parts/button.tsx';
import { MenuButton, MenuItem } from '../parts/menu.tsx';
import { t } from '../words/t.ts';
import {
  askToCancel,
  closeBatch,
  failedTasks,
  finishBatch,
  resumeBatch,
  retryTasks,
  togglePause,
} from './actions.ts';
import { deleteBatches } from './delete-batches.ts';
import { ExportMenu } from './export-menu.tsx';
import { offersOf } from './offers.ts';

/** What can be done to a batch: what one came for first, the rest behind "More". */
export function BoardActions({ batch }: { batch: BatchSummary }) {
  const { id } = batch;
  const offers = offersOf(batch);
  return (
    <div className="board-actions">
      {offers.pause && (
        <Button icon="pause" aria-keyshortcuts="p" onClick={() => togglePause(id)}>
          {t('action.pause')}
        </Button>
      )}
      {offers.goOn && (
        <Button icon="play" aria-keyshortcuts="p" onClick={() => togglePause(id)}>
          {t('action.resume')}
        </Button>
      )}
      {offers.close && (
        <Button icon="finish" title={t('action.close-tip')} onClick={() => closeBatch(id)}>
          {t('action.close')}
        </Button>
      )}
      {offers.cancel && (
        <Button icon="stop" onClick={() => askToCancel(id)}>
          {t('action.cancel')}
        </Button>
      )}
      {offers.finish && <Finish batch={batch} count={offers.finish.count} />}
      {offers.retryFailed > 0 && (
        <Button icon="retry" aria-keyshortcuts="r" onClick={() => retryTasks(id, failedTasks)}>
          {t('retry.failed', { count: offers.retryFailed })}
        </Button>
      )}
      <ExportMenu batch={batch} />
      {(offers.remove || offers.retryUnsuccessful > 0) && (
        <MenuButton bare icon="more" label={t('action.more')}>
          {offers.retryUnsuccessful > 0 && (
            <MenuItem
              icon="retry"
              label={t('retry.unsuccessful', { count: offers.retryUnsuccessful })}
              onChoose={() => retryTasks(id, 'unsuccessful')}
            />
          )}
          <MenuItem icon="trash" label={t('delete.batch')} onChoose={() => void deleteBatches([id])} />
        </MenuButton>
      )}
    </div>
  );
}

/** Does what was left undone: the main thing after an interruption, a possibility after a cancel. */
function Finish({ batch: { id, state }, count }: { batch: BatchSummary; count: number }) {
  if (state === 'canceled') {
    return (
      <Button look="ghost" icon="play" onClick={() => finishBatch(id)}>
        {t('action.finish', { count })}
      </Button>
    );
  }
  return (
    <Button look="main" icon="play" aria-keyshortcuts="p" onClick={() => resumeBatch(id)}>
      {count === 0 ? t('action.resume') : t('action.resume-count', { count })}
    </Button>
  );
}
