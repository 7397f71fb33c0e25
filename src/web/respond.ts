import type { IncomingMessage, ServerResponse } from 'node:http';
import { securityHeaders } from '../engine/host/security-headers.ts';

/** Answers with one sentence. */
export function say(response: ServerResponse, status: number, sentence: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    ...securityHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end(`${sentence}\n`);
}

/** As {@link say}, to a request whose body will not be read: it is let run out, or cut off where it is a stranger's. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  sentence: string,
): void {
  if (status === 403) response.setHeader('Connection', 'close');
  say(response, status, sentence);
  request.resume();
}

export function sayJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end(JSON.stringify(value));
}
