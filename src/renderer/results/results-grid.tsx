import type { KeyboardEvent } from 'react';
import type { BatchSummary } from '../../shared/batch.ts';
import type { ResultColumn } from '../../shared/contract/results.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { elementHeight, visibleRows } from '../table/scroller.ts';
import { rowHeight } from '../table/table-state.ts';
import { type ScrolledPlace, useScroller } from '../table/use-scroller.ts';
import { t } from '../words/t.ts';
import { columnWidth } from './column-width.ts';
import { ResultsHead } from './results-head.tsx';
import { cellId, headId, resultsGridId } from './results-ids.ts';
import { ResultRowView } from './results-row.tsx';
import {
  askResults,
  geometryOf,
  markedPlace,
  moveActive,
  openCell,
  openColumn,
  pointAtResults,
  pointAwayFromResults,
  type ResultsState,
  scrollTo,
  setViewport,
  shownColumns,
  useResults,
} from './results-state.ts';

const place: ScrolledPlace = {
  geometry: () => geometryOf(useResults.getState()),
  top: () => useResults.getState().top,
  scrollTo,
  setViewport,
};

/** The table of results, of any length. Only the rows that are seen are there. */
export function ResultsGrid({ batch }: { batch: BatchSummary }) {
  const state = useResults();
  const columns = shownColumns(state);
  const geometry = geometryOf(state);
  const { first, count } = visibleRows(state.top, geometry);
  const { rows, cells, asking, total, top } = state;
  const active = markedPlace(state);
  const scroller = useScroller({ place, headerHeight: rowHeight, top, total, isWide: true });
  const widths = columns.map(columnWidth);
  const width = widths.reduce((sum, each) => sum + each, 0);
  const template = widths.map((each) => `${each}px`).join(' ');
  const order = columns.map(({ id }) => cells.indexOf(id));
  const seen = active && (active.row === -1 || (active.row >= first && active.row < first + count));

  return (
    <div
      id={resultsGridId}
      ref={scroller}
      className="results-grid"
      role="grid"
      tabIndex={0}
      aria-label={t('results.grid', { name: batch.name })}
      aria-rowcount={geometry.rows + 1}
      aria-colcount={columns.length}
      aria-busy={asking}
      aria-activedescendant={
        seen ? (active.row === -1 ? headId(active.column) : cellId(active.row, active.column)) : undefined
      }
      onKeyDown={(event) => onKey(event, state, columns)}
    >
      <ResultsHead columns={columns} template={template} width={width} active={active} />
      {total === 0 && !asking && (
        <div className="results-none">
          <Empty text={t('results.no-match')}>
            <Button onClick={() => askResults({ filters: [] })}>{t('results.filter.clear')}</Button>
          </Empty>
        </div>
      )}
      <div role="presentation" style={{ height: elementHeight(geometry), width }} className="results-space">
        <div
          className="results-layer"
          role="rowgroup"
          style={{ height: Math.min(geometry.viewport, geometry.rows * rowHeight), width }}
          onPointerMove={pointAtResults}
          // One who presses twice has not moved it in between.
          onPointerDown={pointAtResults}
          onPointerLeave={pointAwayFromResults}
        >
          <div role="presentation" style={{ transform: `translateY(${first * rowHeight - top}px)` }}>
            {Array.from({ length: count }, (_, offset) => {
              const position = first + offset;
              return (
                <ResultRowView
                  key={position}
                  batch={batch.id}
                  position={position}
                  row={rows.get(position)}
                  columns={columns}
                  order={order}
                  template={template}
                  active={active?.row === position ? active.column : null}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The keys that walk through the table, by rows and columns. */
export const resultsKeys: Record<string, [rows: number | 'page' | '-page', columns: number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  j: [1, 0],
  k: [-1, 0],
  PageDown: ['page', 0],
  PageUp: ['-page', 0],
  Home: [Number.NEGATIVE_INFINITY, 0],
  End: [Number.POSITIVE_INFINITY, 0],
};

function onKey(event: KeyboardEvent<HTMLDivElement>, state: ResultsState, columns: ResultColumn[]): void {
  const { key, target, currentTarget, ctrlKey, metaKey, altKey } = event;
  if (target !== currentTarget || ctrlKey || metaKey || altKey) return;
  const page = Math.max(1, Math.floor(state.viewport / rowHeight) - 1);
  const step = resultsKeys[key];
  if (step) moveActive(step[0] === 'page' ? page : step[0] === '-page' ? -page : step[0], step[1]);
  else if (key !== 'Enter' || !openActive(state, columns)) return;
  event.preventDefault();
}

/** Opens what the active cell has to show: itself whole, or of the head the column's panel. */
function openActive({ active, activeTask }: ResultsState, columns: ResultColumn[]): boolean {
  const column = active && columns[active.column];
  if (!column) return false;
  if (active.row === -1) {
    const box = document.getElementById(headId(active.column))?.getBoundingClientRect();
    openColumn({ column, x: box?.left ?? 0, y: box?.bottom ?? 0 });
    return true;
  }
  if (activeTask !== null) openCell({ index: activeTask, column });
  return activeTask !== null;
}
