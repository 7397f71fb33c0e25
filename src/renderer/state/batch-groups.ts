import { type BatchSummary, hasEnded, type TaskCounts } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import { byPlace } from '../queue/queue-order.ts';

export type Batches = ReadonlyMap<BatchId, BatchSummary>;

/** The batches with those that are new or changed put in. */
export function mergeBatches(batches: Batches, changed: readonly BatchSummary[]): Batches {
  const merged = new Map(batches);
  for (const batch of changed) merged.set(batch.id, batch);
  return merged;
}

export function withoutBatches(batches: Batches, ids: readonly BatchId[]): Batches {
  const left = new Map(batches);
  for (const id of ids) left.delete(id);
  return left;
}

/** The batch to show once others are gone: the next older one, else the next newer one; null where none is left. */
export function neighbourOf(batches: Batches, gone: readonly BatchId[], of: BatchId): BatchId | null {
  const left = [...batches.keys()].filter((id) => !gone.includes(id)).sort((a, b) => b - a);
  return left.find((id) => id < of) ?? left.at(-1) ?? null;
}

export interface BatchGroups {
  running: BatchSummary[];
  queued: BatchSummary[];
  today: BatchSummary[];
  yesterday: BatchSummary[];
  earlier: BatchSummary[];
}

/** Batches as the sidebar lists them: the newest first, those that wait in the order in which they will run. */
export function groupBatches(batches: Batches, now: number): BatchGroups {
  const groups: BatchGroups = { running: [], queued: [], today: [], yesterday: [], earlier: [] };
  for (const batch of [...batches.values()].sort((a, b) => b.id - a.id)) {
    if (batch.state === 'queued') groups.queued.push(batch);
    else if (!hasEnded(batch.state)) groups.running.push(batch);
    else groups[dayOf(batch.endedAt ?? batch.createdAt, now)].push(batch);
  }
  groups.queued.sort(byPlace);
  return groups;
}

function dayOf(at: number, now: number): 'today' | 'yesterday' | 'earlier' {
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  if (at >= midnight.getTime()) return 'today';
  midnight.setDate(midnight.getDate() - 1);
  return at >= midnight.getTime() ? 'yesterday' : 'earlier';
}

/** Tasks that have come to their final state. */
export const endedTasks = (counts: TaskCounts): number =>
  counts.succeeded + counts.failed + counts.canceled + counts.skipped;

/** Share of the tasks that have ended, 0 to 1; 0 where none are known. */
export const shareDone = ({ counts, total }: Pick<BatchSummary, 'counts' | 'total'>): number =>
  total === 0 ? 0 : endedTasks(counts) / total;
