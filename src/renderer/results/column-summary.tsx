import { useEffect, useState } from 'react';
import type { ColumnSummary, ResultColumn } from '../../shared/contract/results.ts';
import type { BatchId } from '../../shared/task.ts';
import { client } from '../connection.ts';
import { count, moment, percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { figure } from './figure.ts';
import { addFilter } from './results-state.ts';

interface SummaryProps {
  batch: BatchId;
  column: ResultColumn;
  onDone: () => void;
}

/** What a column holds, over all results; worked out when it is looked at. */
export function ColumnSummaryView({ batch, column, onDone }: SummaryProps) {
  const [summary, setSummary] = useState<ColumnSummary | Error | null>(null);
  useEffect(() => {
    let here = true;
    const take = (value: ColumnSummary | Error) => here && setSummary(value);
    client.results.summary({ batch, column: column.id }).then(take, take);
    return () => {
      here = false;
    };
  }, [batch, column.id]);
  return (
    <section className="results-summary" aria-label={t('results.summary')} aria-busy={summary === null}>
      {summary === null && <p className="quiet">{t('results.summary.reading')}</p>}
      {summary instanceof Error && <p>{summary.message}</p>}
      {summary && !(summary instanceof Error) && <Figures {...{ summary, column, onDone }} />}
    </section>
  );
}

function Figures({
  summary,
  column,
  onDone,
}: {
  summary: ColumnSummary;
  column: ResultColumn;
  onDone: () => void;
}) {
  const { rows, filled, distinct, distinctIsEstimate, numbers, bars, frequent } = summary;
  const show = (value: number) => (column.type === 'time' ? moment(value) : figure(value));
  return (
    <>
      <dl className="results-figures">
        <Figure name={t('results.summary.rows')} value={count(rows)} />
        <Figure name={t('results.summary.empty')} value={count(rows - filled)} />
        <Figure
          name={t('results.summary.distinct')}
          value={distinctIsEstimate ? t('results.summary.about', { count: distinct }) : count(distinct)}
        />
        {numbers && (
          <>
            <Figure name={t('results.summary.min')} value={show(numbers.min)} />
            <Figure name={t('results.summary.mean')} value={show(numbers.mean)} />
            <Figure name={t('results.summary.max')} value={show(numbers.max)} />
          </>
        )}
      </dl>
      {numbers && bars.length > 1 && <Bars bars={bars} low={show(numbers.min)} high={show(numbers.max)} />}
      {!numbers && frequent.length > 0 && (
        <ul className="results-frequent" aria-label={t('results.summary.frequent')}>
          {frequent.map(({ value, count: times }) => (
            <li key={value}>
              <button
                type="button"
                title={t('results.filter.this', { value })}
                onClick={() => {
                  addFilter({ column: column.id, operator: 'equals', value });
                  onDone();
                }}
              >
                <i style={{ width: `${(100 * times) / frequent[0]!.count}%` }} />
                <span className="results-frequent-value">{value}</span>
                <span>{count(times)}</span>
                <span className="quiet">{percent(times / Math.max(1, filled))}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={value}>{value}</dd>
    </div>
  );
}

function Bars({ bars, low, high }: { bars: readonly number[]; low: string; high: string }) {
  const most = Math.max(...bars);
  return (
    <figure className="results-bars">
      <svg
        viewBox={`0 0 ${bars.length * 12} 48`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('results.summary.bars', { low, high })}
      >
        {bars.map((bar, at) => {
          // What is there at all is seen.
          const height = bar === 0 ? 0 : Math.max(1, (bar / most) * 48);
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          return <rect key={at} x={at * 12 + 1} y={48 - height} width={10} height={height} />;
        })}
      </svg>
      <figcaption>
        <span>{low}</span>
        <span>{high}</span>
      </figcaption>
    </figure>
  );
}
