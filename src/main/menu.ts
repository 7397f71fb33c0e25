import { app, Menu, type MenuItemConstructorOptions } from 'electron';

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
      label: '&File',
      submenu: [
        { id: 'new-batch', label: '&New Batch', accelerator: 'CmdOrCtrl+N', click: newBatch },
        { id: 'open-files', label: '&Open Files…', accelerator: 'CmdOrCtrl+O', click: openFiles },
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
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
