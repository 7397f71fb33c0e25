import { create } from 'zustand';
import type { ExportFormat } from '../../shared/contract.ts';
import type { BatchId, TaskIndex } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { client } from '../connection.ts';
import { useBatches } from '../state/batches.ts';
import { report, toast } from '../state/toasts.ts';
import { t } from '../words/t.ts';

/** The batch that one is being asked about before it is canceled. */
export const useCanceling = create<{ batch: BatchId | null }>(() => ({ batch: null }));

export const askToCancel = (batch: BatchId): void => useCanceling.setState({ batch });

export function cancelBatch(batch: BatchId): void {
  client.batches.cancel({ batch }).catch(report);
}

export function cancelTask(batch: BatchId, index: TaskIndex): void {
  client.tasks.cancel({ batch, index }).catch(report);
}

/** Pauses a running batch, lets a paused one go on; nothing for others. */
export function togglePause(batch: BatchId): void {
  const state = useBatches.getState().batches.get(batch)?.state;
  if (state === 'running' || state === 'queued') client.batches.pause({ batch }).catch(report);
  else if (state === 'paused') client.batches.resume({ batch }).catch(report);
}

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
