import { type BatchSummary, hasEnded, priorityOf } from '../../shared/batch.ts';
import type { StoredBatch } from '../store/store.ts';
import { isAlive } from './owner.ts';
import { speedOf } from './rate.ts';

/**
 * A batch of the store as lists show it. One whose program is gone is `interrupted`, whatever it said last.
 * @param dataDir the store's folder, where programs hold their locks.
 * @param workers workers of the pool, by which the batch was busy at most.
 */
export function storedSummary(batch: StoredBatch, dataDir: string, workers = 1): BatchSummary {
  const { id, name, spec, total, enumerated, counts, createdAt, startedAt, endedAt, error, warnings, bytes } =
    batch;
  const state = hasEnded(batch.state) || isAlive(batch.owner, dataDir) ? batch.state : 'interrupted';
  return {
    id,
    name,
    state,
    spec,
    priority: priorityOf(batch.priority),
    place: batch.place,
    total,
    enumerated,
    counts,
    createdAt,
    startedAt,
    endedAt,
    ...speedOf(batch, batch.spec.options.workers ?? workers),
    retrying: 0,
    error,
    notice: null,
    warnings,
    bytes,
  };
}
