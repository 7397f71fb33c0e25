import type { WebContents } from 'electron';

/**
 * The window shows its one page and nothing else: no page leads away from it, opens another, or embeds one.
 * A link that is meant for the browser has to be a call of the contract.
 */
export function denyNavigation(webContents: WebContents): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-frame-navigate', (event) => event.preventDefault());
  webContents.on('will-redirect', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
}
