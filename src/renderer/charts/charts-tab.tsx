import { useMemo } from 'react';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { ChartsView, Series, WorkerSeries } from '../../shared/contract/stats.ts';
import { Empty } from '../parts/empty.tsx';
import { decimals } from '../timeline/decimals.ts';
import { scaleTime, taskTime } from '../timeline/task-time.ts';
import { bytes, count, rate } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { EfficiencyBlock } from './efficiency.tsx';
import { type Line, Plot } from './plot.tsx';
import { useCharts } from './use-charts.ts';
import './charts-tab.css';

/** How a batch went over its life: throughput, durations, CPU, memory, and where the time has gone. */
export function ChartsTab({ batch }: { batch: BatchSummary }) {
  const live = !hasEnded(batch.state);
  const view = useCharts(batch.id, live);
  if (!view) return <div className="charts-tab" aria-busy="true" />;
  if (view.at.length === 0) return <Empty text={t(live ? 'timeline.waits' : 'timeline.nothing')} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
    <section className="charts-tab scrolls" aria-label={t('tab.charts')} tabIndex={0}>
      {view.efficiency && <EfficiencyBlock efficiency={view.efficiency} />}
      <div className="charts-grid">
        <Throughput view={view} />
        <Durations view={view} />
        <Cpu view={view} />
        <Memory view={view} />
      </div>
    </section>
  );
}

function Throughput({ view }: { view: ChartsView }) {
  const lines = useMemo(
    (): Line[] => [
      { key: 'ended', label: t('charts.ended'), values: view.ended, color: '--accent', filled: true },
      { key: 'failed', label: t('charts.failed'), values: view.failed, color: '--failed' },
    ],
    [view],
  );
  const summary = t('charts.throughput-summary', {
    mean: rate(mean(view.ended)),
    most: rate(most(view.ended)),
  });
  return <Plot title={t('charts.throughput')} summary={summary} at={view.at} lines={lines} format={rate} />;
}

function Durations({ view }: { view: ChartsView }) {
  const lines = useMemo(
    (): Line[] => [
      { key: 'p50', label: t('charts.p50'), values: view.p50, color: '--accent', width: 2, gaps: true },
      { key: 'p95', label: t('charts.p95'), values: view.p95, color: '--ink-2', gaps: true },
      { key: 'p99', label: t('charts.p99'), values: view.p99, color: '--ink-3', dash: [3, 3], gaps: true },
    ],
    [view],
  );
  const { durations } = view;
  const summary = durations
    ? t('charts.durations-summary', {
        count: durations.count,
        p50: taskTime(durations.p50),
        p95: taskTime(durations.p95),
        p99: taskTime(durations.p99),
      })
    : t('charts.no-durations');
  return (
    <Plot
      title={t('charts.durations')}
      summary={summary}
      at={view.at}
      lines={lines}
      format={taskTime}
      tick={scaleTime}
      logarithmic
    />
  );
}

const cores = (value: number): string => decimals(value, 2);

function Cpu({ view }: { view: ChartsView }) {
  const lines = useMemo(() => used(view, 'cpu'), [view]);
  const summary = t('charts.used-summary', {
    mean: cores(mean(view.whole.cpu)),
    most: cores(most(view.whole.cpu)),
  });
  return (
    <Plot title={t('charts.cpu')} summary={summary} at={view.at} lines={lines} format={cores} least={1} />
  );
}

function Memory({ view }: { view: ChartsView }) {
  const lines = useMemo(() => used(view, 'memory'), [view]);
  const summary = t('charts.used-summary', {
    mean: bytes(mean(view.whole.memory)),
    most: bytes(most(view.whole.memory)),
  });
  return (
    <Plot
      title={t('charts.memory')}
      summary={summary}
      at={view.at}
      lines={lines}
      format={bytes}
      least={1e8}
    />
  );
}

/** So many workers are named; more are lines without a name of their own. */
const mostNamed = 4;

/** The whole, Poolboard itself, and each worker; where there are many of these, the most that one used. */
function used({ whole, own, workers, at }: ChartsView, what: 'cpu' | 'memory'): Line[] {
  const named = workers.length <= mostNamed;
  const dashes = [undefined, [6, 3], [2, 3], [8, 3, 2, 3]];
  return [
    {
      key: 'whole',
      label: t('charts.whole'),
      values: whole[what],
      color: '--accent',
      width: 2,
      filled: true,
    },
    ...(named
      ? workers.map(
          (worker, i): Line => ({
            key: `worker-${worker.worker}`,
            label: t('charts.worker', { worker: count(worker.worker) }),
            values: worker[what],
            color: '--ink-2',
            width: 1,
            dash: dashes[i],
          }),
        )
      : [
          {
            key: 'most',
            label: t('charts.worker-most'),
            values: at.map((_, point) => extreme(workers, what, point, Math.max)),
            color: '--ink-2',
            width: 1,
          },
          {
            key: 'least',
            label: t('charts.worker-least'),
            values: at.map((_, point) => extreme(workers, what, point, Math.min)),
            color: '--ink-2',
            width: 1,
            dash: [6, 3],
          },
        ]),
    { key: 'own', label: t('app.name'), values: own[what], color: '--ink-3', width: 1, dash: [1, 2] },
  ];
}

function extreme(
  workers: WorkerSeries[],
  what: 'cpu' | 'memory',
  point: number,
  of: (...values: number[]) => number,
): number | null {
  const values = workers.flatMap((worker) => worker[what][point] ?? []);
  return values.length === 0 ? null : of(...values);
}

function mean(values: Series): number {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
}

const most = (values: Series): number => values.reduce<number>((a, b) => Math.max(a, b ?? 0), 0);
