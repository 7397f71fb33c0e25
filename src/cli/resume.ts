import type { Engine } from '../engine/api.ts';
import type { BatchSummary } from '../shared/batch.ts';
import { PoolboardError } from '../shared/errors.ts';
import type { BatchId } from '../shared/task.ts';
import { follow } from './follow.ts';
import type { ResumeRequest } from './requests.ts';
import type { Terminal } from './terminal.ts';

/** `poolboard resume`. Resolves with the exit status. */
export function resume(request: ResumeRequest, terminal: Terminal, defaultDataDir: string): Promise<number> {
  return follow(
    {
      find: (engine) => interrupted(engine, request.batch),
      begin: (engine, more, former) => engine.resume(former!.id, more),
    },
    request,
    terminal,
    defaultDataDir,
  );
}

/** The batch of a number, or the latest that was interrupted. */
async function interrupted(engine: Engine, id: BatchId | null): Promise<BatchSummary> {
  if (id !== null) return engine.get(id);
  const found = (await engine.list()).find(({ state }) => state === 'interrupted');
  if (found) return found;
  throw new PoolboardError(
    'NOTHING_TO_RESUME',
    'No batch was interrupted; `poolboard list` shows the batches, and poolboard resume BATCH finishes one that was canceled.',
  );
}
