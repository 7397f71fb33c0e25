import { createServer, type IncomingMessage } from 'node:http';
import { availableParallelism } from 'node:os';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../engine/api.ts';
import { createHost, type HostOptions } from '../engine/host/connection.ts';
import { powerCommands } from '../engine/machine/power-commands.ts';
import { createAccess } from './access.ts';
import { answerRequest } from './answer-request.ts';
import { createDownloads } from './downloads.ts';
import { listen } from './listen.ts';
import { machineOpener } from './machine-opener.ts';
import { refuse } from './respond.ts';
import { createSockets } from './socket.ts';
import { listStaticFiles } from './static-files.ts';
import { cleanUploads } from './upload-cleanup.ts';

export interface WebHostOptions {
  engine: Engine;
  /** Where batches are kept; uploads go below it. */
  dataDir: string;
  /** Poolboard's version. */
  version: string;
  samples: HostOptions['samples'];
  /** 0: any free port. */
  port: number;
  /** Told an address that is good once, to open a browser with. Absent: no browser is opened. */
  open?: (address: string) => void;
  /** Ends the program, where a person chose that for when all is done. Absent: it is not offered. */
  quit?: () => void;
  /** The built window. Default: the one of this build. */
  windowFolder?: string;
}

export interface WebHost {
  /** The opening address, with its key; for the user of this machine and nobody else. */
  readonly address: string;
  readonly port: number;
  /** Ends all connections. The engine is its owner's to close. */
  close(): Promise<void>;
}

/**
 * Serves Poolboard's window to the browser of this machine: on loopback only, to holders of the key only.
 * Throws `NOT_BUILT` where the window is not built, and `PORT_TAKEN` or `PORT_REFUSED`.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { engine, dataDir, version, samples } = options;
  const files = await listStaticFiles(options.windowFolder ?? builtWindow);
  const downloads = createDownloads(dataDir);
  const host = createHost({
    engine,
    samples,
    info: {
      host: 'web',
      platform: process.platform,
      version,
      cores: availableParallelism(),
      nativeDialogs: false,
      dataDir,
    },
    exportTo: (job) => downloads.offer(job),
    opener: machineOpener(),
    acts: { ...powerCommands(), ...(options.quit ? { quit: options.quit } : {}) },
  });
  await cleanUploads(dataDir, await engine.list());

  // An upload takes as long as it takes.
  const server = createServer({ requestTimeout: 0 });
  const port = await listen(server, options.port);
  const access = createAccess(port);
  const sockets = createSockets(host);

  server.on('request', (request, response) => {
    answerRequest({ request, response, access, files, downloads, results: engine.results, dataDir }).catch(
      (error: Error) => {
        refuse(request, response, 500, `Poolboard could not answer: ${error.message}`);
      },
    );
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    const refusal =
      request.url === '/socket'
        ? access.refusal(request.headers, { session: true, origin: true })
        : 'There is no socket at this address.';
    if (refusal === null) return sockets.upgrade(request, socket, head);
    const text = `${refusal}\n`;
    socket.end(
      `HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
        `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    );
  });

  options.open?.(access.addressForOnce());
  return {
    address: access.address(),
    port,
    async close() {
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await downloads.close();
    },
  };
}

const builtWindow = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../out/renderer' : '../renderer', import.meta.url),
);
