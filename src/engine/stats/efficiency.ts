import { type Efficiency, type Loss, losses } from '../../shared/contract/stats.ts';
import type { Collector } from './collector.ts';

/**
 * How much of the workers' time tasks used, over the run time of a batch, and what the rest was lost to. In
 * each bucket of time, what was idle is explained by the first reason that held then: the batch was held, a
 * worker started, inputs were awaited, no task was left; what none of these explains is the store's and the
 * dispatch's: tasks waited and a worker did nothing. So the parts sum to 1.
 * @param running milliseconds in each bucket of tasks that have not ended, by worker.
 */
export function efficiencyOf(
  collector: Collector,
  running: ReadonlyMap<number, Float64Array> = new Map(),
): Efficiency | null {
  const { buckets, lanes, capacity, startup, held, input, end, length } = collector;
  const used = Math.min(buckets.capacity, buckets.usedBy(length) + 1);
  const workers = new Set([...lanes.map(({ worker }) => worker), ...running.keys()]);
  const known = new Map(lanes.map((lane) => [lane.worker, lane]));
  const reasons: [Loss, ArrayLike<number>][] = [
    ['held', held.values],
    ['startup', startup.values],
    ['input', input.values],
    ['stragglers', end.values],
  ];
  const lost = Object.fromEntries(losses.map((loss) => [loss, 0])) as Record<Loss, number>;
  let allBusy = 0;
  let all = 0;
  for (let bucket = 0; bucket < used; bucket++) {
    let busy = 0;
    for (const worker of workers) {
      const ended = known.get(worker)?.busyIn(bucket, buckets.width) ?? 0;
      busy += Math.min(buckets.width, ended + (running.get(worker)?.[bucket] ?? 0));
    }
    // A worker more than the batch may use, for a moment, is no loss.
    const could = Math.max(busy, capacity.values[bucket]!);
    let idle = could - busy;
    for (const [loss, values] of reasons) {
      const part = Math.min(idle, values[bucket]!);
      lost[loss] += part;
      idle -= part;
    }
    lost.store += idle;
    allBusy += busy;
    all += could;
  }
  if (all === 0) return null;
  for (const loss of losses) lost[loss] /= all;
  return { busy: allBusy / all, lost, workers: all / length, ms: length };
}
