import { memo } from 'react';
import type { TaskRow } from '../../shared/views.ts';
import { Bar } from '../parts/bar.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { useNow } from '../state/now.ts';
import { count, duration, moment, percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { pathParts } from './path-parts.ts';

interface TaskRowProps {
  id: string;
  position: number;
  /** Undefined while it is not loaded. */
  row: TaskRow | undefined;
  selected: boolean;
}

/** One row of the table. */
export const TaskRowView = memo(function TaskRowView({ id, position, row, selected }: TaskRowProps) {
  return (
    <div
      id={id}
      className="task-row"
      role="row"
      aria-rowindex={position + 2}
      aria-selected={selected}
      data-position={position}
      data-index={row?.index}
    >
      {row ? <Cells row={row} /> : <Blank />}
    </div>
  );
});

function Cells({ row }: { row: TaskRow }) {
  return (
    <>
      <div role="gridcell" className="task-cell-index" aria-colindex={1}>
        {count(row.index)}
      </div>
      <InputCell text={row.input} />
      <div role="gridcell" className="task-cell-state" aria-colindex={3}>
        <StateMark state={row.state} />
        <span className={`task-state-${row.state}`}>
          {t(`task.state.${row.state}`)}
          {row.attempts > 1 && (
            <span className="quiet" title={t('grid.attempts-tip', { count: row.attempts })}>
              {' '}
              {t('grid.attempts', { attempts: row.attempts })}
            </span>
          )}
        </span>
      </div>
      <div
        role="gridcell"
        className="task-cell-ms"
        aria-colindex={4}
        title={row.startedAt === null ? undefined : t('grid.started', { at: moment(row.startedAt) })}
      >
        <Time row={row} />
      </div>
      <div role="gridcell" className="task-cell-worker" aria-colindex={5}>
        {row.worker}
      </div>
      <ResultCell row={row} />
    </>
  );
}

function InputCell({ text }: { text: string }) {
  const path = pathParts(text);
  if (!path) {
    return (
      <div role="gridcell" className="task-cell-input" aria-colindex={2} title={text}>
        {text}
      </div>
    );
  }
  return (
    <div role="gridcell" className="task-cell-input task-cell-path" aria-colindex={2} title={text}>
      <span className="task-path-folder">{path.folder}</span>
      <span className="task-path-name">{path.name}</span>
    </div>
  );
}

function Time({ row: { state, ms, startedAt } }: { row: TaskRow }) {
  const running = state === 'running' && startedAt !== null;
  const now = useNow(running);
  if (running) return duration(Math.max(1, now - startedAt));
  return ms === null ? '' : duration(ms);
}

function ResultCell({ row: { state, result, progress } }: { row: TaskRow }) {
  if (state === 'running' && progress) {
    return (
      <div role="gridcell" className="task-cell-result task-progress" aria-colindex={6}>
        <Bar share={progress.fraction} label={t('panel.progress')} />
        {percent(progress.fraction)} {progress.message}
      </div>
    );
  }
  return (
    <div
      role="gridcell"
      className={state === 'failed' ? 'task-cell-result task-result-failed' : 'task-cell-result'}
      aria-colindex={6}
      title={result ?? undefined}
    >
      {result}
    </div>
  );
}

/** Stands in for a row that is on its way. */
function Blank() {
  return (
    <>
      <div role="gridcell" className="task-cell-index" aria-label={t('grid.loading')} />
      <div role="gridcell" className="task-cell-input">
        <span className="task-blank" />
      </div>
      <div role="gridcell" className="task-cell-state" />
      <div role="gridcell" className="task-cell-ms" />
      <div role="gridcell" className="task-cell-worker" />
      <div role="gridcell" className="task-cell-result" />
    </>
  );
}
