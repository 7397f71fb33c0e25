import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Who may talk to the web host: a browser of this machine that was opened with a key. */
export interface Access {
  /** An opening address whose key stays good while the host runs; to be shown to the user and to nobody else. */
  address(): string;
  /**
   * An opening address whose key is good once; to be handed to a program that opens the browser, for other
   * users of the machine can read the arguments of programs.
   */
  addressForOnce(): string;
  /** A cookie for the bearer of a key, or null where the key is wrong or used up. */
  redeem(key: string): string | null;
  /** Why a request is refused, in a sentence; null where it is not. */
  refusal(headers: IncomingHttpHeaders, demands: Demands): string | null;
}

export interface Demands {
  /** The request has to carry the cookie; all but the opening one have to. */
  session: boolean;
  /** The request changes something or opens a socket: browsers then always say the page's origin. */
  origin: boolean;
}

const secret = (): string => randomBytes(32).toString('base64url');

/** @param port that the host listens on, on 127.0.0.1. */
export function createAccess(port: number): Access {
  const key = secret();
  const session = secret();
  const keysForOnce = new Set<string>();
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  // Cookies know no ports: two hosts on one machine must not overwrite each other's.
  const cookieName = `poolboard-${port}`;
  const addressWith = (value: string) => `http://127.0.0.1:${port}/?token=${value}`;

  return {
    address: () => addressWith(key),
    addressForOnce() {
      const once = secret();
      keysForOnce.add(once);
      return addressWith(once);
    },
    redeem(given) {
      if (!same(given, key) && !keysForOnce.delete(given)) return null;
      return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    refusal(headers, demands) {
      // A page elsewhere whose name was made to point at 127.0.0.1 sends its own name as the host.
      const host = headers.host?.toLowerCase();
      if (host === undefined || !hosts.includes(host)) {
        return `This is Poolboard on ${hosts[0]}; requests for another host are refused.`;
      }
      const { origin } = headers;
      if (origin === undefined ? demands.origin : origin !== `http://${host}`) {
        return "Only Poolboard's own page may do this.";
      }
      // To a cookie, all ports of this machine are one site; to this header they are not.
      const site = headers['sec-fetch-site'];
      if (demands.session && site !== undefined && site !== 'same-origin' && site !== 'none') {
        return "Only Poolboard's own page may do this.";
      }
      if (
        demands.session &&
        !cookieValues(headers.cookie, cookieName).some((value) => same(value, session))
      ) {
        return 'Open the address that Poolboard printed when it started; it carries the key to this page.';
      }
      return null;
    },
  };
}

/** Compares secrets in a time that tells nothing about them. */
function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
