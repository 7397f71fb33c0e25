import type { ErrorInfo } from '../shared/errors.ts';
import type { CallMessage, HostMessage, Transport } from '../shared/rpc.ts';
import { t } from './words/t.ts';

export type Link =
  | { state: 'connecting' }
  | { state: 'open' }
  /** `refused`: the host is there, but does not know this window, for it was started anew. */
  | { state: 'lost'; retryAt: number; refused: boolean };

/** A transport over a WebSocket that comes back by itself after the connection was lost. */
export interface SocketTransport extends Transport {
  /** Ends the wait for the next try. */
  retryNow(): void;
}

/** Milliseconds before try number `failures` + 1: half a second, doubling, at most ten seconds. */
export const retryDelay = (failures: number): number =>
  Math.min(10_000, 500 * 2 ** Math.max(0, failures - 1));

/**
 * Connects at once. Calls made before the first connection wait for it; calls that the host can no longer
 * answer, or that are made while the connection is lost, are answered with the error `CONNECTION_LOST`.
 */
export function socketTransport(url: string, onLink: (link: Link) => void): SocketTransport {
  let socket: WebSocket;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lost = false;
  let refused = false;
  let unsent: CallMessage[] = [];
  const unanswered = new Set<number>();
  const listeners = new Set<(message: HostMessage) => void>();

  const hear = (message: HostMessage) => {
    if (message.type === 'reply') unanswered.delete(message.id);
    for (const listener of listeners) listener(message);
  };
  const refuse = (id: number) => hear({ type: 'reply', id, ok: false, error: lostError() });

  const connect = () => {
    clearTimeout(timer);
    socket = new WebSocket(url);
    socket.addEventListener('open', () => {
      failures = 0;
      lost = false;
      for (const message of unsent) socket.send(JSON.stringify(message));
      unsent = [];
      onLink({ state: 'open' });
    });
    socket.addEventListener('message', ({ data }) => hear(JSON.parse(String(data)) as HostMessage));
    // A connection that cannot be made closes too, so this is the only place that tries again.
    socket.addEventListener('close', () => {
      lost = true;
      failures += 1;
      unsent = [];
      for (const id of unanswered) refuse(id);
      const delay = retryDelay(failures);
      timer = setTimeout(connect, delay);
      const retryAt = Date.now() + delay;
      onLink({ state: 'lost', retryAt, refused });
      void isRefused().then((answer) => {
        refused = answer;
        if (lost) onLink({ state: 'lost', retryAt, refused });
      });
    });
  };
  connect();

  return {
    send(message) {
      unanswered.add(message.id);
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
      else if (lost) queueMicrotask(() => refuse(message.id));
      else unsent.push(message);
    },
    onMessage: (listener) => void listeners.add(listener),
    retryNow() {
      if (socket.readyState === WebSocket.CLOSED) connect();
    },
  };
}

/** True where the host answers requests, but not those of this window. A socket does not tell why it failed. */
const isRefused = (): Promise<boolean> =>
  fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    ({ status }) => status === 403,
    () => false,
  );

const lostError = (): ErrorInfo => ({
  name: 'Error',
  code: 'CONNECTION_LOST',
  message: t('connection.call-failed'),
});
