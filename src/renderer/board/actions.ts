import { create } from 'zustand';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { ExportFormat } from '../../shared/contract.ts';
import type { BatchId, TaskIndex } from '../../shared/task.ts';
import type { TaskQuery, TaskSelection } from '../../shared/views.ts';
import { client } from '../connection.ts';
import { batchNow, takeChangedBatches } from '../state/batches.ts';
import { report, toast } from '../state/toasts.ts';
import { plainQuery } from '../table/table-state.ts';
import { t } from '../words/t.ts';

/** The batch that one is being asked about before it is canceled. */
export const useCanceling = create<{ batch: BatchId | null }>(() => ({ batch: null }));

export const askToCancel = (batch: BatchId): void => useCanceling.setState({ batch });

export function cancelBatch(batch: BatchId): void {
  client.batches.cancel({ batch }).catch(report);
}

export function cancelTask(batch: BatchId, index: TaskIndex): void {
  client.tasks.cancel({ batch, tasks: { indices: [index] } }).catch(report);
}

/** Cancels those of a selection that have not ended, and says how many that were. */
export function cancelTasks(batch: BatchId, tasks: TaskSelection): void {
  client.tasks
    .cancel({ batch, tasks })
    .then((count) => toast('info', t('selection.canceled', { count })), report);
}

/** Pauses a running batch, lets a paused or interrupted one go on; nothing for others. */
export function togglePause(batch: BatchId): void {
  const state = batchNow(batch)?.state;
  if (state === 'running' || state === 'queued') client.batches.pause({ batch }).catch(report);
  else if (state === 'paused' || state === 'interrupted') resumeBatch(batch);
}

/** Lets a paused batch go on, and finishes one that was interrupted or canceled. */
export function resumeBatch(batch: BatchId): void {
  client.batches.resume({ batch }).then(take, report);
}

/** Does what an interruption or a cancel left undone. */
export function finishBatch(batch: BatchId): void {
  const { state, enumerated } = batchNow(batch) ?? {};
  // A resume keeps what has ended, and a task that ran when its batch was canceled has ended.
  if (state === 'canceled' && enumerated) retryTasks(batch, canceledTasks);
  else resumeBatch(batch);
}

/** Takes no more inputs. */
export function closeBatch(batch: BatchId): void {
  client.batches.close({ batch }).catch(report);
}

export const failedTasks: TaskSelection = { query: { ...plainQuery, filter: 'failed' } };
const canceledTasks: TaskSelection = { query: { ...plainQuery, filter: 'canceled' } };

/** Runs tasks that have ended again, with the batch's own settings. */
export function retryTasks(batch: BatchId, tasks: TaskSelection | 'unsuccessful'): void {
  if (!hasEnded(batchNow(batch)?.state ?? 'completed')) toast('info', t('retry.still-running'));
  else client.batches.retry({ batch, tasks }).then(take, report);
}

const take = (batch: BatchSummary): void => takeChangedBatches([batch]);

/** Exports what a query matches: the host saves a file, or the browser downloads one. */
export async function exportTasks(batch: BatchId, format: ExportFormat, query: TaskQuery): Promise<void> {
  try {
    const outcome = await client.batches.export({ batch, format, query });
    if (outcome.kind === 'saved') {
      toast('info', t('export.saved', { count: outcome.rows, path: outcome.path }));
    } else if (outcome.kind === 'download') download(outcome.url, outcome.name);
  } catch (error) {
    report(error);
  }
}

function download(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
