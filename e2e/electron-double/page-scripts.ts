/// <reference lib="dom" />
import { makeCodec } from './clone-codec.ts';

/*
 * What runs inside the page. Each function here is self-contained: its source is put into the page by
 * Page.addScriptToEvaluateOnNewDocument, before any script of the page, in the main world or in the isolated
 * world that the preload lives in.
 */

/** The name of the world that the preload and nothing else runs in. */
export const isolatedWorld = 'Electron Isolated Context';
/** The binding through which the isolated world reaches Node. */
export const bindingName = '__toMain';
/** What Node calls in the isolated world to deliver a message. */
export const deliverName = '__fromMain';
/** The function whose `debugger` statement asks Node for the path of a file. */
export const filePathName = '__pathOfFile';

/**
 * One end of the bridge between two worlds of a page, as contextBridge makes it: values are cloned, functions
 * become proxies that call across. The worlds share the DOM, and nothing else: the calls are events on the
 * document with a name that no script of the page knows, whose details Chromium clones.
 */
function makeBridgeEnd(secret: string, me: 'main' | 'isolated') {
  const other = me === 'main' ? 'isolated' : 'main';
  const mark = `${secret}:function`;
  const functions: ((...given: unknown[]) => unknown)[] = [];
  const numbers = new Map<unknown, number>();
  let reply: { ok: boolean; value: unknown } | undefined;

  const offer = (fn: (...given: unknown[]) => unknown): number => {
    const known = numbers.get(fn);
    if (known !== undefined) return known;
    numbers.set(fn, functions.push(fn) - 1);
    return functions.length - 1;
  };
  const isPlain = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' &&
    value !== null &&
    Object.prototype.toString.call(value) === '[object Object]';
  /** A copy in which `swap` may replace any value; what is shared or circular stays so. */
  const copy = (root: unknown, swap: (value: unknown) => { by: unknown } | undefined): unknown => {
    const seen = new Map<unknown, unknown>();
    const visit = (value: unknown): unknown => {
      const swapped = swap(value);
      if (swapped) return swapped.by;
      if (seen.has(value)) return seen.get(value);
      if (!Array.isArray(value) && !isPlain(value)) return value;
      const target = (Array.isArray(value) ? [] : {}) as Record<string, unknown>;
      seen.set(value, target);
      for (const [key, member] of Object.entries(value)) target[key] = visit(member);
      return target;
    };
    return visit(root);
  };
  const pack = (root: unknown): unknown =>
    copy(root, (value) => {
      if (value instanceof Promise) throw new Error('The double of contextBridge carries no promises.');
      if (typeof value !== 'function') return undefined;
      return { by: { [mark]: offer(value as (...given: unknown[]) => unknown) } };
    });
  const unpack = (root: unknown): unknown =>
    copy(root, (value) => {
      if (!isPlain(value) || !(mark in value)) return undefined;
      const number = value[mark] as number;
      return { by: (...given: unknown[]) => call(number, given) };
    });
  const call = (number: number, given: unknown[]): unknown => {
    // A detail that Chromium cannot clone would arrive as nothing.
    const detail = structuredClone({ number, given: pack(given) });
    document.dispatchEvent(new CustomEvent(`${secret}:call:${other}`, { detail }));
    const answer = reply;
    reply = undefined;
    if (!answer) throw new Error('Nobody answered across the bridge.');
    if (!answer.ok) throw answer.value;
    return unpack(answer.value);
  };

  document.addEventListener(`${secret}:call:${me}`, (event) => {
    const { number, given } = (event as CustomEvent<{ number: number; given: unknown }>).detail;
    let detail: { ok: boolean; value: unknown };
    try {
      detail = { ok: true, value: pack(functions[number]!(...(unpack(given) as unknown[]))) };
    } catch (error) {
      detail = { ok: false, value: error };
    }
    document.dispatchEvent(new CustomEvent(`${secret}:reply:${other}`, { detail }));
  });
  document.addEventListener(`${secret}:reply:${me}`, (event) => {
    reply = (event as CustomEvent<{ ok: boolean; value: unknown }>).detail;
  });
  return { offer, call };
}

type BridgeEnd = ReturnType<typeof makeBridgeEnd>;

