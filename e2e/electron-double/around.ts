import { EventEmitter } from 'node:events';
import { app, theApp } from './app.ts';
import type { Menu } from './menu.ts';
import { strict } from './strict.ts';

type MenuDouble = ReturnType<typeof Menu.buildFromTemplate>;

/** What a person would see around the window; for specs, the app cannot reach it. */
export const seen = {
  trays: new Set<TrayDouble>(),
  /** Shown, and neither clicked nor closed. */
  notifications: new Set<NotificationDouble>(),
};

const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The size of a PNG from a data URL; Electron answers with an empty image where it is none. */
function sizeOf(dataURL: string): { width: number; height: number } {
  const [, base64] = /^data:image\/png;base64,([A-Za-z0-9+/=]+)$/.exec(dataURL) ?? [];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (!bytes.subarray(0, 8).equals(pngHead)) return { width: 0, height: 0 };
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

class NativeImageDouble {
  readonly #size: { width: number; height: number };
  #isTemplate = false;
  readonly scaleFactors = [1];

  constructor(dataURL: string) {
    this.#size = sizeOf(dataURL);
  }
  isEmpty = (): boolean => this.#size.width === 0;
  getSize = (): { width: number; height: number } => ({ ...this.#size });
  isTemplateImage = (): boolean => this.#isTemplate;
  setTemplateImage(option: boolean): void {
    this.#isTemplate = option;
  }
  addRepresentation({ scaleFactor = 1, dataURL }: { scaleFactor?: number; dataURL: string }): void {
    const { width } = sizeOf(dataURL);
    if (width !== this.#size.width * scaleFactor)
      throw new Error(`${width} pixels are not ${scaleFactor} times as many.`);
    this.scaleFactors.push(scaleFactor);
  }
}

export const nativeImage = strict('nativeImage', {
  createFromDataURL: (dataURL: string) => strict('NativeImage', new NativeImageDouble(dataURL)),
});

class TrayDouble extends EventEmitter {
  #destroyed = false;
  tip = '';
  menu: MenuDouble | null = null;

  constructor(image: NativeImageDouble) {
    super();
    if (!theApp.isReady()) throw new Error('Cannot create Tray before app is ready');
    if (image.isEmpty()) throw new Error('The image of a tray is empty: nobody would see it.');
    const face = strict('Tray', this);
    seen.trays.add(this);
    // biome-ignore lint/correctness/noConstructorReturn: the app must not see the object without its guard
    return face;
  }
  setToolTip(tip: string): void {
    this.#alive();
    this.tip = tip;
  }
  setContextMenu(menu: MenuDouble | null): void {
    this.#alive();
    this.menu = menu;
  }
  isDestroyed = (): boolean => this.#destroyed;
  destroy(): void {
    this.#destroyed = true;
    seen.trays.delete(this);
  }
  #alive(): void {
    if (this.#destroyed) throw new TypeError('Tray is destroyed');
  }
}

interface NotificationOptions {
  title?: string;
  body?: string;
}
const notificationOptions = new Set(['title', 'body']);

class NotificationDouble extends EventEmitter {
  readonly title: string;
  readonly body: string;
  #shown = false;

  static isSupported = (): boolean => true;

  constructor(options: NotificationOptions = {}) {
    super();
    if (!theApp.isReady()) throw new Error('Cannot create Notification before app is ready');
    const unknown = Object.keys(options).find((option) => !notificationOptions.has(option));
    if (unknown) throw new Error(`The double of Notification has no option "${unknown}".`);
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    const face = strict('Notification', this);
    // biome-ignore lint/correctness/noConstructorReturn: as above
    return face;
  }
  show(): void {
    if (this.#shown) this.close();
    this.#shown = true;
    seen.notifications.add(this);
    this.emit('show', {});
  }
  close(): void {
    if (!seen.notifications.delete(this)) return;
    this.emit('close', {});
  }
  /** A person clicks it, and it goes. */
  click(): void {
    seen.notifications.delete(this);
    this.emit('click', {});
  }
}

app.once('quit', () => {
  for (const tray of seen.trays) tray.destroy();
});

export { NotificationDouble as Notification, TrayDouble as Tray };
