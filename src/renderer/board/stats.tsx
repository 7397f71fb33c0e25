import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { StateMark } from '../parts/state-mark.tsx';
import { useNow } from '../state/now.ts';
import { placeHash } from '../state/place.ts';
import { clockTime, duration, percent, rate } from '../words/numbers.ts';
import { said } from '../words/said.ts';
import { t } from '../words/t.ts';

/** The figures under the progress bar. They keep their places while they change. */
export function Stats({
  batch,
  onShow,
}: {
  batch: BatchSummary;
  onShow: (filter: TaskQuery['filter']) => void;
}) {
  const { id, state, counts, rate: perSecond, eta, busy, startedAt, endedAt, retrying, warnings } = batch;
  const ended = hasEnded(state);
  const now = useNow(!ended && startedAt !== null);
  const elapsed = startedAt === null ? null : (endedAt ?? now) - startedAt;
  return (
    <ul className="board-stats">
      {perSecond !== null && (
        <li className="stat-rate" title={t('stats.rate-tip')}>
          <b>{rate(perSecond)}</b>
        </li>
      )}
      {elapsed !== null && (
        <li className="stat-elapsed">
          {t(ended ? 'stats.took' : 'stats.elapsed')}{' '}
          <b>{ended ? duration(Math.max(1, elapsed)) : clockTime(elapsed)}</b>
        </li>
      )}
      {!ended && eta && (
        <li className="stat-eta">
          <b>{etaText(eta)}</b>
        </li>
      )}
      {counts.failed > 0 && (
        <li className="board-failed">
          <button type="button" onClick={() => onShow('failed')} title={t('stats.failed-tip')}>
            <b>{t('count.failed', { count: counts.failed })}</b>
          </button>
        </li>
      )}
      {retrying > 0 && !ended && (
        <li className="board-retrying">
          <button type="button" onClick={() => onShow('pending')} title={t('stats.retrying-tip')}>
            <StateMark state="retrying" />
            <b>{t('stats.retrying', { count: retrying })}</b>
          </button>
        </li>
      )}
      {warnings.length > 0 && (
        <li>
          <a
            className="stat-warnings"
            href={placeHash({ screen: 'batch', batch: id, tab: 'details' })}
            title={warnings.slice(0, 5).map(said).join('\n')}
          >
            {t('stats.warnings', { count: warnings.length })}
          </a>
        </li>
      )}
      {busy !== null && !ended && (
        <li className="stat-busy" title={t('stats.busy-tip')}>
          <b>{percent(busy)}</b> {t('stats.busy')}
        </li>
      )}
    </ul>
  );
}

/** What is left, as a range; as one figure where both ends read the same. */
export function etaText({ lowMs, highMs }: { lowMs: number; highMs: number }): string {
  // Rounded up: what is left is never said to be nothing.
  const [low, high] = [lowMs, highMs].map((ms) => clockTime(Math.ceil(ms / 1000) * 1000)) as [string, string];
  return low === high ? t('stats.left-about', { time: high }) : t('stats.left-range', { low, high });
}
