import { EventEmitter } from 'node:events';
import { type AppWindow, app, theApp } from './app.ts';
import type { CdpSession } from './cdp.ts';
import { preventable } from './events.ts';
import { strict } from './strict.ts';
import { WebContents } from './web-contents.ts';

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Options extends Partial<Rectangle> {
  show?: boolean;
  title?: string;
  webPreferences?: {
    preload?: string;
    sandbox?: boolean;
    contextIsolation?: boolean;
    nodeIntegration?: boolean;
    webSecurity?: boolean;
    webviewTag?: boolean;
  };
}

const progressModes = new Set(['none', 'normal', 'indeterminate', 'error', 'paused']);
const windows = new Map<BrowserWindow, BrowserWindow>();
/** Pages that were made here, by the id of their target. */
const awaited = new Map<string, (page: CdpSession) => void>();
const owners = new Map<string, BrowserWindow>();

/** A window: a real page of Chromium, into which the preload is loaded. */
export class BrowserWindow extends EventEmitter implements AppWindow {
  readonly webContents: WebContents;
  readonly id: number;
  readonly #contents: WebContents;
  readonly #made: Promise<void>;
  #targetId: string | undefined;
  #bounds: Rectangle;
  #state: 'normal' | 'maximized' | 'minimized' = 'normal';
  #visible: boolean;
  #destroyed = false;
  #focused = false;
  #title: string;
  /** What the taskbar shows; for specs. */
  progressBar = { progress: -1, mode: 'none' };

  static getAllWindows = (): BrowserWindow[] => [...windows.values()];
  static getFocusedWindow = (): BrowserWindow | null => BrowserWindow.getAllWindows().at(-1) ?? null;
  static fromWebContents = (contents: WebContents): BrowserWindow | null =>
    BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;

  constructor(options: Options = {}) {
    super();
    if (!theApp.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const preferences = options.webPreferences ?? {};
    if (
      !preferences.sandbox ||
      !preferences.contextIsolation ||
      preferences.nodeIntegration ||
      preferences.webSecurity === false ||
      preferences.webviewTag
    ) {
      throw new Error('The double shows only windows that are sandboxed and isolated, without Node.');
    }
    if (!preferences.preload?.endsWith('.cjs'))
      throw new Error('A sandboxed preload must be CommonJS (.cjs).');
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.#visible = options.show ?? true;
    this.#title = options.title ?? '';
    this.#contents = new WebContents(preferences.preload);
    this.webContents = this.#contents.face;
    this.id = this.#contents.id;
    this.#contents.once('did-finish-load', () => this.emit('ready-to-show'));
    const face = strict('BrowserWindow', this);
    windows.set(this, face);
    theApp.windows.add(this);
    app.emit('web-contents-created', {}, this.webContents);
    this.#made = this.#make();
    // biome-ignore lint/correctness/noConstructorReturn: the app must not see the object without its guard
    return face;
  }

  async #make(): Promise<void> {
    const { browser } = theApp.browser!.cdp;
    await watchPages();
    const { width, height } = this.#bounds;
    const made = Promise.withResolvers<CdpSession>();
    const { targetId } = await browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width,
      height,
    });
    this.#targetId = targetId;
    owners.set(targetId, this);
    attachOnce(targetId, made.resolve);
    await this.#contents.attach(await made.promise, targetId);
  }

  async loadURL(url: string): Promise<void> {
    await this.#made;
    await this.#contents.load(url);
  }

  isDestroyed = (): boolean => this.#destroyed;
  isVisible = (): boolean => this.#visible;
  isMinimized = (): boolean => this.#state === 'minimized';
  isMaximized = (): boolean => this.#state === 'maximized';
  isFocused = (): boolean => this.#focused;
  getBounds = (): Rectangle => ({ ...this.#bounds });
  getNormalBounds = (): Rectangle => ({ ...this.#bounds });
  getTitle = (): string => this.#title;
  show(): void {
    if (!this.#visible) {
      this.#visible = true;
      this.emit('show');
    }
    this.focus();
  }
  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.blur();
    this.emit('hide');
  }
  focus(): void {
    this.#focused = true;
    this.emit('focus', {});
  }
  /** Another program has the focus. */
  blur(): void {
    if (!this.#focused) return;
    this.#focused = false;
    this.emit('blur', {});
  }
  setProgressBar(progress: number, { mode = 'normal' }: { mode?: string } = {}): void {
    if (!progressModes.has(mode)) throw new TypeError(`A progress bar has no mode "${mode}".`);
    this.progressBar = { progress, mode };
  }
  maximize(): void {
    this.#state = 'maximized';
    this.emit('maximize');
  }
  minimize(): void {
    this.#state = 'minimized';
    this.blur();
    this.emit('minimize');
  }
  restore(): void {
    this.#state = 'normal';
    this.emit('restore');
  }
  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.emit('resize');
  }

  close(): void {
    if (this.#destroyed) return;
    const event = preventable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this);
    if (this.#targetId) {
      owners.delete(this.#targetId);
      const { browser } = theApp.browser!.cdp;
      browser.send('Target.closeTarget', { targetId: this.#targetId }).catch(() => {});
    }
    this.#contents.detach();
    this.emit('closed');
    theApp.windowClosed(this);
  }

  /** A page that the page of this window opened: closed unless the app allows it. */
  pageOpened(url: string): 'close' | 'keep' {
    return this.#contents.mayOpen(url) ? 'keep' : 'close';
  }
}

/**
 * A page that waits for its debugger holds up the thread that it shares with its opener: it is let go first,
 * and closed before any of its requests are answered.
 */
async function closePopup(page: CdpSession, targetId: string): Promise<void> {
  await Promise.all([
    page.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    page.send('Runtime.runIfWaitingForDebugger'),
  ]);
  await theApp.browser!.cdp.browser.send('Target.closeTarget', { targetId });
}

let watching: Promise<void> | undefined;
const arrived = new Map<string, CdpSession>();

function attachOnce(targetId: string, hear: (page: CdpSession) => void): void {
  const page = arrived.get(targetId);
  if (page) hear(page);
  else awaited.set(targetId, hear);
}

/** Hears of every page of the browser before its first script: those made here, and those that pages open. */
function watchPages(): Promise<void> {
  const { cdp } = theApp.browser!;
  watching ??= (async () => {
    cdp.browser.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const page = cdp.session(sessionId);
      const opener = owners.get(targetInfo.openerId ?? '');
      if (opener) {
        const verdict = opener.pageOpened(targetInfo.url);
        if (verdict === 'keep') throw new Error('The double opens no windows for pages.');
        void closePopup(page, targetInfo.targetId).catch(() => {});
        return;
      }
      arrived.set(targetInfo.targetId, page);
      awaited.get(targetInfo.targetId)?.(page);
    });
    cdp.browser.on('Target.targetDestroyed', ({ targetId }) => owners.get(targetId)?.destroy());
    await cdp.browser.send('Target.setDiscoverTargets', { discover: true });
    await cdp.browser.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'page' }, { exclude: true }],
    });
  })();
  return watching;
}
