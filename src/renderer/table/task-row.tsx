import { memo } from 'react';
import type { TaskRow } from '../../shared/views.ts';
import { Bar } from '../parts/bar.tsx';
import { Quiet } from '../parts/quiet.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { useNow } from '../state/now.ts';
import { count, duration, moment, percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { pathParts } from './path-parts.ts';
import { stateWords } from './state-words.ts';

interface TaskRowProps {
  id: string;
  position: number;
  /** Undefined while it is not loaded. */
  row: TaskRow | undefined;
  /** It is the one that the keys act from. */
  current: boolean;
  /** It is among those that something can be done to. */
  selected: boolean;
}

/** One row of the table. */
export const TaskRowView = memo(function TaskRowView(props: TaskRowProps) {
  const { id, position, row, current, selected } = props;
  return (
    <div
      id={id}
      className="task-row"
      role="row"
      aria-rowindex={position + 2}
      aria-selected={selected}
      data-current={current || undefined}
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
      <StateCell row={row} />
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

function StateCell({ row }: { row: TaskRow }) {
  const { attempts, retry, state } = row;
  const waits = retry !== null && state === 'pending';
  const now = useNow(waits);
  const { mark, tone, word, more } = stateWords(row, now);
  const tip = attempts > 1 && !waits ? t('grid.attempts-tip', { count: attempts }) : undefined;
  return (
    <div
      role="gridcell"
      className={`task-cell-state task-state-${tone}`}
      aria-colindex={3}
      title={[more ? `${word} ${more}` : word, tip].filter(Boolean).join(', ')}
    >
      <StateMark state={mark} />
      <span className="task-state-word">{word}</span>
      {more && <span className="task-state-more">{more}</span>}
      {tip && !more && (
        <span className="quiet" aria-hidden="true">
          {t('grid.attempts', { attempts })}
        </span>
      )}
      {tip && <span className="hidden-text">{tip}</span>}
    </div>
  );
}

function Time({ row: { state, ms, startedAt } }: { row: TaskRow }) {
  const running = state === 'running' && startedAt !== null;
  const now = useNow(running);
  if (running) return duration(Math.max(1, now - startedAt));
  return ms === null ? '' : duration(ms);
}

function ResultCell({ row: { state, result, progress, printedAt } }: { row: TaskRow }) {
  if (state === 'running' && progress) {
    return (
      <div role="gridcell" className="task-cell-result task-progress" aria-colindex={6}>
        <Bar share={progress.fraction} label={t('panel.progress')} />
        {percent(progress.fraction)} {progress.message}
        <Quiet printedAt={printedAt} onlySuspicious />
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
      {state === 'running' ? <Quiet printedAt={printedAt} /> : result}
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
