import { create } from 'zustand';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { WhenDoneAction } from '../../shared/contract/when-done.ts';
import type { BatchId } from '../../shared/task.ts';
import { bridge } from '../connection.ts';
import { go } from '../state/place.ts';
import { toast } from '../state/toasts.ts';
import { duration } from '../words/numbers.ts';
import { said } from '../words/said.ts';
import { t } from '../words/t.ts';

/**
 * Notifications of the browser, where the window is one of the web host: the Electron app has its own. `off`
 * until a person asks for them; `denied`: the browser was told to show none, which only its settings change.
 */
export type Notices = 'none' | 'off' | 'on' | 'denied';

const key = 'poolboard.notices';
const supported = !bridge && 'Notification' in window;

export const useNotices = create<{ notices: Notices }>(() => ({ notices: noticesNow() }));

function noticesNow(): Notices {
  if (!supported) return 'none';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && localStorage.getItem(key) === 'on' ? 'on' : 'off';
}

/** A person wants them, or none any more. Has to be called while a press of a button is handled. */
export async function toggleNotices(): Promise<void> {
  if (useNotices.getState().notices === 'on') localStorage.removeItem(key);
  else if ((await Notification.requestPermission()) === 'granted') localStorage.setItem(key, 'on');
  useNotices.setState({ notices: noticesNow() });
}

/** Nobody looks at this window. */
const isAside = (): boolean => document.hidden || !document.hasFocus();

/** @param tag of all windows of the browser that have the same to say, one says it. */
function show(title: string, body: string, tag: string, batch?: BatchId): void {
  if (useNotices.getState().notices !== 'on') return;
  const notification = new Notification(title, { body, tag: `poolboard-${tag}` });
  notification.onclick = () => {
    window.focus();
    if (batch !== undefined) go({ screen: 'batch', batch, tab: 'tasks' });
    notification.close();
  };
}

/** What was told of each running batch: a drive that comes and goes is told of once. */
const told = new Map<BatchId, Set<string | undefined>>();

/** Tells of a batch that has ended, or waits for something, while nobody looks. */
export function tellOfChange(batch: BatchSummary, before: BatchSummary | undefined): void {
  const { id, name, state, notice } = batch;
  if (hasEnded(state)) {
    told.delete(id);
    if (!before || hasEnded(before.state) || state === 'interrupted' || !isAside()) return;
    show(name, endText(batch), `end-${id}`, id);
    return;
  }
  const code = notice?.code;
  if (!notice || code?.startsWith('MACHINE_') || !isAside()) return;
  const codes = told.get(id) ?? new Set();
  if (codes.has(code)) return;
  told.set(id, codes.add(code));
  show(t('notices.waits', { name }), said(notice.message), `notice-${id}`, id);
}

function endText({ state, counts, error, startedAt, endedAt }: BatchSummary): string {
  if (error) return t('notices.stopped', { message: said(error.message) });
  const took = duration(Math.max(1, (endedAt ?? 0) - (startedAt ?? endedAt ?? 0)));
  const word = t(`batch.state.${state}`);
  return t('notices.ended', { state: word, took, succeeded: counts.succeeded, failed: counts.failed });
}

/** All batches have ended, and something follows that can still be stopped here. */
export function tellCountdown(action: WhenDoneAction): void {
  if (isAside())
    show(t('when-done.title'), t('notices.countdown', { does: t(`when-done.does.${action}`) }), 'countdown');
}

/** All batches have ended, and somebody wanted to be told. */
export function tellAllDone({ batches, failed }: { batches: number; failed: number }): void {
  const text = t('notices.all-done', { count: batches, failed: t('count.failed', { count: failed }) });
  toast('info', text);
  show(t('app.name'), text, 'all-done');
}
