import { EventEmitter } from 'node:events';
import { WebSocket } from 'ws';

type Json = Record<string, unknown>;
// biome-ignore lint/suspicious/noExplicitAny: the protocol's own types are a package that is larger than its use here
type Result = any;

/** A connection to the DevTools of a browser (Chrome DevTools Protocol), with a session for each page. */
export class Cdp {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, PromiseWithResolvers<Result>>();
  readonly #sessions = new Map<string, CdpSession>();
  readonly browser = new CdpSession(this, undefined);
  #lastId = 0;

  static async connect(url: string): Promise<Cdp> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new Cdp(socket);
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#hear(JSON.parse(String(data))));
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The browser has gone.'));
      this.#waiting.clear();
    });
  }

  session(id: string): CdpSession {
    const session = this.#sessions.get(id) ?? new CdpSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  send(method: string, params: Json, sessionId: string | undefined): Promise<Result> {
    const answer = Promise.withResolvers<Result>();
    const id = ++this.#lastId;
    this.#waiting.set(id, answer);
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    return answer.promise;
  }

  #hear(message: Json & { id?: number; sessionId?: string; method: string; params: Json }): void {
    if (message.id === undefined) {
      const session = message.sessionId ? this.#sessions.get(message.sessionId) : this.browser;
      session?.emit(message.method, message.params);
      return;
    }
    const waiter = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    const error = message.error as { message: string } | undefined;
    if (error) waiter?.reject(new Error(error.message));
    else waiter?.resolve(message.result);
  }
}

/** The browser itself, or one page of it: events by their method's name. */
export class CdpSession extends EventEmitter<Record<string, [Result]>> {
  readonly #cdp: Cdp;
  readonly #id: string | undefined;

  constructor(cdp: Cdp, id: string | undefined) {
    super();
    this.#cdp = cdp;
    this.#id = id;
  }

  send(method: string, params: Json = {}): Promise<Result> {
    return this.#cdp.send(method, params, this.#id);
  }
}
