import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { useNow } from '../state/now.ts';
import { clockTime, duration, percent, rate } from '../words/numbers.ts';
import { t } from '../words/t.ts';

/** The figures under the progress bar. They keep their places while they change. */
export function Stats({ batch, onFailed }: { batch: BatchSummary; onFailed: () => void }) {
  const { state, counts, rate: perSecond, eta, busy, startedAt, endedAt } = batch;
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
      {busy !== null && (
        <li className="stat-busy" title={t('stats.busy-tip')}>
          <b>{percent(busy)}</b> {t('stats.busy')}
        </li>
      )}
      {counts.failed > 0 && (
        <li className="board-failed">
          <button type="button" onClick={onFailed} title={t('stats.failed-tip')}>
            <b>{t('count.failed', { count: counts.failed })}</b>
          </button>
        </li>
      )}
      {batch.warnings.length > 0 && <li>{t('stats.warnings', { count: batch.warnings.length })}</li>}
    </ul>
  );
}

/** What is left, as a range; as one figure where both ends read the same. */
export function etaText({ lowMs, highMs }: { lowMs: number; highMs: number }): string {
  // Rounded up: what is left is never said to be nothing.
  const [low, high] = [lowMs, highMs].map((ms) => clockTime(Math.ceil(ms / 1000) * 1000)) as [string, string];
  return low === high ? t('stats.left-about', { time: high }) : t('stats.left-range', { low, high });
}
