import { type BatchSummary, hasEnded } from '../shared/batch.ts';
import { tellOfChange } from './around/browser-notices.ts';
import { followFavicon } from './around/favicon.ts';
import { keepUploads } from './around/keep-uploads.ts';
import { leave } from './board/delete-batches.ts';
import { client, onConnected } from './connection.ts';
import { followExports } from './exports/exporting.ts';
import { checkAgain } from './new-batch/draft-state.ts';
import { takePaths } from './new-batch/dropped.ts';
import { loadPresets, takePresets } from './presets/presets-state.ts';
import { batchNow, takeBatches, takeChangedBatches, useBatches } from './state/batches.ts';
import { useHost } from './state/host.ts';
import { offerInterrupted } from './state/interrupted.ts';
import { followAddress, go, usePlace } from './state/place.ts';
import { refreshStorage } from './state/storage.ts';
import { report } from './state/toasts.ts';
import { startWatching } from './table/watching.ts';
import { followWhenDone, loadWhenDone } from './when-done/state.ts';
import { useLanguage } from './words/language.ts';

/** Connects the window's state to the host; called once. */
export function start(): void {
  followAddress();
  client.batches.on.changed(takeChanged);
  client.batches.on.deleted(({ batches }) => {
    leave(batches);
    refreshStorage();
  });
  client.presets.on.changed(takePresets);
  client.pool.on.changed((pool) => useHost.setState({ pool }));
  client.host.on.command(({ command, paths, batch }) => {
    if (command === 'open-batch' && batch !== undefined) go({ screen: 'batch', batch, tab: 'tasks' });
    else if (command === 'open-paths' && paths) takePaths(paths);
    else go({ screen: 'new' });
  });
  followExports();
  followWhenDone();
  followFavicon();
  keepUploads();
  useLanguage.subscribe(tellLanguage);
  onConnected(() => {
    void load();
    tellLanguage();
    loadWhenDone();
    // What could not be asked while the connection was lost.
    checkAgain();
  });
  startWatching();
}

/** Menus and notifications of the host follow the window. */
function tellLanguage(): void {
  client.host.speak({ language: useLanguage.getState().language }).catch(report);
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
    offerInterrupted(useBatches.getState().batches);
    refreshStorage();
    loadPresets();
    if (!usePlace.getState().place) openFirst();
  } catch (error) {
    report(error);
  }
}

function takeChanged(changed: BatchSummary[]): void {
  for (const batch of changed) tellOfChange(batch, batchNow(batch.id));
  // What has just ended has filled the store.
  const ended = changed.some(({ id, state }) => hasEnded(state) && !hasEnded(batchNow(id)?.state ?? state));
  takeChangedBatches(changed);
  if (ended) refreshStorage();
}

/** What runs is what one came for; otherwise the next batch. */
function openFirst(): void {
  const running = [...useBatches.getState().batches.values()].find(({ state }) => !hasEnded(state));
  go(running ? { screen: 'batch', batch: running.id, tab: 'tasks' } : { screen: 'new' });
}
