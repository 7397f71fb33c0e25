import { hasEnded } from '../shared/batch.ts';
import { client, onConnected } from './connection.ts';
import { checkAgain } from './new-batch/draft-state.ts';
import { takePaths } from './new-batch/dropped.ts';
import { takeBatches, takeChangedBatches, useBatches } from './state/batches.ts';
import { useHost } from './state/host.ts';
import { followAddress, go, usePlace } from './state/place.ts';
import { report } from './state/toasts.ts';
import { startWatching } from './table/watching.ts';

/** Connects the window's state to the host; called once. */
export function start(): void {
  followAddress();
  client.batches.on.changed(takeChangedBatches);
  client.pool.on.changed((pool) => useHost.setState({ pool }));
  client.host.on.command(({ command, paths }) => {
    if (command === 'open-paths' && paths) takePaths(paths);
    else go({ screen: 'new' });
  });
  onConnected(() => {
    void load();
    // What could not be asked while the connection was lost.
    checkAgain();
  });
  startWatching();
}

async function load(): Promise<void> {
  try {
    const [info, pool, builtins, samples, batches] = await Promise.all([
      client.host.info(),
      client.pool.view(),
      client.definitions.builtins(),
      client.host.samples(),
      client.batches.list(),
    ]);
    useHost.setState({ info, pool, builtins, samples });
    takeBatches(batches);
    if (!usePlace.getState().place) openFirst();
  } catch (error) {
    report(error);
  }
}

/** What runs is what one came for; otherwise the next batch. */
function openFirst(): void {
  const running = [...useBatches.getState().batches.values()].find(({ state }) => !hasEnded(state));
  go(running ? { screen: 'batch', batch: running.id, tab: 'tasks' } : { screen: 'new' });
}
