import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { theApp } from './app.ts';
import type { CdpSession } from './cdp.ts';
import { makeCodec } from './clone-codec.ts';
import { preventable } from './events.ts';
import { ipcMain } from './ipc-main.ts';
import {
  bindingName,
  deliverName,
  filePathName,
  isolatedWorld,
  isolatedWorldScript,
  mainWorldScript,
} from './page-scripts.ts';
import { fromPage, handlerOf, toPage } from './protocol.ts';
import { defaultSession, session } from './session.ts';
import { strict } from './strict.ts';

const codec = makeCodec();
let lastId = 0;

type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

/** The page of a window: the real page's events and messages, as Electron gives them. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  readonly session = session.defaultSession;
  readonly mainFrame = strict('WebFrameMain', { url: '', origin: 'null', parent: null, detached: false });
  readonly face: WebContents;
  readonly #preload: string;
  #page: CdpSession | undefined;
  #frameId = '';
  #isolatedContext: number | undefined;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  #fromPage = new Set<string>();
  #destroyed = false;

  constructor(preload: string) {
    super();
    this.#preload = readFileSync(preload, 'utf8');
    this.face = strict('webContents', this);
  }

  isDestroyed = (): boolean => this.#destroyed;
  getURL = (): string => this.mainFrame.url;
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  reload(): void {
    void this.#page?.send('Page.reload');
  }

  /** Sends a message to the preload. Throws where it holds what structured clone refuses. */
  send(channel: string, ...given: unknown[]): void {
    const cloned = deserialize(serialize(given)) as unknown[];
    // As in Electron, what is sent to a page that is not there yet is lost.
    if (!this.#page || this.#isolatedContext === undefined) return;
    const text = codec.encode({ channel, given: cloned });
    const expression = `${deliverName}(${JSON.stringify(text)})`;
    this.#page
      .send('Runtime.evaluate', { expression, contextId: this.#isolatedContext })
      // The page has been left since.
      .catch(() => {});
  }

  /** Takes over a page that Chromium has made and that waits to be let go. */
  async attach(page: CdpSession, frameId: string): Promise<void> {
    this.#page = page;
    this.#frameId = frameId;
    this.#hearPage(page);
    const secret = randomUUID();
    await Promise.all([
      page.send('Page.enable'),
      page.send('Runtime.enable'),
      page.send('DOM.enable'),
      page.send('Debugger.enable'),
      page.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      page.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(secret) }),
      page.send('Page.addScriptToEvaluateOnNewDocument', {
        source: isolatedWorldScript(secret, this.#preload),
        worldName: isolatedWorld,
      }),
      page.send('Runtime.addBinding', { name: bindingName, executionContextName: isolatedWorld }),
      page.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }

  async load(url: string): Promise<void> {
    const loaded = once(this, 'did-finish-load');
    const { errorText } = (await this.#page!.send('Page.navigate', { url: toPage(url) })) as {
      errorText?: string;
    };
    if (errorText) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  /** The page is gone, by whomever's wish. */
  detach(): void {
    this.#destroyed = true;
    this.#page = undefined;
    this.#isolatedContext = undefined;
    this.emit('destroyed');
  }

  /** A page that this one opened: what the app says to it. */
  mayOpen(url: string): boolean {
    return this.#openHandler({ url: fromPage(url) }).action === 'allow';
  }

  #hearPage(page: CdpSession): void {
    page.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === isolatedWorld && context.auxData.frameId === this.#frameId) {
        this.#isolatedContext = context.id;
      }
    });
    page.on('Runtime.executionContextsCleared', () => {
      this.#isolatedContext = undefined;
    });
    page.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === bindingName && executionContextId === this.#isolatedContext) this.#hearPreload(payload);
    });
    page.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id !== this.#frameId) return;
      this.mainFrame.url = fromPage(frame.url);
      this.mainFrame.origin = fromPage(`${frame.securityOrigin}/`).replace(/\/$/, '');
      this.emit('did-navigate', {}, this.mainFrame.url, 200, 'OK');
    });
    page.on('Page.domContentEventFired', () => this.emit('dom-ready', {}));
    page.on('Page.loadEventFired', () => this.emit('did-finish-load'));
    page.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      if (disposition === 'currentTab') this.#fromPage.add(`${frameId} ${url}`);
    });
    page.on('Inspector.targetCrashed', () => {
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 });
    });
    page.on('Fetch.requestPaused', (paused) => {
      this.#answer(page, paused).catch((error: unknown) => {
        console.error(error);
        page
          .send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' })
          .catch(() => {});
      });
    });
    page.on('Debugger.paused', ({ callFrames }) => {
      void this.#tellFilePath(page, callFrames[0]).catch(() => {});
    });
  }

  #hearPreload(payload: string): void {
    const message = codec.decode(payload) as { channel: string; given: unknown[] } | { failed: string };
    if ('failed' in message) {
      console.error(`Unable to load preload script:\n${message.failed}`);
      return;
    }
    const given = deserialize(serialize(message.given)) as unknown[];
    const event = strict('IpcMainEvent', {
      sender: this.face,
      senderFrame: this.mainFrame,
      processId: this.id,
      frameId: 1,
      reply: (channel: string, ...answer: unknown[]) => this.send(channel, ...answer),
    });
    ipcMain.emit(message.channel, event, ...given);
  }

  async #answer(
    page: CdpSession,
    paused: { requestId: string; frameId: string; resourceType: string; request: PausedRequest },
  ): Promise<void> {
    const { requestId, frameId, resourceType, request } = paused;
    const url = fromPage(request.url) + (request.urlFragment ?? '');
    const isMainFrame = frameId === this.#frameId;
    if (resourceType === 'Document' && !this.#mayNavigate(frameId, request.url, url, isMainFrame)) {
      await page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
    const handler = handlerOf(url);
    if (!handler) {
      await page.send('Fetch.continueRequest', { requestId });
      return;
    }
    if (resourceType === 'Document' && isMainFrame) await this.#applyPermissions(url);
    const { method, headers, postData } = request;
    const response = await handler(new Request(url, { method, headers, body: postData }));
    await page.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  /** What the app says to a navigation; only those that the page itself asked for are put to it. */
  #mayNavigate(frameId: string, pageUrl: string, url: string, isMainFrame: boolean): boolean {
    if (this.#fromPage.delete(`${frameId} ${pageUrl}`)) {
      const event = preventable({ url, isMainFrame, isSameDocument: false });
      this.emit('will-frame-navigate', event, url);
      if (isMainFrame) this.emit('will-navigate', event, url);
      if (event.defaultPrevented) return false;
    }
    this.emit('did-start-navigation', { url, isMainFrame, isSameDocument: false }, url);
    return true;
  }

  async #applyPermissions(url: string): Promise<void> {
    const { origin } = new URL(toPage(url));
    // A check is made of the page that asks, which is known by its URL.
    this.mainFrame.url = url;
    const { browser } = theApp.browser!.cdp;
    for (const { name, granted } of await defaultSession.decide(this.face, origin)) {
      const setting = granted ? 'granted' : 'denied';
      await browser.send('Browser.setPermission', { permission: { name }, setting, origin });
    }
  }

  /** The page is stopped in the middle of `webUtils.getPathForFile`: finds the path, hands it over, lets go. */
  async #tellFilePath(page: CdpSession, frame: { callFrameId: string; functionName: string }): Promise<void> {
    if (frame?.functionName === filePathName) {
      const evaluate = (expression: string) =>
        page.send('Debugger.evaluateOnCallFrame', { callFrameId: frame.callFrameId, expression });
      const { result } = await evaluate('file');
      const { path } = await page.send('DOM.getFileInfo', { objectId: result.objectId });
      await evaluate(`path = ${JSON.stringify(path)}`);
    }
    await page.send('Debugger.resume');
  }
}

interface PausedRequest {
  url: string;
  urlFragment?: string;
  method: string;
  headers: Record<string, string>;
  postData?: string;
}
