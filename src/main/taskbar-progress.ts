import type { BrowserWindow } from 'electron';
import type { Overall } from '../shared/overall.ts';

type Bar = Pick<BrowserWindow, 'setProgressBar'>;
type Mode = 'none' | 'normal' | 'indeterminate' | 'error' | 'paused';

/** Takes the bar away, and shows one without an end, as `setProgressBar` has them. */
const none = -1;
const endless = 2;

/** Shows on the icon in the dock or the taskbar how far the running batches are; red once a task has failed. */
export function createTaskbarProgress(): (window: Bar | undefined, overall: Overall) => void {
  let shown: { window: Bar; key: string } | undefined;
  return (window, overall) => {
    if (!window) return;
    const [progress, mode] = barOf(overall);
    const key = `${progress} ${mode}`;
    if (shown?.window === window && shown.key === key) return;
    // A window that never had one needs none taken away.
    if (shown?.window !== window && progress === none) return;
    window.setProgressBar(progress, { mode });
    shown = { window, key };
  };
}

/** The bar, to whole percents: other programs draw it. */
export function barOf({ running, share, failed, paused, idle }: Overall): [progress: number, mode: Mode] {
  if (running === 0 || idle) return [none, 'none'];
  const mode = failed > 0 ? 'error' : paused ? 'paused' : 'normal';
  if (share === null) return [endless, mode === 'normal' ? 'indeterminate' : mode];
  return [Math.floor(share * 100) / 100, mode];
}
