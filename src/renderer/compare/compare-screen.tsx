import { useDeferredValue, useMemo, useState } from 'react';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import {
  type ComparisonFilter,
  type ComparisonQuery,
  comparisonFilters,
  type Threshold,
  thresholdSchema,
} from '../../shared/contract/compare.ts';
import type { BatchId } from '../../shared/task.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { ErrorBlock } from '../parts/error-block.tsx';
import { Icon } from '../parts/icon.tsx';
import { useBatch } from '../state/batches.ts';
import { go, placeHash } from '../state/place.ts';
import { count, duration } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { DifferenceGrid } from './difference-grid.tsx';
import { ExportDifferences } from './export-differences.tsx';
import { Runs } from './runs.tsx';
import { useComparison } from './use-comparison.ts';
import './compare-screen.css';

/** Two runs, compared input by input. */
export default function CompareScreen({ before, after }: { before: BatchId; after: BatchId }) {
  const first = useBatch(before);
  const second = useBatch(after);
  if (first && second) return <Compared before={first} after={second} />;
  return (
    <Empty text={t('compare.gone')}>
      <Button look="main" onClick={() => go({ screen: 'new' })}>
        {t('sidebar.new')}
      </Button>
    </Empty>
  );
}

const ratios = [1.1, 1.2, 1.5, 2, 5, 10];
const leasts = [0, 1, 10, 100, 1000, 10_000];

function Compared({ before, after }: { before: BatchSummary; after: BatchSummary }) {
  const [threshold, setThreshold] = useState<Threshold>(() => thresholdSchema.parse({}));
  const [filter, setFilter] = useState<ComparisonFilter>('different');
  const [sort, setSort] = useState<ComparisonQuery['sort']>('index');
  const [search, setSearch] = useState('');
  const sought = useDeferredValue(search);
  const { comparison, working, error, version, again } = useComparison(before, after, threshold);
  const query = useMemo<ComparisonQuery>(
    () => ({ before: before.id, after: after.id, threshold, filter, sort, search: sought }),
    [before.id, after.id, threshold, filter, sort, sought],
  );
  const names = { before: before.name, after: after.name };
  const total = comparison?.counts[filter] ?? 0;
  // What has ended is compared anew by itself where it changes.
  const isOpen = !hasEnded(before.state) || !hasEnded(after.state);
  return (
    <section className="compare" aria-label={t('compare.title')} aria-busy={working}>
      <header className="compare-head">
        <div className="compare-title">
          <h1 ref={focusIfLost} tabIndex={-1}>
            {t('compare.title')}
          </h1>
          <p className="quiet" role="status">
            {working && t('compare.working')}
          </p>
          <div className="compare-buttons">
            {(isOpen || error) && (
              <Button icon="retry" disabled={working} onClick={again}>
                {t('compare.again')}
              </Button>
            )}
            <ExportDifferences query={query} total={total} names={names} disabled={!comparison} />
            <a
              className="button button-plain"
              href={placeHash({ screen: 'batch', batch: after.id, tab: 'tasks' })}
            >
              {t('compare.back')}
            </a>
          </div>
        </div>
        <Runs before={before} after={after} comparison={comparison} />
        {comparison && <p className="quiet">{t('compare.paired', { count: comparison.paired })}</p>}
        {error && <ErrorBlock error={error} />}
      </header>
      <div className="compare-filters">
        <fieldset className="chips">
          <legend className="hidden-text">{t('compare.filter')}</legend>
          {comparisonFilters
            .filter((each) => isAlwaysShown(each) || (comparison?.counts[each] ?? 0) > 0 || each === filter)
            .map((each) => (
              <button
                key={each}
                type="button"
                className="chip"
                aria-pressed={each === filter}
                onClick={() => {
                  setFilter(each);
                  setSort(each === 'slower' || each === 'faster' ? each : 'index');
                }}
              >
                {t(`compare.filter.${each}`)} <span>{comparison ? count(comparison.counts[each]) : ''}</span>
              </button>
            ))}
        </fieldset>
        <div className="compare-settings">
          <label className="compare-setting">
            {t('compare.threshold')}
            <select
              className="field"
              aria-label={t('compare.ratio-label')}
              value={threshold.ratio}
              onChange={(event) => setThreshold({ ...threshold, ratio: Number(event.target.value) })}
            >
              {ratios.map((ratio) => (
                <option key={ratio} value={ratio}>
                  {t('compare.times', { ratio: String(ratio) })}
                </option>
              ))}
            </select>
          </label>
          <label className="compare-setting">
            {t('compare.and')}
            <select
              className="field"
              aria-label={t('compare.ms-label')}
              value={threshold.ms}
              onChange={(event) => setThreshold({ ...threshold, ms: Number(event.target.value) })}
            >
              {leasts.map((ms) => (
                <option key={ms} value={ms}>
                  {duration(ms)}
                </option>
              ))}
            </select>
          </label>
          <select
            className="field"
            aria-label={t('compare.sort')}
            value={sort}
            onChange={(event) => setSort(event.target.value as ComparisonQuery['sort'])}
          >
            {(['index', 'slower', 'faster'] as const).map((each) => (
              <option key={each} value={each}>
                {t(`compare.sort.${each}`)}
              </option>
            ))}
          </select>
          <div className="search" role="search">
            <Icon name="search" size={14} />
            <input
              type="search"
              maxLength={1000}
              aria-label={t('compare.search-inputs')}
              placeholder={t('compare.search-inputs')}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </div>
        </div>
      </div>
      {comparison && total === 0 ? (
        <Empty text={t(filter === 'different' ? 'compare.no-differences' : 'compare.nothing')} />
      ) : (
        comparison && (
          <DifferenceGrid query={query} total={total} version={version} label={t('compare.table', names)} />
        )
      )}
    </section>
  );
}

/** What was chosen in the dialog that led here is gone, and the focus with it: keys go on from the top. */
function focusIfLost(heading: HTMLElement | null): void {
  if (document.activeElement === document.body) heading?.focus();
}

/** The chips that stand whether or not they hold something; the others come where they do. */
const isAlwaysShown = (filter: ComparisonFilter): boolean => !['unfinished', 'gone', 'new'].includes(filter);
