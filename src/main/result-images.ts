import { readFile } from 'node:fs/promises';
import { securityHeaders } from '../engine/host/security-headers.ts';
import type { ResultsApi } from '../engine/results/results-api.ts';
import { parseResultImagePath } from '../shared/result-image.ts';
import { isWindowUrl } from './window-url.ts';

/** Answers a request of the window for an image that a result names; null where it asks for something else. */
export async function answerImage(
  { method, url }: Pick<Request, 'method' | 'url'>,
  results: Pick<ResultsApi, 'image'>,
): Promise<Response | null> {
  const image = method === 'GET' && isWindowUrl(url) ? parseResultImagePath(new URL(url).pathname) : null;
  if (!image) return null;
  try {
    const { path, type } = await results.image(image.batch, image.task, image.column);
    return new Response(await readFile(path), { headers: { ...securityHeaders, 'Content-Type': type } });
  } catch {
    return new Response('There is no such image.', { status: 404, headers: { ...securityHeaders } });
  }
}