function runInMainWorld(bridge: BridgeEnd) {
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) {
      for (const member of Object.values(value)) freeze(member);
      Object.freeze(value);
    }
    return value;
  };
  // The first function that is offered has number 0: the isolated world calls it to expose a thing.
  bridge.offer((name, api) => {
    Object.defineProperty(window, name as string, { value: freeze(api), enumerable: true });
  });
}

interface IsolatedGlobals {
  toMain: string;
  fromMain: string;
  filePath: string;
}

type Preload = (
  require: (name: string) => unknown,
  module: { exports: object },
  exports: object,
  process: object,
) => void;

function runInIsolatedWorld(
  bridge: BridgeEnd,
  codec: { encode(value: unknown): string; decode(text: string): unknown },
  names: IsolatedGlobals,
  platform: string,
  preload: Preload,
) {
  const scope = globalThis as unknown as Record<string, (value: never) => unknown>;
  const toMain = scope[names.toMain] as unknown as (text: string) => void;
  const refuseRest = <T extends object>(name: string, object: T): T =>
    new Proxy(object, {
      get(target, key) {
        if (typeof key === 'string' && !(key in target)) {
          throw new Error(`The double of electron has no ${name}.${key} for preloads.`);
        }
        return Reflect.get(target, key);
      },
    });

  type Listener = (event: object, ...given: unknown[]) => void;
  const listeners = new Map<string, Listener[]>();
  const ipcRenderer = refuseRest('ipcRenderer', {
    send(channel: string, ...given: unknown[]) {
      toMain(codec.encode({ channel: String(channel), given }));
    },
    on(channel: string, listener: Listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    removeListener(channel: string, listener: Listener) {
      const rest = (listeners.get(channel) ?? []).filter((known) => known !== listener);
      listeners.set(channel, rest);
      return ipcRenderer;
    },
  });
  scope[names.fromMain] = ((text: string) => {
    const { channel, given } = codec.decode(text) as { channel: string; given: unknown[] };
    const event = refuseRest('IpcRendererEvent', { sender: ipcRenderer });
    for (const listener of listeners.get(channel) ?? []) listener(event, ...given);
  }) as (value: never) => unknown;

  const contextBridge = refuseRest('contextBridge', {
    exposeInMainWorld(name: string, api: unknown) {
      if (name in window) throw new Error('Cannot bind an API on top of an existing property.');
      bridge.call(0, [name, api]);
    },
  });
  const webUtils = refuseRest('webUtils', {
    getPathForFile(file: unknown) {
      if (!(file instanceof File)) throw new TypeError('getPathForFile: the argument is not a File.');
      return (scope[names.filePath] as (file: File) => string)(file);
    },
  });

  const electron = refuseRest('electron', { contextBridge, ipcRenderer, webUtils });
  const module = { exports: {} };
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    // A sandboxed preload can load nothing but Electron and a few of Node's modules.
    throw new Error(`module not found: ${name}`);
  };
  const process = refuseRest('process', {
    platform,
    sandboxed: true,
    contextIsolated: true,
    type: 'renderer',
  });
  preload(require, module, module.exports, process);
}

/** The script for the page's main world. */
export function mainWorldScript(secret: string): string {
  return `if (window === window.top) {
    (${runInMainWorld})((${makeBridgeEnd})(${JSON.stringify(secret)}, 'main'));
  }`;
}

/** The script for the preload's isolated world, around the text of the preload itself. */
export function isolatedWorldScript(secret: string, preload: string): string {
  const names: IsolatedGlobals = { toMain: bindingName, fromMain: deliverName, filePath: filePathName };
  return `if (window === window.top) {
    globalThis.${filePathName} = function ${filePathName}(file) { let path = ''; debugger; return path; };
    try {
      (${runInIsolatedWorld})(
        (${makeBridgeEnd})(${JSON.stringify(secret)}, 'isolated'),
        (${makeCodec})(),
        ${JSON.stringify(names)},
        ${JSON.stringify(process.platform)},
        function (require, module, exports, process) {${preload}
        },
      );
    } catch (error) {
      globalThis.${bindingName}(JSON.stringify([['object', [['failed', 1]]], ['=', String(error?.stack ?? error)]]));
    }
  }`;
}
