import { useEffect, useMemo, useRef, useState } from 'react';
import type { ComparedTask, ComparisonQuery, ComparisonRow } from '../../shared/contract/compare.ts';
import type { BatchId } from '../../shared/task.ts';
import { client } from '../connection.ts';
import { StateMark } from '../parts/state-mark.tsx';
import { report } from '../state/toasts.ts';
import { clampTop, elementHeight, type Geometry, settleTop, visibleRows } from '../table/scroller.ts';
import { rowHeight } from '../table/table-state.ts';
import { duration } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { pageRows, RowPages } from './difference-rows.ts';
import { openTask } from './open-task.ts';
import { timesText } from './times.ts';
import './difference-grid.css';

/**
 * The differences, however many: rows are asked for as they come into view.
 * @param total rows that the query shows.
 * @param version of the comparison; rows of another one are dropped.
 */
export function DifferenceGrid({
  query,
  total,
  version,
  label,
}: {
  query: ComparisonQuery;
  total: number;
  version: number;
  label: string;
}) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another version are of another comparison
  const pages = useMemo(() => new RowPages(query), [query, version]);
  const [, redraw] = useState(0);
  const [found, setFound] = useState<{ pages: RowPages; total: number } | null>(null);
  const rows = found?.pages === pages ? found.total : total;
  const { scroller, top, geometry } = useScroller(rows, query);
  const { first, count: seen } = visibleRows(top, geometry);

  useEffect(() => {
    for (const page of pages.missing(first, Math.max(1, seen))) {
      client.compare.rows({ ...pages.query, from: page * pageRows, count: pageRows }).then(
        (answer) => {
          pages.take(page, answer.rows);
          setFound({ pages, total: answer.total });
          redraw((number) => number + 1);
        },
        (error) => {
          pages.drop(page);
          report(error);
        },
      );
    }
  }, [pages, first, seen]);

  return (
    <div
      ref={scroller}
      className="differences scrolls"
      role="table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys scroll what has the focus
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows + 1}
    >
      <div className="differences-head" role="rowgroup">
        <div className="differences-row" role="row" aria-rowindex={1}>
          <div role="columnheader">{t('compare.column.input')}</div>
          <div role="columnheader">{t('compare.column.difference')}</div>
          <div role="columnheader">{t('compare.column.before')}</div>
          <div role="columnheader">{t('compare.column.after')}</div>
          <div role="columnheader" className="differences-time">
            {t('compare.column.time')}
          </div>
        </div>
      </div>
      <div className="differences-space" role="presentation" style={{ height: elementHeight(geometry) }}>
        <div
          className="differences-layer"
          role="rowgroup"
          style={{ height: Math.min(geometry.viewport, rows * rowHeight) }}
        >
          <div role="presentation" style={{ transform: `translateY(${first * rowHeight - top}px)` }}>
            {Array.from({ length: seen }, (_, offset) => {
              const position = first + offset;
              return (
                <Row
                  key={position}
                  position={position}
                  row={pages.row(position)}
                  before={query.before}
                  after={query.after}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

function Row({
  position,
  row,
  before,
  after,
}: {
  position: number;
  row: ComparisonRow | undefined;
  before: BatchId;
  after: BatchId;
}) {
  if (!row)
    return <div className="differences-row" role="row" aria-rowindex={position + 2} aria-busy="true" />;
  const open = () => (row.after ? openTask(after, row.after.index) : openTask(before, row.before!.index));
  return (
    <div className="differences-row" role="row" aria-rowindex={position + 2}>
      <div role="cell" className="mono" title={row.input}>
        <button type="button" className="differences-open" onClick={open}>
          {row.input}
        </button>
      </div>
      <div role="cell" title={differenceWords(row)}>
        <span className={`difference-${row.difference}`}>{differenceWords(row)}</span>
      </div>
      <Result task={row.before} />
      <Result task={row.after} />
      <Times
        before={row.before?.ms ?? null}
        after={row.after?.ms ?? null}
        hasRatio={row.before?.state === 'succeeded' && row.after?.state === 'succeeded'}
      />
    </div>
  );
}

const differenceWords = ({ difference, speed }: ComparisonRow): string =>
  [
    difference === 'same' && speed ? '' : t(`compare.word.${difference}`),
    speed ? t(`compare.word.${speed}`) : '',
  ]
    .filter(Boolean)
    .join(', ');

function Result({ task }: { task: ComparedTask | null }) {
  if (!task) return <div role="cell" />;
  const text = task.result ?? t(`task.state.${task.state}`);
  return (
    <div
      role="cell"
      className={task.state === 'failed' ? 'differences-result differences-failed' : 'differences-result'}
      title={text}
    >
      <StateMark state={task.state} />
      <span className="hidden-text">{t(`task.state.${task.state}`)}</span>
      <span className="mono differences-text">{text}</span>
    </div>
  );
}

/** How long it took; how many times as long is said only where both are times of the same work. */
function Times({
  before,
  after,
  hasRatio,
}: {
  before: number | null;
  after: number | null;
  hasRatio: boolean;
}) {
  const both = before !== null && after !== null;
  return (
    <div role="cell" className="differences-time">
      <span className="quiet">{before !== null && duration(before)}</span>
      <span>{both && ' → '}</span>
      <span>{after !== null && duration(after)}</span>
      <b>{both && hasRatio ? timesText(before, after) : ''}</b>
    </div>
  );
}

/** The place in a table of any length, as in the table of tasks; back at its start for each new query. */
function useScroller(rows: number, query: ComparisonQuery) {
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [viewport, setViewport] = useState(0);
  const geometry: Geometry = { rows, rowHeight, viewport };
  const latest = useRef({ top, geometry });
  latest.current = { top: clampTop(top, geometry), geometry };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new query is seen from its start
  useEffect(() => {
    scroller.current!.scrollTop = 0;
    setTop(0);
  }, [query]);
  useEffect(() => {
    const element = scroller.current!;
    const measure = () => setViewport(Math.max(0, element.clientHeight - rowHeight));
    const resize = new ResizeObserver(measure);
    resize.observe(element);
    measure();
    const onScroll = () => setTop(settleTop(element.scrollTop, latest.current.top, latest.current.geometry));
    element.addEventListener('scroll', onScroll);
    return () => {
      resize.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, []);
  return { scroller, top: latest.current.top, geometry };
}
