import { memo, useRef } from 'react';
import { type BatchState, type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { shareOf } from '../../shared/overall.ts';
import { BatchMark } from '../board/batch-mark.tsx';
import { ProgressBar } from '../board/progress-bar.tsx';
import { isHalted, stateWord } from '../board/state-word.ts';
import { endedTasks } from '../state/batch-groups.ts';
import { placeHash, usePlace } from '../state/place.ts';
import { bytes, moment, percent } from '../words/numbers.ts';
import { said } from '../words/said.ts';
import { t } from '../words/t.ts';
import { useKeptFocus } from './use-kept-focus.ts';

interface BatchLinkProps {
  batch: BatchSummary;
  /** Of a queued one, from 1. */
  place?: number;
}

/** One batch in the sidebar: its state, its name, how far it is or how it ended. Drawn again only as it changes. */
export const BatchLink = memo(function BatchLink({ batch, place }: BatchLinkProps) {
  const current = usePlace(({ place }) => place?.screen === 'batch' && place.batch === batch.id);
  const { id, name, state, counts, createdAt, notice } = batch;
  const link = useRef<HTMLAnchorElement>(null);
  useKeptFocus(link, id);
  const failed = counts.failed > 0 || batch.error !== null;
  const tip = t('sidebar.tip', { name, at: moment(createdAt), size: bytes(batch.bytes) });
  return (
    <a
      ref={link}
      className="batch-link"
      href={placeHash({ screen: 'batch', batch: id, tab: 'tasks' })}
      aria-current={current ? 'page' : undefined}
      data-batch={id}
      title={notice ? `${tip}\n${said(notice.message)}` : tip}
    >
      <BatchMark batch={batch} />
      <span className="batch-link-name">{name}</span>
      <span className={noteClass(state, failed)}>{noteOf(batch, place)}</span>
      {!hasEnded(state) && state !== 'queued' && <ProgressBar batch={batch} thin />}
    </a>
  );
});

function noteClass(state: BatchState, failed: boolean): string {
  if (state === 'interrupted') return 'batch-link-note batch-link-interrupted';
  return failed && hasEnded(state) ? 'batch-link-note batch-link-failed' : 'batch-link-note';
}

function noteOf(batch: BatchSummary, place?: number): string {
  const { state, counts, error } = batch;
  if (!hasEnded(state)) return state === 'queued' ? queuedNote(place) : progressNote(batch);
  if (error || state === 'interrupted' || (isHalted(batch) && counts.failed === 0)) return stateWord(batch);
  if (counts.failed > 0) return t('count.failed', { count: counts.failed });
  return state === 'completed' ? t('count.plain', { count: batch.total }) : t(`batch.state.${state}`);
}

/** A watched folder has no end of its own to be a share of: what is done is counted. */
function progressNote(batch: BatchSummary): string {
  const share = shareOf(batch);
  return share === null && batch.total > 0
    ? t('count.plain', { count: endedTasks(batch.counts) })
    : percent(share ?? 0);
}

const queuedNote = (place: number | undefined): string => {
  if (place === undefined) return t('batch.state.queued');
  return place === 1 ? t('queue.next') : t('count.plain', { count: place });
};
