import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { TaskDetail, TaskRow } from '../../shared/views.ts';
import { cancelTask, retryTasks } from '../board/actions.ts';
import { askToRetry } from '../board/retry-dialog.tsx';
import { gridId } from '../keys/ids.ts';
import { showLog } from '../log/show-log.ts';
import { Bar } from '../parts/bar.tsx';
import { Button, IconButton } from '../parts/button.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { ErrorBlock } from '../parts/error-block.tsx';
import { howOf } from '../parts/how.ts';
import { Quiet } from '../parts/quiet.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { useNow } from '../state/now.ts';
import { stateWords } from '../table/state-words.ts';
import { closePanel, moveSelection, selectedRow, useTable } from '../table/table-state.ts';
import { count, duration, percent } from '../words/numbers.ts';
import { type PlainKey, t } from '../words/t.ts';
import { Attempts } from './attempts.tsx';
import { Output } from './output.tsx';
import { Section } from './section.tsx';
import { readable } from './value-text.ts';
import { ValueView } from './value-view.tsx';
import './task-panel.css';

interface TaskPanelProps {
  batch: BatchSummary;
  /** Goes to the task before or after it. Default: in the order of the table. */
  onWalk?: (by: -1 | 1) => void;
}

/** One task beside the table: everything that is known of it. */
export function TaskPanel({ batch, onWalk = moveSelection }: TaskPanelProps) {
  const selection = useTable((state) => state.selection);
  const detail = useTable((state) => state.detail);
  const index = selection?.index ?? null;
  const shown = detail?.batch === batch.id && detail.index === index ? detail : null;
  const row = useTable(selectedRow);
  const close = () => {
    closePanel();
    document.getElementById(gridId)?.focus({ preventScroll: true });
  };
  return (
    <aside
      className="task-panel"
      aria-label={t('panel.title', { index: index === null ? '' : count(index) })}
    >
      <header className="panel-head">
        <h2>{index === null ? t('panel.loading') : t('panel.title', { index: count(index) })}</h2>
        {shown && <State detail={shown} row={row} />}
        <span className="panel-walk">
          <IconButton icon="up" label={t('keys.previous')} onClick={() => onWalk(-1)} />
          <IconButton icon="down" label={t('keys.next')} onClick={() => onWalk(1)} />
          <IconButton icon="close" label={t('panel.close')} onClick={close} />
        </span>
      </header>
      <div className="panel-body scrolls" aria-busy={!shown}>
        {shown && <Body key={`${shown.batch}/${shown.index}`} batch={batch} detail={shown} />}
      </div>
    </aside>
  );
}

function State({ detail, row }: { detail: TaskDetail; row: TaskRow | undefined }) {
  const { state, attempts, retry } = detail;
  const running = state === 'running' && row?.startedAt != null;
  const now = useNow(running || retry !== null);
  const ms = running ? Math.max(1, now - row.startedAt!) : (attempts.at(-1)?.ms ?? null);
  const last = attempts.at(-1);
  const { mark, tone, word, more } = stateWords(
    {
      state,
      retry,
      worker: last?.worker ?? null,
      outcome: last?.outcome ?? null,
      how: last?.error ? howOf(last.error) : null,
    },
    now,
  );
  return (
    <span className={`panel-state task-state-${tone}`} title={more ? `${word} ${more}` : word}>
      <StateMark state={mark} />
      <span className="panel-state-words">{more ? `${word} ${more}` : word}</span>
      {ms !== null && !more && <span className="quiet">{duration(ms)}</span>}
    </span>
  );
}

function Body({ batch: { id, state: batchState }, detail }: { batch: BatchSummary; detail: TaskDetail }) {
  const { index, state, error, input, value, progress, attempts, output, outputCut, printedAt } = detail;
  const open = state === 'pending' || state === 'running';
  // While it waits for its next attempt, why the last one did not succeed.
  const shownError = error ?? (open ? (attempts.at(-1)?.error ?? null) : null);
  return (
    <>
      {open && !hasEnded(batchState) && (
        <div className="panel-running">
          {progress && state === 'running' ? (
            <div className="panel-progress">
              <Bar share={progress.fraction} label={t('panel.progress')} />
              {percent(progress.fraction)} {progress.message}
              <Quiet printedAt={printedAt} />
            </div>
          ) : (
            <span className="quiet">
              {t(waitingWords(detail))} <Quiet printedAt={printedAt} />
            </span>
          )}
          <Button onClick={() => cancelTask(id, index)}>{t('panel.cancel')}</Button>
        </div>
      )}
      {!open && hasEnded(batchState) && (
        <div className="panel-running">
          <span className="quiet">{t(state === 'skipped' ? 'panel.skipped' : 'panel.ended')}</span>
          <Button
            icon="retry"
            aria-keyshortcuts="r"
            onClick={() =>
              state === 'succeeded' ? askToRetry(id, index) : retryTasks(id, { indices: [index] })
            }
          >
            {t('panel.retry')}
          </Button>
        </div>
      )}
      {shownError && (
        <Section title={t(state === 'canceled' ? 'panel.reason' : 'panel.error')}>
          <ErrorBlock error={shownError} stackOpen={state !== 'canceled'} quiet={state === 'canceled'} />
        </Section>
      )}
      <Section
        title={t('panel.input')}
        action={<CopyButton label={t('panel.copy-input')} text={() => readable(input).text} />}
      >
        <ValueView json={input} />
      </Section>
      {value !== null && (
        <Section
          title={t('panel.result')}
          action={<CopyButton label={t('panel.copy-result')} text={() => readable(value).text} />}
        >
          <ValueView json={value} />
        </Section>
      )}
      {output.length > 0 && (
        <Output pieces={output} cut={outputCut} onOpen={() => showLog(id, { task: index })} />
      )}
      {attempts.length > 0 && <Attempts attempts={attempts} />}
    </>
  );
}

function waitingWords({ state, retry }: TaskDetail): PlainKey {
  if (state === 'running') return 'panel.running';
  return retry ? 'panel.retrying' : 'panel.pending';
}
