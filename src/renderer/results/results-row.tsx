import { memo } from 'react';
import type { Cell, ResultColumn, ResultRow } from '../../shared/contract/results.ts';
import type { BatchId } from '../../shared/task.ts';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { cellId, focusResults } from './results-ids.ts';
import { activate, openCell } from './results-state.ts';
import { ShownValue } from './shown-value.tsx';

interface RowProps {
  batch: BatchId;
  position: number;
  /** Undefined while it is not loaded. */
  row: ResultRow | undefined;
  columns: readonly ResultColumn[];
  /** Where each column's cell is in the row; -1 while it is on its way. */
  order: readonly number[];
  template: string;
  /** The active column. */
  active: number | null;
}

/** One result. */
export const ResultRowView = memo(
  function ResultRowView({ batch, position, row, columns, order, template, active }: RowProps) {
    return (
      <div
        className="results-row"
        role="row"
        aria-rowindex={position + 2}
        data-position={position}
        data-index={row?.index}
        style={{ gridTemplateColumns: template }}
      >
        {columns.map((column, at) => {
          const cell = row?.cells[order[at]!];
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus, and keys for the same
            <div
              key={column.id}
              id={cellId(position, at)}
              role="gridcell"
              className={`results-cell results-of-${column.type}`}
              aria-colindex={at + 1}
              aria-selected={active === at}
              data-active={active === at || undefined}
              title={typeof cell === 'string' ? cell : undefined}
              onClick={() => {
                activate({ row: position, column: at });
                focusResults();
              }}
              onDoubleClick={() => row && openCell({ index: row.index, column })}
            >
              {row ? (
                <CellView batch={batch} row={row} column={column} cell={cell} />
              ) : (
                <span className="task-blank" />
              )}
            </div>
          );
        })}
      </div>
    );
  },
  (before, after) =>
    before.row === after.row &&
    before.active === after.active &&
    before.template === after.template &&
    before.order.join() === after.order.join() &&
    before.columns.every((column, at) => column.id === after.columns[at]?.id),
);

function CellView({
  batch,
  row,
  column,
  cell,
}: {
  batch: BatchId;
  row: ResultRow;
  column: ResultColumn;
  cell: Cell | undefined;
}) {
  if (cell === undefined) return null;
  if (cell === null || cell === '') return <span className="hidden-text">{t('results.empty-cell')}</span>;
  if (column.of === 'task' && typeof cell === 'number') return count(cell);
  return <ShownValue batch={batch} index={row.index} column={column} value={cell} />;
}
