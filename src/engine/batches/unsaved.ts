import { noCounts } from '../../shared/batch.ts';
import type { NewBatch, StoredBatch } from '../store/store.ts';

/** A new batch as the store gives it back, but for its id and its size, which it has once it is saved. */
export function unsaved(fresh: NewBatch): StoredBatch {
  return {
    ...fresh,
    id: 0,
    rest: 'pending',
    total: 0,
    enumerated: false,
    counts: noCounts(),
    startedAt: null,
    endedAt: null,
    error: null,
    warnings: fresh.warnings ?? [],
    busyMs: 0,
    place: fresh.place ?? null,
    priority: fresh.priority ?? 0,
    generation: 0,
    bytes: 0,
  };
}
