import { create } from 'zustand';
import type { BatchSummary } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import { type Batches, mergeBatches, withoutBatches } from './batch-groups.ts';

/** All batches, as the host tells of them. `loaded` is false until it first did. */
export const useBatches = create<{ loaded: boolean; batches: Batches }>(() => ({
  loaded: false,
  batches: new Map(),
}));

export function takeBatches(list: readonly BatchSummary[]): void {
  useBatches.setState({ loaded: true, batches: mergeBatches(new Map(), list) });
}

export function takeChangedBatches(changed: readonly BatchSummary[]): void {
  useBatches.setState(({ batches }) => ({ batches: mergeBatches(batches, changed) }));
}

export function dropBatches(ids: readonly BatchId[]): void {
  useBatches.setState(({ batches }) => ({ batches: withoutBatches(batches, ids) }));
}

export const useBatch = (id: BatchId): BatchSummary | undefined =>
  useBatches(({ batches }) => batches.get(id));

/** A batch as it is now. */
export const batchNow = (id: BatchId): BatchSummary | undefined => useBatches.getState().batches.get(id);
