import type { Engine } from '../engine/api.ts';
import { type BatchSummary, hasEnded } from '../shared/batch.ts';
import { PoolboardError } from '../shared/errors.ts';
import type { BatchId } from '../shared/task.ts';
import { type TaskSelection, taskQuerySchema } from '../shared/views.ts';
import { chooseGroup } from './failure-group.ts';
import { follow } from './follow.ts';
import type { RetryRequest } from './requests.ts';
import type { Terminal } from './terminal.ts';

const failed = taskQuerySchema.parse({ filter: 'failed' });

/** `poolboard retry`. Resolves with the exit status. */
export function retry(request: RetryRequest, terminal: Terminal, defaultDataDir: string): Promise<number> {
  return follow(
    {
      find: (engine) => retriable(engine, request),
      begin: async (engine, more, former) =>
        engine.retry(former!.id, await selectionOf(engine, former!, request.tasks), more),
    },
    request,
    terminal,
    defaultDataDir,
  );
}

async function selectionOf(
  engine: Engine,
  { id, counts }: BatchSummary,
  tasks: RetryRequest['tasks'],
): Promise<TaskSelection | 'unsuccessful'> {
  if (tasks === 'unsuccessful') return tasks;
  if (counts.failed === 0) {
    throw new PoolboardError(
      'NOTHING_TO_RETRY',
      `No task of batch ${id} has failed, so there is none to retry.`,
    );
  }
  if (tasks === 'failed') return { query: failed };
  const { key } = chooseGroup(await engine.errors.groups(id), tasks.group);
  return { query: { ...failed, group: key } };
}

/** The batch of a number, or the latest that has something to retry. */
async function retriable(
  engine: Engine,
  { batch: id, tasks }: { batch: BatchId | null; tasks: RetryRequest['tasks'] },
): Promise<BatchSummary> {
  if (id !== null) return engine.get(id);
  const found = (await engine.list()).find(({ state, counts }) => {
    const { failed, canceled, skipped } = counts;
    return hasEnded(state) && (tasks === 'unsuccessful' ? failed + canceled + skipped : failed) > 0;
  });
  if (found) return found;
  throw new PoolboardError(
    'NOTHING_TO_RETRY',
    `There is no batch with tasks that ${tasks === 'unsuccessful' ? 'did not succeed' : 'failed'}, so there is nothing to retry.`,
  );
}
