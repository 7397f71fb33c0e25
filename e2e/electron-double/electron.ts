import { app, theApp } from './app.ts';
import { Notification, nativeImage, seen, Tray } from './around.ts';
import { BrowserWindow } from './browser-window.ts';
import { obeySpec } from './control.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu } from './menu.ts';
import { protocol } from './protocol.ts';
import { session } from './session.ts';
import { nativeTheme, powerMonitor, powerSaveBlocker, screen, shell } from './system.ts';
import { utilityProcess } from './utility-process.ts';

/** The double of the module `electron`, for a main process that runs under plain Node. See README.md. */
export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
};

Object.defineProperty(process, 'type', { value: 'browser' });
Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '45.0.0' } });

if (process.send) {
  app.once('ready', () => process.send!({ type: 'browser', endpoint: theApp.browser!.endpoint }));
  obeySpec({
    app,
    BrowserWindow,
    dialog,
    ipcMain,
    Menu,
    Notification,
    nativeImage,
    nativeTheme,
    powerMonitor,
    powerSaveBlocker,
    protocol,
    screen,
    session,
    shell,
    Tray,
    utilityProcess,
    seen,
  });
}
