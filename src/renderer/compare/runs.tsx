import type { BatchSummary } from '../../shared/batch.ts';
import type { Comparison } from '../../shared/contract/compare.ts';
import { BatchStateWord } from '../board/batch-mark.tsx';
import { placeHash } from '../state/place.ts';
import { count, duration, moment } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { timesText } from './times.ts';

/** The figures of both runs, under each other. */
export function Runs({
  before,
  after,
  comparison,
}: {
  before: BatchSummary;
  after: BatchSummary;
  comparison: Comparison | null;
}) {
  const { medianMs, totalMs } = comparison ?? { medianMs: null, totalMs: null };
  return (
    <table className="compare-runs" aria-label={t('compare.runs')}>
      <thead>
        <tr>
          <th scope="col">{t('compare.run')}</th>
          <th scope="col">{t('compare.started')}</th>
          <th scope="col">{t('compare.succeeded')}</th>
          <th scope="col">{t('compare.failed')}</th>
          <th scope="col">{t('compare.took')}</th>
          <th scope="col">{t('compare.median')}</th>
          <th scope="col">{t('compare.total')}</th>
        </tr>
      </thead>
      <tbody>
        <Run title={t('compare.before')} batch={before} median={medianMs?.before} total={totalMs?.before} />
        <Run
          title={t('compare.after')}
          batch={after}
          median={medianMs?.after}
          total={totalMs?.after}
          medianBefore={medianMs?.before}
          totalBefore={totalMs?.before}
        />
      </tbody>
    </table>
  );
}

function Run({
  title,
  batch,
  median,
  total,
  medianBefore,
  totalBefore,
}: {
  title: string;
  batch: BatchSummary;
  median?: number;
  total?: number;
  medianBefore?: number;
  totalBefore?: number;
}) {
  const { id, name, startedAt, endedAt, createdAt, counts } = batch;
  return (
    <tr>
      <th scope="row">
        <div className="compare-what">
          <span className="compare-which">{title}</span>
          <a
            className="link compare-name"
            href={placeHash({ screen: 'batch', batch: id, tab: 'tasks' })}
            title={t('compare.open-batch', { name })}
          >
            {name}
          </a>
          <BatchStateWord batch={batch} />
        </div>
      </th>
      <td>{moment(startedAt ?? createdAt)}</td>
      <td>{count(counts.succeeded)}</td>
      <td className={counts.failed > 0 ? 'compare-failed' : undefined}>{count(counts.failed)}</td>
      <td>{startedAt !== null && endedAt !== null && duration(Math.max(1, endedAt - startedAt))}</td>
      <Time ms={median} before={medianBefore} />
      <Time ms={total} before={totalBefore} />
    </tr>
  );
}

function Time({ ms, before }: { ms?: number; before?: number }) {
  return (
    <td>
      {ms !== undefined && duration(ms)}
      {ms !== undefined && before !== undefined && before > 0 && (
        <span className="quiet"> {timesText(before, ms)}</span>
      )}
    </td>
  );
}
