import { create } from 'zustand';
import type { WhenDoneAction, WhenDoneView } from '../../shared/contract/when-done.ts';
import { tellAllDone, tellCountdown } from '../around/browser-notices.ts';
import { client } from '../connection.ts';
import { report, toast } from '../state/toasts.ts';
import { said } from '../words/said.ts';
import { t } from '../words/t.ts';

interface WhenDoneState {
  view: WhenDoneView;
  /** When the countdown ends, by the clock of this window; null while there is none. */
  actAt: number | null;
}

/** What happens when all batches have ended, as the host knows it: the same in all its windows. */
export const useWhenDone = create<WhenDoneState>(() => ({
  view: { action: 'nothing', available: ['nothing'], countdown: null },
  actAt: null,
}));

export function takeWhenDone(view: WhenDoneView): void {
  const actAt = view.countdown && Date.now() + view.countdown.leftMs;
  if (view.countdown && !useWhenDone.getState().view.countdown) tellCountdown(view.countdown.action);
  useWhenDone.setState({ view, actAt });
}

/** Hears of it from now on. */
export function followWhenDone(): void {
  client.whenDone.on.changed(takeWhenDone);
  client.whenDone.on.notify(tellAllDone);
  client.whenDone.on.failed(({ action, error }) =>
    toast('error', t('when-done.failed', { action: t(`when-done.${action}`), message: said(error.message) })),
  );
}

/** Asks for it anew: after each connection. */
export function loadWhenDone(): void {
  client.whenDone.view().then(takeWhenDone, report);
}

export function chooseWhenDone(action: WhenDoneAction): void {
  client.whenDone.choose({ action }).then(takeWhenDone, report);
}

export function stopWhenDone(): void {
  client.whenDone.stop().then(takeWhenDone, report);
}

export function actNow(): void {
  client.whenDone.now().then(takeWhenDone, report);
}
