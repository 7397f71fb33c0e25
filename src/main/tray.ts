import { Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import type { Session } from './session.ts';
import { trayIcon } from './tray-icon.ts';
import { type TrayActions, trayMenu, trayTip } from './tray-menu.ts';

export interface AppTray {
  /** @param wanted whether there is one: while batches run, or the window is closed. */
  update(session: Session, wanted: boolean): void;
}

/** Keeps the app's icon in the tray, with what runs in its menu. */
export function createTray(actions: TrayActions): AppTray {
  let tray: Tray | undefined;
  let shown = '';
  return {
    update(session, wanted) {
      if (!wanted) {
        tray?.destroy();
        tray = undefined;
        return;
      }
      if (!tray) {
        tray = new Tray(trayIcon());
        tray.on('click', actions.open);
        shown = '';
      }
      const template = trayMenu(session.running(), actions);
      const tip = trayTip(session.overall());
      // An open menu that is replaced closes under the pointer, on some desktops.
      const key = JSON.stringify([
        tip,
        template.map(({ id, label }: MenuItemConstructorOptions) => [id, label]),
      ]);
      if (key === shown) return;
      shown = key;
      tray.setToolTip(tip);
      tray.setContextMenu(Menu.buildFromTemplate(template));
    },
  };
}
