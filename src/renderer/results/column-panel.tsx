import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { ResultColumn } from '../../shared/contract/results.ts';
import type { BatchId } from '../../shared/task.ts';
import { Button } from '../parts/button.tsx';
import { t } from '../words/t.ts';
import { ColumnFilter } from './column-filter.tsx';
import { ColumnSummaryView } from './column-summary.tsx';
import { columnTitle } from './column-title.ts';
import { focusResults } from './results-ids.ts';
import { askResults, openColumn, toggleColumn } from './results-state.ts';

interface PanelProps {
  batch: BatchId;
  column: ResultColumn;
  /** Where the column's head begins, and ends below; pixels of the window. */
  x: number;
  y: number;
}

/** As in the style sheet. */
const width = 344;

/** What there is to know of a column and to do with it: summary, sort, filter, hide. */
export function ColumnPanel({ batch, column, x, y }: PanelProps) {
  const root = useRef<HTMLDivElement>(null);
  const close = () => {
    openColumn(null);
    focusResults();
  };
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('button, select, input')?.focus();
    const closeOutside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) openColumn(null);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    // The keys of the window are not meant in here.
    event.stopPropagation();
  };
  const sort = (descending: boolean) => {
    askResults({ sort: { column: column.id, descending } });
    close();
  };
  return (
    <div
      ref={root}
      className="results-popover results-panel"
      role="dialog"
      aria-label={t('results.panel', { column: columnTitle(column) })}
      // Room is kept at the right and at the bottom.
      style={{
        left: Math.max(8, Math.min(x, window.innerWidth - width - 8)),
        top: y,
        maxHeight: window.innerHeight - y - 8,
      }}
      onKeyDown={onKeyDown}
    >
      <div className="results-panel-buttons">
        <Button icon="up" onClick={() => sort(false)}>
          {t('results.sort.up')}
        </Button>
        <Button icon="down" onClick={() => sort(true)}>
          {t('results.sort.down')}
        </Button>
        <Button
          onClick={() => {
            toggleColumn(column.id);
            close();
          }}
        >
          {t('results.hide')}
        </Button>
      </div>
      <ColumnFilter column={column} onDone={close} />
      <ColumnSummaryView batch={batch} column={column} onDone={close} />
    </div>
  );
}
