import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { contentTypeOf, securityHeaders } from '../engine/host/security-headers.ts';
import { PoolboardError } from '../shared/errors.ts';
import { say } from './respond.ts';

/** The window's files by their path in an address; what is not in it is not served, whatever a path says. */
export type StaticFiles = ReadonlyMap<string, string>;

/**
 * Lists a built window, once: a request is answered by looking its path up and never by joining paths.
 * Throws `NOT_BUILT` where there is none.
 */
export async function listStaticFiles(folder: string): Promise<StaticFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, string>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join('/')}`, path);
  }
  const index = files.get('/index.html');
  if (!index) {
    throw new PoolboardError(
      'NOT_BUILT',
      "Poolboard's window is not built: run npm run build, then try again.",
    );
  }
  return files.set('/', index);
}

/** Answers GET and HEAD with a file. */
export async function serveStaticFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: string,
): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found)
    return say(response, 404, 'This file of the window is gone: it was built anew. Reload the page.');
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': contentTypeOf(extname(file)),
    'Content-Length': found.size,
    'Cache-Control': isHashed(file) ? 'private, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.method === 'HEAD') return void response.end();
  // A browser that goes away meanwhile is no error of ours.
  await pipeline(createReadStream(file), response).catch(() => {});
}

/** The build puts a hash of the content into the names of all files but the page itself. */
const isHashed = (file: string): boolean => /-[\w-]{8}\.\w+$/.test(file);
