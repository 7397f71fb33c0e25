import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { say } from './words/say.ts';

/** What the menu can ask for. */
export interface MenuActions {
  newBatch(): void;
  /** Picks files to run something on. */
  openFiles(): void;
}

/** Gives the app its menu, with the keys that each platform expects. */
export function setMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions)));
}

function menuTemplate({ newBatch, openFiles }: MenuActions): MenuItemConstructorOptions[] {
  const isMac = process.platform === 'darwin';
  const menus: MenuItemConstructorOptions[] = [
    {
      label: say('menu.file'),
      submenu: [
        { id: 'new-batch', label: say('menu.new-batch'), accelerator: 'CmdOrCtrl+N', click: newBatch },
        { id: 'open-files', label: say('menu.open-files'), accelerator: 'CmdOrCtrl+O', click: openFiles },
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: say('menu.view'),
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : developerItems),
      ],
    },
    { role: 'windowMenu' },
  ];
  return isMac ? [{ role: 'appMenu' }, ...menus] : menus;
}

const developerItems: MenuItemConstructorOptions[] = [
  { type: 'separator' },
  { role: 'reload' },
  { role: 'toggleDevTools' },
];
