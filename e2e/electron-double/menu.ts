import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { strict } from './strict.ts';

interface Template {
  id?: string;
  label?: string;
  role?: string;
  type?: string;
  accelerator?: string;
  enabled?: boolean;
  visible?: boolean;
  click?: (item: object, window: BrowserWindow | undefined, event: object) => void;
  submenu?: Template[] | MenuDouble;
}

const roles = new Set(
  `about appMenu close copy cut delete editMenu fileMenu forceReload front help hide hideOthers minimize paste
  pasteAndMatchStyle quit redo reload resetZoom selectAll services toggleDevTools togglefullscreen undo unhide
  viewMenu window windowMenu zoom zoomIn zoomOut`.split(/\s+/),
);
const modifiers = /^(Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)$/;

class MenuItemDouble {
  readonly id: string;
  readonly label: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly accelerator: string | undefined;
  readonly submenu: MenuDouble | undefined;
  enabled: boolean;
  visible: boolean;
  readonly #click: Template['click'];

  constructor(template: Template) {
    const { id = '', label = '', role, type, accelerator, submenu, click } = template;
    if (!template.label && !role && !type) {
      throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
    }
    if (role !== undefined && !roles.has(role)) throw new Error(`Electron knows no menu role "${role}".`);
    const keys = accelerator?.split('+') ?? [];
    if (keys.slice(0, -1).some((key) => !modifiers.test(key))) {
      throw new TypeError(`"${accelerator}" is no accelerator.`);
    }
    this.id = id;
    this.label = label;
    this.role = role;
    this.type = type ?? (submenu ? 'submenu' : 'normal');
    this.accelerator = accelerator;
    this.submenu = Array.isArray(submenu) ? buildFromTemplate(submenu) : submenu;
    this.enabled = template.enabled ?? true;
    this.visible = template.visible ?? true;
    this.#click = click;
  }

  /** A person chooses the item. */
  click(): void {
    const window = BrowserWindow.getFocusedWindow() ?? undefined;
    if (this.role === 'quit') app.quit();
    else if (this.role === 'close') window?.close();
    else if (this.role === 'reload') window?.webContents.reload();
    else this.#click?.(this, window, {});
  }
}

class MenuDouble {
  readonly items: MenuItemDouble[];
  constructor(items: MenuItemDouble[]) {
    this.items = items;
  }
  getMenuItemById(id: string): MenuItemDouble | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

const buildFromTemplate = (template: Template[]): MenuDouble =>
  new MenuDouble(template.map((item) => new MenuItemDouble(item)));

let applicationMenu: MenuDouble | null = null;

export const Menu = strict('Menu', {
  buildFromTemplate,
  setApplicationMenu(menu: MenuDouble | null): void {
    applicationMenu = menu;
  },
  getApplicationMenu: (): MenuDouble | null => applicationMenu,
});
