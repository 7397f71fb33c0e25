import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { BatchMark } from '../board/batch-mark.tsx';
import { ProgressBar } from '../board/progress-bar.tsx';
import { shareDone } from '../state/batch-groups.ts';
import { placeHash, usePlace } from '../state/place.ts';
import { moment, percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';

/** One batch in the sidebar: its state, its name, how far it is or how it ended. */
export function BatchLink({ batch }: { batch: BatchSummary }) {
  const current = usePlace(({ place }) => place?.screen === 'batch' && place.batch === batch.id);
  const { id, name, state, counts, createdAt } = batch;
  const failed = counts.failed > 0 || batch.error !== null;
  return (
    <a
      className="batch-link"
      href={placeHash({ screen: 'batch', batch: id, tab: 'tasks' })}
      aria-current={current ? 'page' : undefined}
      title={t('sidebar.tip', { name, at: moment(createdAt) })}
    >
      <BatchMark batch={batch} />
      <span className="batch-link-name">{name}</span>
      <span className={failed && hasEnded(state) ? 'batch-link-note batch-link-failed' : 'batch-link-note'}>
        {noteOf(batch)}
      </span>
      {!hasEnded(state) && state !== 'queued' && <ProgressBar batch={batch} thin />}
    </a>
  );
}

function noteOf(batch: BatchSummary): string {
  const { state, counts, error } = batch;
  if (!hasEnded(state)) return state === 'queued' ? t('batch.state.queued') : percent(shareDone(batch));
  if (error) return t('batch.stopped');
  if (counts.failed > 0) return t('count.failed', { count: counts.failed });
  return state === 'completed' ? t('count.plain', { count: batch.total }) : t(`batch.state.${state}`);
}
