import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { Button } from '../parts/button.tsx';
import { endedTasks } from '../state/batch-groups.ts';
import { go } from '../state/place.ts';
import { ask } from '../table/table-state.ts';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { askToCancel, togglePause } from './actions.ts';
import { BatchStateWord } from './batch-mark.tsx';
import { ExportMenu } from './export-menu.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { Stats } from './stats.tsx';

/** Name, state, what can be done to the batch, and how far it is. */
export function BoardHeader({ batch }: { batch: BatchSummary }) {
  const { name, total, enumerated, counts, state } = batch;
  return (
    <header className="board-header">
      <div className="board-title">
        <h1 title={name}>{name}</h1>
        <BatchStateWord batch={batch} />
        <Actions batch={batch} />
      </div>
      <div className="board-progress">
        <ProgressBar batch={batch} />
        <span
          className="board-count"
          data-testid="done-of-total"
          // The bar beside it must not change its width as the count grows.
          style={{ minWidth: `${count(total).length * 2 + 1}ch` }}
        >
          {count(endedTasks(counts))}
          <span className="quiet">
            {' '}
            {t(enumerated || hasEnded(state) ? 'board.of' : 'board.of-so-far', { count: total })}
          </span>
        </span>
        <Stats
          batch={batch}
          onFailed={() => {
            go({ screen: 'batch', batch: batch.id, tab: 'tasks' });
            ask({ filter: 'failed' });
          }}
        />
      </div>
    </header>
  );
}

function Actions({ batch }: { batch: BatchSummary }) {
  const { id, state } = batch;
  return (
    <div className="board-actions">
      {(state === 'running' || state === 'queued') && (
        <Button icon="pause" aria-keyshortcuts="p" onClick={() => togglePause(id)}>
          {t('action.pause')}
        </Button>
      )}
      {state === 'paused' && (
        <Button icon="play" aria-keyshortcuts="p" onClick={() => togglePause(id)}>
          {t('action.resume')}
        </Button>
      )}
      {!hasEnded(state) && (
        <Button icon="stop" onClick={() => askToCancel(id)}>
          {t('action.cancel')}
        </Button>
      )}
      <ExportMenu batch={batch} />
    </div>
  );
}
