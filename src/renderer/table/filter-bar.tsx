import { useEffect, useState } from 'react';
import type { BatchSummary } from '../../shared/batch.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { useErrors } from '../errors/errors-state.ts';
import { gridId, searchId } from '../keys/ids.ts';
import { IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { hasMarks } from './marks.ts';
import { SelectionBar } from './selection-bar.tsx';
import { ask, type TableState, useTable } from './table-state.ts';
import './filter-bar.css';

type Filter = TaskQuery['filter'];

const filters: readonly Filter[] = [
  'all',
  'running',
  'failed',
  'succeeded',
  'pending',
  'canceled',
  'skipped',
];

/** Chips by state with their counts, and the search over all tasks. */
export function FilterBar({ batch }: { batch: BatchSummary }) {
  const current = useTable((state) => state.query.filter);
  const group = useTable((state) => state.query.group);
  const marking = useTable((state) => hasMarks(state.marks));
  const countOf = (filter: Filter) => (filter === 'all' ? batch.total : batch.counts[filter]);
  return (
    <div className="filter-bar">
      <div className="chips-space">
        <fieldset className="chips" inert={marking}>
          <legend className="hidden-text">{t('filter.title')}</legend>
          {filters
            // Few batches have skipped tasks.
            .filter((filter) => filter !== 'skipped' || countOf(filter) > 0 || filter === current)
            .map((filter) => (
              <button
                key={filter}
                type="button"
                className="chip"
                aria-pressed={filter === current && group === undefined}
                data-empty={countOf(filter) === 0}
                onClick={() => ask({ filter, group: undefined })}
              >
                {filter !== 'all' && <StateMark state={filter} still />}
                {t(`filter.${filter}`)} <span>{count(countOf(filter))}</span>
              </button>
            ))}
          {group !== undefined && <GroupChip batch={batch} group={group} />}
        </fieldset>
        <SelectionBar batch={batch} />
      </div>
      <Search total={batch.total} />
    </div>
  );
}

/** The table shows the tasks of one error alone. */
function GroupChip({ batch, group }: { batch: BatchSummary; group: string }) {
  const found = useErrors(({ batch: of, groups }) =>
    of === batch.id ? groups?.groups.find(({ key }) => key === group) : undefined,
  );
  const total = useTable((state) => (state.asking ? null : state.rows.total));
  const name = found ? `${found.name}: ${found.message}` : null;
  return (
    <button
      type="button"
      className="chip chip-group"
      aria-pressed="true"
      title={[name, t('errors.filter-clear')].filter(Boolean).join('\n')}
      onClick={() => ask({ group: undefined })}
    >
      <span className="chip-group-name">{name ?? t('errors.filter-unknown')}</span>
      {total !== null && <span>{count(total)}</span>}
      <Icon name="close" size={12} />
    </button>
  );
}

/** How many tasks a search has found; null where nothing is searched for, or nothing is known yet. */
const foundOf = ({ query, rows, asking }: TableState): number | null =>
  query.search === '' || asking ? null : rows.total;

function Search({ total }: { total: number }) {
  const search = useTable((state) => state.query.search);
  const [text, setText] = useState(search);
  // A search that was cleared elsewhere empties the box too.
  useEffect(() => setText(search), [search]);
  useEffect(() => {
    if (text === search) return;
    const timer = setTimeout(() => ask({ search: text }), 120);
    return () => clearTimeout(timer);
  }, [text, search]);
  const found = useTable(foundOf);
  const counting = useTable(({ rows }) => rows.counting === true);
  const show = (wanted: string) => {
    setText(wanted);
    ask({ search: wanted });
  };
  return (
    <div className="search" role="search">
      {found !== null && (
        <output className="search-found" aria-busy={counting}>
          {t(counting ? 'search.found-so-far' : 'search.found', { count: found })}
        </output>
      )}
      <Icon name="search" size={14} />
      <input
        id={searchId}
        type="search"
        maxLength={1000}
        aria-label={t('search.label')}
        aria-keyshortcuts="/"
        placeholder={t('search.over', { count: total })}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          event.preventDefault();
          show(event.key === 'Enter' ? text : '');
          document.getElementById(gridId)?.focus({ preventScroll: true });
        }}
      />
      {text !== '' && <IconButton icon="close" label={t('search.clear')} onClick={() => show('')} />}
    </div>
  );
}
