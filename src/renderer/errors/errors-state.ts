import { create } from 'zustand';
import type { ErrorGroup, ErrorGroups } from '../../shared/contract/errors.ts';
import type { BatchId } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { client, onConnected } from '../connection.ts';
import { go } from '../state/place.ts';
import { report } from '../state/toasts.ts';
import { ask, plainQuery, showBatch } from '../table/table-state.ts';

/** The groups of failed tasks of the batch that is shown; null before the first answer. */
export const useErrors = create<{ batch: BatchId | null; groups: ErrorGroups | null }>(() => ({
  batch: null,
  groups: null,
}));

let connected = false;

/** Follows the groups of a batch, or of none. */
export function watchErrors(batch: BatchId | null): void {
  if (!connected) {
    connected = true;
    client.errors.on.changed((groups) => {
      if (groups.batch === useErrors.getState().batch) useErrors.setState({ groups });
    });
    onConnected(watch);
  }
  if (useErrors.getState().batch === batch) return;
  useErrors.setState({ batch, groups: null });
  watch();
}

function watch(): void {
  const { batch } = useErrors.getState();
  client.errors.watch(batch === null ? null : { batch }).catch((error) => {
    // It is asked again once the connection is back.
    if (error?.info?.code !== 'CONNECTION_LOST' && error?.info?.code !== 'NO_SUCH_BATCH') report(error);
  });
}

/** The tasks of a group. */
export const queryOf = (group: string): TaskQuery => ({ ...plainQuery, filter: 'failed', group });

/** Shows the tasks of a group in the table. */
export function showGroup(batch: BatchId, { key }: ErrorGroup): void {
  showBatch(batch);
  ask(queryOf(key));
  go({ screen: 'batch', batch, tab: 'tasks' });
}
