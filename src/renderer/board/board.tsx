import { lazy, Suspense, useEffect } from 'react';
import type { BatchId } from '../../shared/task.ts';
import { ActionDialog } from '../actions/action-dialog.tsx';
import { CompareDialog } from '../compare/compare-dialog.tsx';
import { watchErrors } from '../errors/errors-state.ts';
import { ErrorsTab } from '../errors/errors-tab.tsx';
import { TaskPanel } from '../panel/task-panel.tsx';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { ErrorBlock } from '../parts/error-block.tsx';
import { useBatch } from '../state/batches.ts';
import { go, type Tab } from '../state/place.ts';
import { showBatch, useTable } from '../table/table-state.ts';
import { TasksTab } from '../table/tasks-tab.tsx';
import { t } from '../words/t.ts';
import { BoardHeader } from './board-header.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { Details } from './details.tsx';
import { Halted } from './halted.tsx';
import { RetryDialog } from './retry-dialog.tsx';
import { isHalted } from './state-word.ts';
import { TabBar, tabPanelId } from './tab-bar.tsx';
import './board.css';

const TimelineStrip = lazy(async () => ({
  default: (await import('../timeline/timeline-strip.tsx')).TimelineStrip,
}));
const TimelineTab = lazy(async () => ({
  default: (await import('../timeline/timeline-tab.tsx')).TimelineTab,
}));
const ChartsTab = lazy(async () => ({ default: (await import('../charts/charts-tab.tsx')).ChartsTab }));
const ResultsTab = lazy(() => import('../results/results-tab.tsx'));

/** Loaded when it is first opened. */
const LogTab = lazy(() => import('../log/log-tab.tsx'));

/** One batch: how it goes, and behind tabs what it is made of. */
export function Board({ id, tab }: { id: BatchId; tab: Tab }) {
  const batch = useBatch(id);
  useEffect(() => showBatch(id), [id]);
  const hasFailed = (batch?.counts.failed ?? 0) > 0;
  useEffect(() => watchErrors(hasFailed ? id : null), [id, hasFailed]);
  const panelOpen = useTable((state) => state.open && state.batch === id);
  if (!batch) {
    return (
      <Empty text={t('board.unknown', { id: String(id) })}>
        <Button look="main" onClick={() => go({ screen: 'new' })}>
          {t('sidebar.new')}
        </Button>
      </Empty>
    );
  }
  return (
    <div className="board">
      <BoardHeader batch={batch} />
      {batch.error && (
        <div className="board-error" role="alert">
          <ErrorBlock title={t('board.stopped')} error={batch.error} stackOpen />
        </div>
      )}
      {isHalted(batch) && <Halted batch={batch} />}
      <TabBar batch={batch} tab={tab} />
      <div className="board-body" role="tabpanel" id={tabPanelId} aria-labelledby={`tab-${tab}`}>
        {tab === 'tasks' && (
          <>
            <TasksTab batch={batch} />
            {panelOpen && <TaskPanel batch={batch} />}
          </>
        )}
        <Suspense fallback={<div className="board-loading" aria-busy="true" />}>
          {tab === 'timeline' && <TimelineTab batch={batch} panelOpen={panelOpen} />}
          {tab === 'charts' && <ChartsTab batch={batch} />}
          {tab === 'results' && <ResultsTab batch={batch} />}
        </Suspense>
        {tab === 'errors' && <ErrorsTab batch={batch} />}
        {tab === 'log' && (
          <Suspense fallback={<div aria-busy="true" />}>
            <LogTab batch={batch} />
          </Suspense>
        )}
        {tab === 'details' && <Details batch={batch} />}
      </div>
      {tab === 'tasks' && (
        <Suspense>
          <TimelineStrip batch={batch} />
        </Suspense>
      )}
      <CancelDialog />
      <ActionDialog />
      <CompareDialog />
      <RetryDialog />
    </div>
  );
}
