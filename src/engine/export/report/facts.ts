import type { BatchSummary } from '../../../shared/batch.ts';
import type { ErrorGroups } from '../../../shared/contract/errors.ts';
import type { ResultColumn } from '../../../shared/contract/results.ts';
import type { ChartsView, TimelineView } from '../../../shared/contract/stats.ts';
import type { BatchId } from '../../../shared/task.ts';
import type { Engine } from '../../api.ts';

/** What a report tells besides rows: plain data, so that it can be handed to the thread that writes it. */
export interface ReportFacts {
  batch: BatchSummary;
  /** Milliseconds since the epoch. */
  madeAt: number;
  charts: ChartsView | null;
  timeline: TimelineView | null;
  errors: ErrorGroups | null;
  columns: ResultColumn[];
}

/** Columns of the timeline, which is a strip of so many pixels. */
const timelinePixels = 960;

/** Gathers the facts of a batch. Throws `NO_SUCH_BATCH`. */
export async function reportFacts(
  engine: Pick<Engine, 'get' | 'stats' | 'errors' | 'results'>,
  id: BatchId,
): Promise<ReportFacts> {
  const batch = await engine.get(id);
  // What was not measured (by a version that did not measure yet) is left out, and the rest is told.
  const none = () => null;
  const [charts, timeline, errors, { columns }] = await Promise.all([
    engine.stats.charts(id).catch(none),
    engine.stats.timeline({ batch: id, from: 0, to: null, pixels: timelinePixels }).catch(none),
    batch.counts.failed > 0 ? engine.errors.groups(id).catch(none) : null,
    engine.results.columns(id),
  ]);
  return { batch, madeAt: Date.now(), charts, timeline, errors, columns };
}
