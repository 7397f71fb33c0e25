import { create } from 'zustand';
import type { BatchSummary } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import { type Batches, mergeBatches } from './batch-groups.ts';

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

export const useBatch = (id: BatchId): BatchSummary | undefined =>
  useBatches(({ batches }) => batches.get(id));
