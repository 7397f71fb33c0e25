import type { BatchSummary } from '../../shared/batch.ts';
import type { TaskDetail } from '../../shared/views.ts';
import { cancelTask } from '../board/actions.ts';
import { gridId } from '../keys/ids.ts';
import { Bar } from '../parts/bar.tsx';
import { Button, IconButton } from '../parts/button.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { ErrorBlock } from '../parts/error-block.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { useNow } from '../state/now.ts';
import { closePanel, moveSelection, useTable } from '../table/table-state.ts';
import { count, duration, percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { Attempts } from './attempts.tsx';
import { Output } from './output.tsx';
import { Section } from './section.tsx';
import { readable } from './value-text.ts';
import { ValueView } from './value-view.tsx';
import './task-panel.css';

/** One task beside the table: everything that is known of it. */
export function TaskPanel({ batch }: { batch: BatchSummary }) {
  const selection = useTable((state) => state.selection);
  const detail = useTable((state) => state.detail);
  const index = selection?.index ?? null;
  const shown = detail?.batch === batch.id && detail.index === index ? detail : null;
  const startedAt = useTable(({ rows, selection }) => {
    const row = selection?.position == null ? undefined : rows.byPosition.get(selection.position);
    return row?.index === selection?.index ? (row?.startedAt ?? null) : null;
  });
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
        {shown && <State detail={shown} startedAt={startedAt} />}
        <span className="panel-walk">
          <IconButton icon="up" label={t('keys.previous')} onClick={() => moveSelection(-1)} />
          <IconButton icon="down" label={t('keys.next')} onClick={() => moveSelection(1)} />
          <IconButton icon="close" label={t('panel.close')} onClick={close} />
        </span>
      </header>
      <div className="panel-body scrolls" aria-busy={!shown}>
        {shown && <Body key={`${shown.batch}/${shown.index}`} detail={shown} />}
      </div>
    </aside>
  );
}

function State({ detail: { state, attempts }, startedAt }: { detail: TaskDetail; startedAt: number | null }) {
  const running = state === 'running' && startedAt !== null;
  const now = useNow(running);
  const ms = running ? Math.max(1, now - startedAt) : (attempts.at(-1)?.ms ?? null);
  return (
    <span className="panel-state">
      <StateMark state={state} />
      <span className={`task-state-${state}`}>{t(`task.state.${state}`)}</span>
      {ms !== null && <span className="quiet">{duration(ms)}</span>}
    </span>
  );
}

function Body({ detail }: { detail: TaskDetail }) {
  const { batch, index, state, error, input, value, progress, attempts, output, outputCut } = detail;
  return (
    <>
      {state === 'running' && (
        <div className="panel-running">
          {progress ? (
            <div className="panel-progress">
              <Bar share={progress.fraction} label={t('panel.progress')} />
              {percent(progress.fraction)} {progress.message}
            </div>
          ) : (
            <span className="quiet">{t('panel.running')}</span>
          )}
          <Button onClick={() => cancelTask(batch, index)}>{t('panel.cancel')}</Button>
        </div>
      )}
      {error && (
        <Section title={t(state === 'canceled' ? 'panel.reason' : 'panel.error')}>
          <ErrorBlock error={error} stackOpen={state !== 'canceled'} quiet={state === 'canceled'} />
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
      {output.length > 0 && <Output pieces={output} cut={outputCut} />}
      {attempts.length > 0 && <Attempts attempts={attempts} />}
    </>
  );
}
