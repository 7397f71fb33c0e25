import type { MenuItemConstructorOptions } from 'electron';
import type { BatchSummary } from '../shared/batch.ts';
import { isWaitingForFiles, type Overall, shareOf } from '../shared/overall.ts';
import type { BatchId } from '../shared/task.ts';
import { say } from './words/say.ts';

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
  if (batch.notice) return say('tray.waits');
  if (batch.state === 'paused' || batch.state === 'queued') return say(`tray.${batch.state}`);
  if (isWaitingForFiles(batch)) return say('tray.watching');
  const share = shareOf(batch);
  return share === null ? say('tray.running') : percent(share);
}

/** What the tray says where the pointer rests on it. */
export function trayTip({ running, share, paused, failed }: Overall): string {
  if (running === 0) return say('tray.tip-nothing');
  const how = paused
    ? say('tray.tip-paused')
    : share === null
      ? ''
      : say('tray.tip-share', { share: percent(share) });
  return say(running === 1 ? 'tray.tip-one' : 'tray.tip', {
    count: running,
    how,
    failed: failed > 0 ? say('tray.tip-failed', { count: failed }) : '',
  });
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
    ...(more > 0 ? [{ label: say('tray.more', { count: more }), enabled: false }] : []),
    ...(running.length === 0 ? [{ label: say('tray.nothing'), enabled: false }] : []),
    { type: 'separator' },
    ...(canPause ? [{ id: 'pause-all', label: say('tray.pause-all'), click: actions.pauseAll }] : []),
    ...(canResume ? [{ id: 'resume-all', label: say('tray.resume-all'), click: actions.resumeAll }] : []),
    { id: 'open', label: say('tray.open'), click: actions.open },
    { id: 'quit', label: say('tray.quit'), click: actions.quit },
  ];
}
