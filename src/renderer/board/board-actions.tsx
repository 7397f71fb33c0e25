import type { BatchSummary } from '../../shared/batch.ts';
import { Button } from '../parts/button.tsx';
import { startNow } from '../queue/queue-actions.ts';
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
import { ExportMenu } from './export-menu.tsx';
import { MoreMenu } from './more-menu.tsx';
import { offersOf } from './offers.ts';

/** What can be done to a batch: what one came for first, the rest behind "More". */
export function BoardActions({ batch }: { batch: BatchSummary }) {
  const { id } = batch;
  const offers = offersOf(batch);
  const isWatching = batch.spec.inputs.kind === 'watch';
  return (
    <div className="board-actions">
      {offers.startNow && (
        <Button icon="play" title={t('queue.start-now-tip')} onClick={() => startNow(id)}>
          {t('queue.start-now')}
        </Button>
      )}
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
        <Button
          icon="finish"
          title={t(isWatching ? 'action.close-watch-tip' : 'action.close-tip')}
          onClick={() => closeBatch(id)}
        >
          {t(isWatching ? 'action.close-watch' : 'action.close')}
        </Button>
      )}
      {offers.cancel && (
        <Button icon="stop" aria-keyshortcuts="x" onClick={() => askToCancel(id)}>
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
      <MoreMenu batch={batch} offers={offers} />
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
