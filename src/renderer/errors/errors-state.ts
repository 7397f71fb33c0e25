import { create } from 'zustand';
import type { ErrorGroup, ErrorGroups } from '../../shared/contract/errors.ts';
import type { BatchId } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { client, onConnected } from '../connection.ts';
import { go } from '../state/place.ts';
import { report } from '../state/toasts.ts';
import { ask, plainQuery, showBatch } from '../table/table-state.ts';
import { inOrderOf } from './steady-order.ts';

/**
 * The groups of failed tasks of the batch that is shown, null before the first answer; and the same in the order
 * in which they are listed, see {@link keepOrderWhile}.
 */
export const useErrors = create<{
  batch: BatchId | null;
  groups: ErrorGroups | null;
  listed: readonly ErrorGroup[];
}>(() => ({ batch: null, groups: null, listed: [] }));

let connected = false;

/** Follows the groups of a batch, or of none. */
export function watchErrors(batch: BatchId | null): void {
  if (!connected) {
    connected = true;
    client.errors.on.changed((groups) => {
      const { batch, listed } = useErrors.getState();
      if (groups.batch !== batch) return;
      const shown = isPointedAt() ? inOrderOf(keysOf(listed), groups.groups) : groups.groups;
      useErrors.setState({ groups, listed: shown });
    });
    onConnected(watch);
  }
  if (useErrors.getState().batch === batch) return;
  useErrors.setState({ batch, groups: null, listed: [] });
  watch();
}

function watch(): void {
  const { batch } = useErrors.getState();
  client.errors.watch(batch === null ? null : { batch }).catch((error) => {
    // It is asked again once the connection is back.
    if (error?.info?.code !== 'CONNECTION_LOST' && error?.info?.code !== 'NO_SUCH_BATCH') report(error);
  });
}

const keysOf = (groups: readonly ErrorGroup[]): string[] => groups.map(({ key }) => key);

const nobodyPoints = (): boolean => false;
let isPointedAt = nobodyPoints;

/** Groups that are listed stay in their order while someone points at them. Returns a function that ends this. */
export function keepOrderWhile(pointedAt: () => boolean): () => void {
  isPointedAt = pointedAt;
  return () => {
    isPointedAt = nobodyPoints;
    letOrderGo();
  };
}

/** Nobody points at the groups any more: they are listed as they stand now, the largest first. */
export function letOrderGo(): void {
  const { groups } = useErrors.getState();
  if (groups) useErrors.setState({ listed: groups.groups });
}

/** The tasks of a group. */
export const queryOf = (group: string): TaskQuery => ({ ...plainQuery, filter: 'failed', group });

/** Shows the tasks of a group in the table. */
export function showGroup(batch: BatchId, { key }: ErrorGroup): void {
  showBatch(batch);
  ask(queryOf(key));
  go({ screen: 'batch', batch, tab: 'tasks' });
}
