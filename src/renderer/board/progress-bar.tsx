import type { BatchSummary } from '../../shared/batch.ts';
import { shareDone } from '../state/batch-groups.ts';
import { percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import './progress-bar.css';

const segments = ['succeeded', 'failed', 'canceled', 'skipped', 'running', 'retrying'] as const;

/** A bar of at most so many tasks moves in steps that are seen: it glides. */
const mostThatGlide = 200;

/** How far a batch is, in segments by state; what is left is the empty part. */
export function ProgressBar({ batch, thin }: { batch: BatchSummary; thin?: boolean }) {
  const { total, name, retrying } = batch;
  const counts = { ...batch.counts, retrying };
  const share = shareDone(batch);
  return (
    <div
      className={`progress-bar ${thin ? 'progress-bar-thin' : total <= mostThatGlide ? 'progress-bar-glides' : ''}`}
      role="progressbar"
      aria-label={t('progress.of', { name })}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(share * 100)}
      aria-valuetext={t('progress.text', {
        percent: percent(share),
        failed: t('count.failed', { count: counts.failed }),
      })}
      aria-hidden={thin}
    >
      {segments.map((state) => (
        <span
          key={state}
          className={`progress-segment progress-${state}`}
          // A few failures among very many are seen too.
          style={{
            width: `${total === 0 ? 0 : (counts[state] / total) * 100}%`,
            minWidth: counts[state] > 0 ? 2 : 0,
          }}
          title={t('progress.segment', {
            count: counts[state],
            state: t(state === 'retrying' ? 'progress.retrying' : `task.state.${state}`),
          })}
        />
      ))}
    </div>
  );
}
