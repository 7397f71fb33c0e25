import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { denyNavigation } from './navigation.ts';
import { fitBounds, readWindowState, smallestSize, writeWindowState } from './window-state.ts';
import { windowUrl } from './window-url.ts';

const preload = fileURLToPath(new URL('../preload/index.cjs', import.meta.url));
// Shown for the moment before the page has drawn; the page's own background in each theme.
const background = { light: '#ffffff', dark: '#16181d' };

/** Opens the window where it was last, and keeps what is needed to do so again. */
export function openWindow(): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window-state.json');
  const state = readWindowState(stateFile);

  const window = new BrowserWindow({
    ...fitBounds(state?.bounds, workAreas()),
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    show: false,
    title: 'Poolboard',
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  if (state?.maximized) window.maximize();
  denyNavigation(window.webContents);

  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  // The engine lives in this process: a page that crashed is loaded again and has lost nothing.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && reason !== 'killed') window.webContents.reload();
  });

  void window.loadURL(windowUrl);
  return window;
}

/** Brings the window before the person, wherever it was. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Whether a person looks at the window. */
export const isInFront = (window: BrowserWindow): boolean =>
  window.isVisible() && !window.isMinimized() && window.isFocused();

function workAreas() {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== main.id);
  return [main, ...others].map((display) => display.workArea);
}
