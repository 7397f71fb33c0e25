import { hasEnded } from '../shared/batch.ts';
import { PoolboardError } from '../shared/errors.ts';
import { formatBytes, formatCount } from '../shared/format.ts';
import { exitOk } from './exit-status.ts';
import type { DeleteRequest } from './requests.ts';
import type { Terminal } from './terminal.ts';
import { withEngine } from './with-engine.ts';

/** `poolboard delete`: all of the batches, or none where one is not there or runs. */
export function deleteBatches({ batches: ids, dataDir }: DeleteRequest, terminal: Terminal): Promise<number> {
  return withEngine(dataDir, async (engine) => {
    const batches = await Promise.all(ids.map((id) => engine.get(id)));
    const running = batches.find(({ state }) => !hasEnded(state));
    if (running) {
      throw new PoolboardError(
        'STILL_RUNNING',
        `Batch ${running.id} (${running.name}) is ${running.state}, so nothing was deleted: cancel it or wait for its end.`,
      );
    }
    await engine.delete(ids);
    const bytes = batches.reduce((sum, batch) => sum + batch.bytes, 0);
    const what = batches.length === 1 ? `batch ${ids[0]}` : `${formatCount(batches.length)} batches`;
    terminal.stderr.write(`Deleted ${what} (${formatBytes(bytes)}).\n`);
    return exitOk;
  });
}
