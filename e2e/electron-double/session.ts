import { strict } from './strict.ts';

type RequestHandler = (
  webContents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (webContents: unknown, permission: string, origin: string, details: object) => boolean;

/** Permissions by Electron's name, with the names that pages (and Chromium's DevTools) have for them. */
const names: Record<string, string[]> = {
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  media: ['camera', 'microphone'],
  midi: ['midi'],
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  'idle-detection': ['idle-detection'],
  'window-management': ['window-management'],
  'storage-access': ['storage-access'],
  'screen-wake-lock': ['screen-wake-lock'],
};

class Session {
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }
  setDevicePermissionHandler(_handler: unknown): void {}
  setDisplayMediaRequestHandler(_handler: unknown): void {}

  /** What the handlers say of a page's permissions: Chromium's names, and whether they are granted. */
  async decide(webContents: unknown, origin: string): Promise<{ name: string; granted: boolean }[]> {
    const decided = Object.entries(names).map(async ([permission, chromium]) => {
      const granted = await this.#grants(webContents, permission, origin);
      return chromium.map((name) => ({ name, granted }));
    });
    return (await Promise.all(decided)).flat();
  }

  // Without a handler Electron grants what is asked.
  async #grants(webContents: unknown, permission: string, origin: string): Promise<boolean> {
    const details = { requestingUrl: origin, isMainFrame: true };
    if (this.#check && !this.#check(webContents, permission, origin, details)) return false;
    const request = this.#request;
    if (!request) return true;
    return new Promise((answer) => request(webContents, permission, answer, details));
  }
}

export const defaultSession = new Session();
export const session = strict('session', { defaultSession: strict('session', defaultSession) });
