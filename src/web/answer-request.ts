import type { IncomingMessage, ServerResponse } from 'node:http';
import { securityHeaders } from '../engine/host/security-headers.ts';
import type { ResultsApi } from '../engine/results/results-api.ts';
import { PoolboardError } from '../shared/errors.ts';
import { parseResultImagePath } from '../shared/result-image.ts';
import type { Access } from './access.ts';
import { type Downloads, sendDownload } from './downloads.ts';
import { refuse, say, sayJson } from './respond.ts';
import { sendResultImage } from './result-image.ts';
import { type StaticFiles, serveStaticFile } from './static-files.ts';
import { storeUpload } from './upload.ts';
import { storeUploadPack } from './upload-pack.ts';

/** One request, and what it may be answered from. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  access: Access;
  files: StaticFiles;
  downloads: Downloads;
  results: ResultsApi;
  dataDir: string;
}

export async function answerRequest(exchange: Exchange): Promise<void> {
  const { request, response, access, files, downloads } = exchange;
  const { method = 'GET', headers } = request;
  const isRead = method === 'GET' || method === 'HEAD';
  const [pathname = '/', query] = (request.url ?? '/').split('?', 2);
  const key = pathname === '/' && method === 'GET' ? new URLSearchParams(query).get('token') : null;

  const refusal = access.refusal(headers, { session: key === null, origin: !isRead });
  if (refusal !== null) return refuse(request, response, 403, refusal);
  if (key !== null) return enter(exchange, key);

  if (isUpload(method, pathname)) return upload(exchange, pathname);
  if (!isRead) return refuse(request, response, 405, `There is nothing to ${method} at this address.`);
  const file = files.get(pathname);
  if (file) return serveStaticFile(request, response, file);
  const download = method === 'GET' ? downloads.take(pathname) : null;
  if (download) return sendDownload(response, download);
  const image = method === 'GET' ? parseResultImagePath(pathname) : null;
  if (image) return sendResultImage(response, exchange.results, image);
  say(response, 404, 'There is nothing at this address.');
}

/** Swaps the key for a cookie, and the address for one without the key. */
function enter({ request, response, access }: Exchange, key: string): void {
  const cookie = access.redeem(key);
  if (cookie === null) {
    say(response, 403, 'The key of this address is wrong or used up. Start Poolboard again for a new one.');
    return;
  }
  const headers = { ...securityHeaders, 'Set-Cookie': cookie, 'Cache-Control': 'no-store' };
  const site = request.headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') {
    // A link on another page led here: to a redirect the browser would not give the strict cookie, but to a
    // step that this page takes it does.
    response.writeHead(200, { ...headers, 'Content-Type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><meta http-equiv="refresh" content="0; url=/"><title>Poolboard</title>');
    return;
  }
  response.writeHead(303, { ...headers, Location: '/' }).end();
}

const isUpload = (method: string, pathname: string): boolean =>
  (method === 'PUT' || method === 'POST') && pathname.startsWith('/upload/');

/** One file by `PUT`, or many by `POST`. */
async function upload({ request, response, dataDir }: Exchange, pathname: string): Promise<void> {
  const length = request.headers['content-length'];
  try {
    const stored =
      request.method === 'POST'
        ? await storeUploadPack(dataDir, pathname, request)
        : await storeUpload(dataDir, pathname, request, length === undefined ? null : Number(length));
    sayJson(response, stored);
  } catch (error) {
    if (!(error instanceof PoolboardError)) throw error;
    refuse(request, response, uploadStatus[error.code] ?? 500, error.message);
  }
}

const uploadStatus: Record<string, number> = {
  BAD_UPLOAD: 400,
  UPLOAD_CUT: 400,
  UPLOAD_EXISTS: 409,
  UPLOAD_FAILED: 507,
};
