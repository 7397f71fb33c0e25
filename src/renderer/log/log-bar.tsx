import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { type OutputStream, outputStreams } from '../../shared/task.ts';
import { client } from '../connection.ts';
import { download } from '../download.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { useHost } from '../state/host.ts';
import { report, toast } from '../state/toasts.ts';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { LogSearch } from './log-search.tsx';
import { filterLog, setTimes, setWrap, useLog } from './log-state.ts';

/** What of the log is shown, and how; the search, and the way to take it along. */
export function LogBar({ batch }: { batch: BatchSummary }) {
  const { task, worker, streams } = useLog((state) => state.filter);
  const wrap = useLog((state) => state.wrap);
  const times = useLog((state) => state.times);
  return (
    <div className="log-bar">
      <fieldset className="log-chips">
        <legend className="hidden-text">{t('log.streams')}</legend>
        {outputStreams.map((stream) => (
          <button
            key={stream}
            type="button"
            className="chip"
            aria-pressed={streams.includes(stream)}
            title={t(`log.stream.${stream}`)}
            onClick={() => filterLog({ streams: toggled(streams, stream) })}
          >
            {t(`output.${stream}`)}
          </button>
        ))}
      </fieldset>
      <WorkerChoice batch={batch} worker={worker} />
      {task !== null && (
        <span className="log-chip">
          {t('panel.title', { index: count(task) })}
          <IconButton icon="close" label={t('log.all-tasks')} onClick={() => filterLog({ task: null })} />
        </span>
      )}
      <LogSearch />
      <span className="log-looks">
        <button type="button" className="chip" aria-pressed={wrap} onClick={() => setWrap(!wrap)}>
          {t('log.wrap')}
        </button>
        <button type="button" className="chip" aria-pressed={times} onClick={() => setTimes(!times)}>
          {t('log.times')}
        </button>
        <Button icon="download" title={t('log.download-tip')} onClick={() => void downloadLog(batch)}>
          {t('log.download')}
        </Button>
      </span>
    </div>
  );
}

/** At least one stream is shown: the last one that is taken away brings back the others. */
function toggled(streams: readonly OutputStream[], stream: OutputStream): OutputStream[] {
  const next = outputStreams.filter((each) => streams.includes(each) !== (each === stream));
  return next.length > 0 ? next : outputStreams.filter((each) => each !== stream);
}

function WorkerChoice({ batch, worker }: { batch: BatchSummary; worker: number | null }) {
  const size = useHost((state) => state.pool?.size ?? 1);
  const most = Math.max(size, batch.spec.options.workers ?? 0, worker ?? 0, hasEnded(batch.state) ? 1 : 0);
  return (
    <select
      className="log-workers"
      aria-label={t('log.workers')}
      value={worker ?? ''}
      onChange={({ target }) => filterLog({ worker: target.value === '' ? null : Number(target.value) })}
    >
      <option value="">{t('log.all-workers')}</option>
      {Array.from({ length: most }, (_, n) => n + 1).map((number) => (
        <option key={number} value={number}>
          {t('log.worker', { number })}
        </option>
      ))}
    </select>
  );
}

async function downloadLog(batch: BatchSummary): Promise<void> {
  const { filter, times } = useLog.getState();
  try {
    const outcome = await client.logs.download({ batch: batch.id, filter, prefix: times });
    if (outcome.kind === 'saved') toast('info', t('log.saved', { path: outcome.path }));
    else if (outcome.kind === 'download') download(outcome.url, outcome.name);
  } catch (error) {
    report(error);
  }
}
