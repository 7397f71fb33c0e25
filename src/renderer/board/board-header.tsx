import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { PriorityWord } from '../queue/priority.tsx';
import { QueueNote } from '../queue/queue-note.tsx';
import { endedTasks } from '../state/batch-groups.ts';
import { go } from '../state/place.ts';
import { ask } from '../table/table-state.ts';
import { AfterBar } from '../when-done/after-bar.tsx';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { BatchStateWord } from './batch-mark.tsx';
import { BoardActions } from './board-actions.tsx';
import { Notice } from './notice.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { Stats } from './stats.tsx';

/** Name, state, what can be done to the batch, and how far it is. */
export function BoardHeader({ batch }: { batch: BatchSummary }) {
  const { id, name, total, enumerated, counts, state } = batch;
  const show = (filter: TaskQuery['filter']) => {
    go({ screen: 'batch', batch: id, tab: 'tasks' });
    ask({ filter, search: '' });
  };
  return (
    <header className="board-header">
      <div className="board-title">
        <h1 title={name}>{name}</h1>
        <BatchStateWord batch={batch} />
        <PriorityWord batch={batch} />
        <BoardActions batch={batch} />
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
        <div className="board-below">
          {batch.notice ? (
            <Notice batch={batch} />
          ) : state === 'queued' ? (
            <QueueNote batch={batch} />
          ) : (
            <Stats batch={batch} onShow={show} />
          )}
          <AfterBar />
        </div>
      </div>
    </header>
  );
}
