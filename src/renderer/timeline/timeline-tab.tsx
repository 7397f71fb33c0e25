import { useEffect } from 'react';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { laneMarks } from '../../shared/contract/stats.ts';
import { TaskPanel } from '../panel/task-panel.tsx';
import { Button, IconButton } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { count, percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { walk } from './find-task.ts';
import type { Drawn } from './lanes.ts';
import { rangeOf } from './range.ts';
import { momentText, ticksOf } from './ticks.ts';
import { TimelineCanvas } from './timeline-canvas.tsx';
import { follow, showTimeline, showWhole, useTimeline, zoomBy } from './timeline-state.ts';
import { TraceButton } from './trace-button.tsx';
import './timeline.css';

/** What each worker did when: a lane for each, and a task under the pointer. */
export function TimelineTab({ batch, panelOpen }: { batch: BatchSummary; panelOpen: boolean }) {
  useEffect(() => showTimeline(batch.id), [batch.id]);
  const drawn = useTimeline((state) => (state.batch === batch.id ? state.drawn : null));
  const live = !hasEnded(batch.state);
  const isEmpty = drawn !== null && drawn.lanes.length === 0;
  const summary = drawn && !isEmpty ? summaryOf(drawn) : '';
  return (
    <>
      <section className="timeline-tab" aria-label={t('tab.timeline')}>
        <TimelineBar batch={batch} drawn={drawn} live={live} />
        {isEmpty && (
          <div className="timeline-empty">
            <Empty text={t(live ? 'timeline.waits' : 'timeline.nothing')} />
          </div>
        )}
        <div className="timeline-body" hidden={isEmpty}>
          <TimelineCanvas batch={batch.id} live={live} />
        </div>
        <div className="timeline-foot">
          <Legend />
          <p id="timeline-summary" className="quiet" title={summary}>
            {summary}
          </p>
          <p id="timeline-keys" className="hidden-text">
            {t('timeline.keys')}
          </p>
        </div>
      </section>
      {panelOpen && <TaskPanel batch={batch} onWalk={(by) => void walk(by)} />}
    </>
  );
}

function TimelineBar({ batch, drawn, live }: { batch: BatchSummary; drawn: Drawn | null; live: boolean }) {
  const shown = useTimeline((state) => state.shown);
  const view = drawn?.view;
  const { from, to } = rangeOf(shown, view?.length ?? 0, view?.live ?? false);
  const { step } = ticksOf({ from, to }, 1000);
  const text = (ms: number) => momentText(ms, Math.min(step, 1000));
  return (
    <div className="timeline-bar">
      <IconButton
        icon="minus"
        label={t('timeline.out')}
        disabled={shown.kind === 'whole'}
        onClick={() => zoomBy(0.5)}
      />
      <IconButton icon="plus" label={t('timeline.in')} onClick={() => zoomBy(2)} />
      <Button
        look="ghost"
        className="timeline-choice"
        aria-pressed={shown.kind === 'whole'}
        onClick={showWhole}
      >
        {t('timeline.whole')}
      </Button>
      {live && (
        <Button
          look="ghost"
          className="timeline-choice"
          aria-pressed={shown.kind !== 'fixed'}
          onClick={() => follow(shown.kind === 'fixed')}
        >
          {t('timeline.follow')}
        </Button>
      )}
      <span className="timeline-range quiet" data-testid="timeline-range">
        {view &&
          t('timeline.range', { from: text(from), to: text(Math.min(to, Math.max(from, view.length))) })}
      </span>
      <span className="timeline-note quiet">{view && t(noteOf(drawn))}</span>
      <TraceButton batch={batch.id} disabled={!view || view.length === 0} />
    </div>
  );
}

function noteOf({ view }: Drawn) {
  if (view.spans) return 'timeline.note-tasks';
  return view.crowded ? 'timeline.note-crowded' : 'timeline.note-shares';
}

const legend = ['succeeded', 'failed', 'retried', 'canceled', 'running'] as const;

function Legend() {
  return (
    <ul className="timeline-legend">
      {legend.map((kind) => (
        <li key={kind}>
          <span className={`timeline-swatch timeline-swatch-${kind}`} />
          {t(`timeline.kind.${kind}`)}
        </li>
      ))}
      <li>
        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" className="timeline-recycled">
          <path d="M5 0l5 5-5 5-5-5z" />
        </svg>
        {t('timeline.recycled')}
      </li>
      <li>
        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" className="timeline-died">
          <path d="M1 1l8 8M9 1L1 9" />
        </svg>
        {t('timeline.died')}
      </li>
    </ul>
  );
}

/** The timeline in words: for those who do not see it, and for a glance. */
function summaryOf({ lanes, view }: Drawn): string {
  const totals = Object.fromEntries(
    laneMarks.map((mark) => [mark, lanes.reduce((sum, { counts }) => sum + counts[mark], 0)]),
  ) as Record<(typeof laneMarks)[number], number>;
  const busy = lanes.reduce((sum, lane) => sum + lane.busy, 0) / Math.max(1, lanes.length);
  return [
    t('timeline.workers', { count: lanes.length, busy: percent(busy) }),
    t('timeline.attempts', { count: Math.round(view.attempts) }),
    totals.failures > 0 && t('timeline.failures', { count: totals.failures }),
    totals.retries > 0 && t('timeline.retries', { count: totals.retries }),
    totals.recycles > 0 && t('timeline.recycles', { count: totals.recycles }),
    totals.deaths > 0 && t('timeline.deaths', { count: totals.deaths }),
    lanes.length > 1 && t('timeline.least', leastBusy(lanes)),
  ]
    .filter((part) => part !== false)
    .join(' · ');
}

function leastBusy(lanes: Drawn['lanes']): { worker: string; busy: string } {
  const least = lanes.reduce((a, b) => (b.busy < a.busy ? b : a));
  return { worker: count(least.worker), busy: percent(least.busy) };
}
