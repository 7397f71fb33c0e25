import type { BatchSummary } from '../../shared/batch.ts';
import type { ResultColumn, ResultFilter } from '../../shared/contract/results.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { columnTitle } from './column-title.ts';
import { askResults, removeFilter, useResults } from './results-state.ts';

/** How many results there are and match, what they are filtered by, and which columns are shown. */
export function ResultsBar({ batch }: { batch: BatchSummary }) {
  const { filters } = useResults((state) => state.query);
  const columns = useResults((state) => state.columns);
  const total = useResults((state) => state.total);
  const asking = useResults((state) => state.asking);
  return (
    <div className="results-bar">
      <span className="results-count" role="status" aria-busy={asking}>
        {total === null
          ? t('results.reading')
          : filters.length === 0
            ? t('results.count', { count: total })
            : t('results.matching', { matching: count(total), count: batch.counts.succeeded })}
      </span>
      {filters.length > 0 && (
        <ul className="results-filters" aria-label={t('results.filters')}>
          {filters.map((filter, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two filters may be alike, and have no state
            <li key={at} className="results-filter">
              <span>{filterText(filter, columns?.columns ?? [])}</span>
              <IconButton
                icon="close"
                label={t('results.filter.remove', { filter: filterText(filter, columns?.columns ?? []) })}
                onClick={() => removeFilter(at)}
              />
            </li>
          ))}
          <li>
            <Button look="ghost" onClick={() => askResults({ filters: [] })}>
              {t('results.filter.clear')}
            </Button>
          </li>
        </ul>
      )}
      <div className="results-tools">
        {columns && columns.more > 0 && (
          <span className="quiet">{t('results.columns.more', { count: columns.more })}</span>
        )}
        {columns && <ColumnChooser columns={columns.columns} />}
      </div>
    </div>
  );
}

function filterText({ column, operator, value }: ResultFilter, columns: readonly ResultColumn[]): string {
  const known = columns.find(({ id }) => id === column);
  return t(`results.said.${operator}`, { column: known ? columnTitle(known) : column, value });
}
