import type { ResultColumn } from '../../shared/contract/results.ts';
import { IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { t } from '../words/t.ts';
import { columnTitle } from './column-title.ts';
import { headId } from './results-ids.ts';
import { activate, openColumn, type Place, sortByColumn, useResults } from './results-state.ts';

interface HeadProps {
  columns: readonly ResultColumn[];
  template: string;
  width: number;
  active: Place | null;
}

/** The names of the columns: a press sorts, the button beside it opens what there is to know and do. */
export function ResultsHead({ columns, template, width, active }: HeadProps) {
  const { sort, filters } = useResults((state) => state.query);
  // A row without cells is none; its room is kept until the columns are known.
  if (columns.length === 0) {
    return (
      <div className="results-head" role="presentation">
        <div className="results-row" role="presentation" />
      </div>
    );
  }
  return (
    <div className="results-head" role="rowgroup" style={{ width }}>
      <div className="results-row" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {columns.map((column, at) => {
          const sorted = sort?.column === column.id;
          const filtered = filters.some((filter) => filter.column === column.id);
          const title = columnTitle(column);
          return (
            <div
              key={column.id}
              id={headId(at)}
              role="columnheader"
              className={`results-name results-of-${column.type}`}
              aria-colindex={at + 1}
              aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
              data-active={(active?.row === -1 && active.column === at) || undefined}
              data-filtered={filtered || undefined}
            >
              <button
                type="button"
                tabIndex={-1}
                title={title}
                className="results-sort"
                onClick={() => {
                  activate({ row: -1, column: at });
                  sortByColumn(column.id);
                }}
              >
                <span>{title}</span>
                {sorted && <Icon name={sort.descending ? 'down' : 'up'} size={10} />}
              </button>
              <IconButton
                icon="more"
                label={t('results.column.more', { column: title })}
                tabIndex={-1}
                aria-haspopup="dialog"
                onClick={(event) => {
                  activate({ row: -1, column: at });
                  const box = event.currentTarget.parentElement!.getBoundingClientRect();
                  openColumn({ column, x: box.left, y: box.bottom });
                }}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
