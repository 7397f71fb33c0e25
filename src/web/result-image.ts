import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { securityHeaders } from '../engine/host/security-headers.ts';
import type { ResultsApi } from '../engine/results/results-api.ts';
import type { ResultImage } from '../shared/result-image.ts';
import { say } from './respond.ts';

/** Sends an image that a cell of the results names; nothing else of the machine's files is ever sent. */
export async function sendResultImage(
  response: ServerResponse,
  results: ResultsApi,
  { batch, task, column }: ResultImage,
): Promise<void> {
  const image = await results.image(batch, task, column).catch(() => null);
  if (!image) return say(response, 404, 'There is no such image.');
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': image.type,
    'Content-Length': image.bytes,
    // The file may be written anew; by its cell it is asked for again.
    'Cache-Control': 'private, max-age=60',
  });
  // Not a byte more than was said, where the file grows; a browser that goes away is no error of ours.
  await pipeline(createReadStream(image.path, { end: Math.max(0, image.bytes - 1) }), response).catch(
    () => {},
  );
}
