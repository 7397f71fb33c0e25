import { Icon } from '../parts/icon.tsx';
import { t } from '../words/t.ts';
import { columns } from './columns.ts';
import { sortBy, useTable } from './table-state.ts';

/** The names of the columns; those that can be sorted by are buttons. */
export function GridHeader() {
  const { sort, descending } = useTable((state) => state.query);
  return (
    <div className="grid-head" role="rowgroup">
      <div className="grid-header" role="row" aria-rowindex={1}>
        {columns.map((column, position) => {
          const sorted = column.sort === sort;
          return (
            <div
              key={column.id}
              role="columnheader"
              className={`task-cell-${column.id}`}
              aria-colindex={position + 1}
              aria-sort={
                column.sort === null ? undefined : sorted ? (descending ? 'descending' : 'ascending') : 'none'
              }
            >
              {column.sort === null ? (
                t(column.name)
              ) : (
                <button type="button" onClick={() => sortBy(column.sort!)}>
                  {t(column.name)}
                  {sorted && <Icon name={descending ? 'down' : 'up'} size={10} />}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
