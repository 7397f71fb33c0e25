import { theApp } from './app.ts';
import { strict } from './strict.ts';

type Handler = (request: Request) => Response | Promise<Response>;

interface CustomScheme {
  scheme: string;
  privileges?: { standard?: boolean; secure?: boolean; supportFetchAPI?: boolean; codeCache?: boolean };
}

/*
 * Chromium knows no schemes but its own, so a custom one is stood for by an https origin that no network has
 * (RFC 6761). It is a secure context, and an origin of its own, as the privileges `standard` and `secure` make
 * the real one.
 */
const standIn = (scheme: string, host: string) => `https://${host}.${scheme}.invalid`;

const privileged = new Map<string, CustomScheme>();
const handlers = new Map<string, Handler>();

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    if (theApp.isReady()) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    for (const scheme of schemes) {
      const { standard, secure, supportFetchAPI } = scheme.privileges ?? {};
      if (!standard || !secure || !supportFetchAPI) {
        throw new Error('The double knows only schemes that are standard, secure and support fetch.');
      }
      privileged.set(scheme.scheme, scheme);
    }
  },
  handle(scheme: string, handler: Handler): void {
    if (!theApp.isReady()) throw new Error('protocol.handle: the app is not ready.');
    if (!privileged.has(scheme))
      throw new Error(`The double knows only privileged schemes, and not ${scheme}.`);
    if (handlers.has(scheme)) throw new Error(`The scheme ${scheme} has been registered`);
    handlers.set(scheme, handler);
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
});

/** A URL as Chromium is given it: the stand-in for a custom scheme's, others as they are. */
export function toPage(text: string): string {
  const url = URL.parse(text);
  const scheme = url?.protocol.slice(0, -1) ?? '';
  if (!url || !privileged.has(scheme)) return text;
  return standIn(scheme, url.host) + url.pathname + url.search + url.hash;
}

/** The reverse of {@link toPage}. */
export function fromPage(text: string): string {
  const url = URL.parse(text);
  const [, host, scheme] = /^(.+)\.([^.]+)\.invalid$/.exec(url?.host ?? '') ?? [];
  if (!url || !host || !scheme || !privileged.has(scheme)) return text;
  return `${scheme}://${host}${url.pathname}${url.search}${url.hash}`;
}

/** The handler for a URL of a custom scheme. */
export function handlerOf(url: string): Handler | undefined {
  return handlers.get(URL.parse(url)?.protocol.slice(0, -1) ?? '');
}
