import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { contentTypeOf, securityHeaders } from '../engine/host/security-headers.ts';
import { isWindowUrl } from './window-url.ts';

/** Answers the window's requests with the files of a folder, and with 404 for all else. */
export function answerWith(root: string): (request: Pick<Request, 'method' | 'url'>) => Promise<Response> {
  return (request) => answer(request, root);
}

async function answer(request: Pick<Request, 'method' | 'url'>, root: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET.');
  const file = isWindowUrl(request.url) ? fileOf(new URL(request.url).pathname, root) : undefined;
  if (!file) return plain(404, 'Not found.');
  try {
    const body = await readFile(file);
    return new Response(request.method === 'HEAD' ? null : body, {
      headers: { ...securityHeaders, 'Content-Type': contentTypeOf(extname(file)) },
    });
  } catch {
    return plain(404, 'Not found.');
  }
}

function fileOf(pathname: string, root: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0')) return undefined;
  const file = normalize(join(root, path === '/' ? 'index.html' : path));
  const inside = normalize(root).endsWith(sep) ? normalize(root) : normalize(root) + sep;
  // An encoded "../" (or "..\" on Windows) has survived the URL's own parsing until here.
  return file.startsWith(inside) ? file : undefined;
}

function plain(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
