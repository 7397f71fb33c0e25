import type { MenuItemConstructorOptions } from 'electron';
import type { BatchSummary } from '../shared/batch.ts';
import { isWaitingForFiles, type Overall, shareOf } from '../shared/overall.ts';
import type { BatchId } from '../shared/task.ts';

/** What the tray can ask for. */
export interface TrayActions {
  openBatch(batch: BatchId): void;
  open(): void;
  pauseAll(): void;
  resumeAll(): void;
  quit(): void;
}

/** Batches that are listed; those beyond are counted. */
const mostBatches = 10;

const percent = (share: number): string => `${Math.floor(share * 100 + 1e-9)}%`;

/** How far a batch is, in a word. */
function progressOf(batch: BatchSummary): string {
  if (batch.notice) return 'waits';
  if (batch.state === 'paused' || batch.state === 'queued') return batch.state;
  if (isWaitingForFiles(batch)) return 'watching';
  const share = shareOf(batch);
  return share === null ? 'running' : percent(share);
}

/** What the tray says where the pointer rests on it. */
export function trayTip({ running, share, paused, failed }: Overall): string {
  if (running === 0) return 'Poolboard: nothing runs';
  const batches = running === 1 ? '1 batch' : `${running} batches`;
  const how = paused ? ', paused' : share === null ? '' : `, ${percent(share)}`;
  return `Poolboard: ${batches}${how}${failed > 0 ? `, ${failed} failed` : ''}`;
}

/** The tray's menu: the running batches, and what can be done to all of them. */
export function trayMenu(
  running: readonly BatchSummary[],
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const more = running.length - mostBatches;
  const canPause = running.some(({ state }) => state === 'running' || state === 'queued');
  const canResume = running.some(({ state, notice }) => state === 'paused' && !notice);
  return [
    ...running.slice(0, mostBatches).map((batch) => ({
      id: `batch-${batch.id}`,
      label: `${batch.name.replaceAll('&', '&&')}  ${progressOf(batch)}`,
      click: () => actions.openBatch(batch.id),
    })),
    ...(more > 0 ? [{ label: `and ${more} more`, enabled: false }] : []),
    ...(running.length === 0 ? [{ label: 'Nothing runs', enabled: false }] : []),
    { type: 'separator' },
    ...(canPause ? [{ id: 'pause-all', label: 'Pause all', click: actions.pauseAll }] : []),
    ...(canResume ? [{ id: 'resume-all', label: 'Resume all', click: actions.resumeAll }] : []),
    { id: 'open', label: 'Open Poolboard', click: actions.open },
    { id: 'quit', label: 'Quit', click: actions.quit },
  ];
}
