import type { MouseEvent } from 'react';
import type { BatchSummary } from '../../shared/batch.ts';
import { gridId } from '../keys/ids.ts';
import { t } from '../words/t.ts';
import { columns } from './columns.ts';
import { GridHeader } from './grid-header.tsx';
import { hasMarks, isMarked } from './marks.ts';
import { NoTasks } from './no-tasks.tsx';
import { markedPosition } from './rows.ts';
import { elementHeight, visibleRows } from './scroller.ts';
import { sayWhatIsLeft } from './selection-bar.tsx';
import {
  clearMarks,
  geometryOf,
  markTo,
  openPanel,
  pointAt,
  pointAway,
  rowHeight,
  scrollTo,
  select,
  setViewport,
  toggleMarked,
  useTable,
} from './table-state.ts';
import { TaskRowView } from './task-row.tsx';
import { type ScrolledPlace, useScroller } from './use-scroller.ts';
import './task-grid.css';

const place: ScrolledPlace = {
  geometry: () => geometryOf(useTable.getState()),
  top: () => useTable.getState().top,
  scrollTo,
  setViewport,
};

/**
 * The table of tasks, of any length. The scrolled element is only as tall as a browser can make one; the rows
 * that are seen lie in a layer that stays in view, and follow the place that the scrollbar stands for.
 */
export function TaskGrid({ batch }: { batch: BatchSummary }) {
  const state = useTable();
  const { rows, top, selection, marks, asking } = state;
  const geometry = geometryOf(state);
  const { first, count } = visibleRows(top, geometry);
  const scroller = useScroller({ place, headerHeight: rowHeight, top, total: rows.total });
  const selected = markedPosition(selection, rows);
  const marking = hasMarks(marks);
  const isSeen = selected !== null && selected >= first && selected < first + count;

  return (
    <div
      id={gridId}
      ref={scroller}
      className="task-grid"
      role="grid"
      tabIndex={0}
      aria-label={t('grid.title', { name: batch.name })}
      aria-rowcount={geometry.rows + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-busy={asking}
      aria-activedescendant={isSeen ? rowId(selected) : undefined}
    >
      <GridHeader />
      {rows.total === 0 && !asking && <NoTasks batch={batch} />}
      <div className="task-space" role="presentation" style={{ height: elementHeight(geometry) }}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus, and keys for the same */}
        <div
          className="task-layer"
          role="rowgroup"
          style={{ height: Math.min(geometry.viewport, geometry.rows * rowHeight) }}
          onPointerMove={pointAt}
          onPointerLeave={pointAway}
          onMouseDown={(event) => {
            // A range of rows is meant, not a range of text.
            if (event.shiftKey) event.preventDefault();
          }}
          onClick={choose}
        >
          <div
            className="task-rows"
            role="presentation"
            style={{ transform: `translateY(${first * rowHeight - top}px)` }}
          >
            {Array.from({ length: count }, (_, offset) => {
              const position = first + offset;
              const row = rows.byPosition.get(position);
              return (
                <TaskRowView
                  key={position}
                  id={rowId(position)}
                  position={position}
                  row={row}
                  current={position === selected}
                  selected={marking ? isMarked(marks, row?.index) : position === selected}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

const rowId = (position: number): string => `task-${position}`;

function choose(event: MouseEvent): void {
  const { target, shiftKey, ctrlKey, metaKey } = event;
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-position]') : null;
  if (!element) return;
  const row = {
    position: Number(element.dataset.position),
    index: element.dataset.index ? Number(element.dataset.index) : null,
  };
  if (shiftKey) {
    sayWhatIsLeft(markTo(row.position));
    // A press with Shift held gives no focus by itself, for its default was prevented.
    document.getElementById(gridId)?.focus({ preventScroll: true });
  } else if (ctrlKey || metaKey) toggleMarked(row);
  else {
    clearMarks();
    select(row);
    openPanel();
  }
}
