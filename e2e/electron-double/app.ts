import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, startBrowser } from './browser.ts';
import { preventable } from './events.ts';
import { takeLock } from './instance-lock.ts';
import { notDoubled, strict } from './strict.ts';

/** What the app needs to know of windows, to close them when it quits. */
export interface AppWindow {
  close(): void;
  destroy(): void;
}

const root = resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
};

const paths = new Map<string, string>([
  ['home', homedir()],
  ['temp', tmpdir()],
  ['appData', join(homedir(), '.config')],
  ['userData', join(homedir(), '.config', manifest.name)],
]);

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly name = manifest.name;
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #quitting = false;
  /** Open windows, oldest first. */
  readonly windows = new Set<AppWindow>();
  browser: Browser | undefined;

  constructor() {
    super();
    // Electron is ready once the main script has been evaluated, and not before.
    setImmediate(() => void this.#start());
    process.on('SIGTERM', () => this.quit());
    process.on('SIGINT', () => this.quit());
  }

  async #start(): Promise<void> {
    try {
      this.browser = await startBrowser(join(this.getPath('userData'), 'chromium'));
      this.#isReady = true;
      this.emit('ready', {});
      this.#ready.resolve();
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
  }

  whenReady = (): Promise<void> => this.#ready.promise;
  isReady = (): boolean => this.#isReady;
  getVersion = (): string => manifest.version;
  getName = (): string => manifest.name;
  getAppPath = (): string => root;
  getLocale = (): string => 'en-US';
  setAppUserModelId = (_id: string): void => {};
  focus = (): void => {};
  badgeCount = 0;
  setBadgeCount(count?: number): boolean {
    if (count !== undefined && !Number.isInteger(count))
      throw new TypeError('The count of a badge is a whole number.');
    // Without a number macOS shows a dot.
    this.badgeCount = count ?? 0;
    return process.platform !== 'win32';
  }
  getBadgeCount = (): number => this.badgeCount;

  getPath(name: string): string {
    const path = paths.get(name);
    if (path === undefined) throw notDoubled(`app.getPath('${name}')`);
    return path;
  }

  setPath(name: string, path: string): void {
    if (!paths.has(name)) throw notDoubled(`app.setPath('${name}')`);
    if (!existsSync(path)) throw new Error(`Failed to set path '${name}': there is no ${path}.`);
    paths.set(name, path);
  }

  requestSingleInstanceLock(data: unknown = {}): boolean {
    const mine = { argv: process.argv, cwd: process.cwd(), data };
    return takeLock(this.getPath('userData'), mine, (second) =>
      this.emit('second-instance', {}, second.argv, second.cwd, second.data),
    );
  }

  quit(): void {
    const event = preventable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    for (const window of this.windows) window.close();
    if (this.windows.size === 0) this.#leave();
    // A window that holds back its closing holds back the quitting; closed ones are taken out at once.
    else this.#quitting = false;
  }

  exit(code = 0): void {
    for (const window of this.windows) window.destroy();
    this.emit('quit', {}, code);
    process.exit(code);
  }

  /** Called by a window that has closed. */
  windowClosed(window: AppWindow): void {
    this.windows.delete(window);
    if (this.windows.size > 0 || this.#quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  #leave(): void {
    const event = preventable({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) {
      this.#quitting = false;
      return;
    }
    this.exit(0);
  }
}

/** The app with the parts that only the double uses. */
export const theApp = new App();
export const app = strict('app', theApp);
