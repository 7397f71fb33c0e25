import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Host } from '../engine/host/connection.ts';
import type { HostMessage } from '../shared/rpc.ts';

/** The sockets of the windows that are open. */
export interface Sockets {
  /** Answers an upgrade request that was let in. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Room for a batch of some hundred thousand paths. */
const maxMessageBytes = 64 * 1024 * 1024;
/** A window that leaves this much unread is hung or asleep; it connects anew when it wakes up. */
const maxUnsentBytes = 64 * 1024 * 1024;
const pingMs = 30_000;

export function createSockets(host: Host): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  return {
    upgrade(request, socket, head) {
      server.handleUpgrade(request, socket, head, (webSocket) => serve(host, webSocket));
    },
    close() {
      for (const client of server.clients) client.close(1001, 'Poolboard was ended.');
      server.close();
    },
  };
}

function serve(host: Host, webSocket: WebSocket): void {
  const send = (message: HostMessage): void => {
    if (webSocket.readyState !== webSocket.OPEN) return;
    if (webSocket.bufferedAmount > maxUnsentBytes) webSocket.terminate();
    else webSocket.send(JSON.stringify(message));
  };
  const connection = host.connect((name, payload) => send({ type: 'event', name, payload }));

  let alive = true;
  const pinging = setInterval(() => {
    if (!alive) return webSocket.terminate();
    alive = false;
    webSocket.ping();
  }, pingMs);
  webSocket.on('pong', () => {
    alive = true;
  });
  webSocket.on('message', async (data, isBinary) => {
    const message = isBinary ? undefined : parse(String(data));
    const reply = await connection.handle(message);
    if (reply) send(reply);
    // What is no call at all does not come from Poolboard's window.
    else webSocket.close(1008, 'That was no call.');
  });
  // Errors (a message that is too long, a broken frame) are followed by `close`.
  webSocket.on('error', () => {});
  webSocket.on('close', () => {
    clearInterval(pinging);
    connection.close();
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
