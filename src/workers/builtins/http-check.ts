import { PoolboardError } from '../../shared/errors.ts';
import type { TaskContext } from '../runner.ts';
import { badInput, show } from './input.ts';
import type { BuiltinMaker } from './maker.ts';
import { pageTitle, titleBytes } from './page-title.ts';
import { RateLimit } from './rate-limit.ts';
import { requestError } from './request-error.ts';

/** An answer with any status is a result; only where no whole answer came the task fails. */
export const httpCheck: BuiltinMaker = ({ method, timeoutSeconds, perHost }) => {
  const limit = new RateLimit(Number(perHost));
  const timeoutMs = Number(timeoutSeconds) * 1000;
  return async (input, context: TaskContext) => {
    const url = urlInput(input);
    await limit.turn(url.host, context.signal);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([context.signal, timeout]);
    const start = performance.now();
    try {
      const response = await fetch(url, { method: String(method), signal, headers });
      const { bytes, head } = await readBody(response);
      return {
        url: url.href,
        status: response.status,
        ms: Math.round(performance.now() - start),
        bytes,
        finalUrl: response.url || url.href,
        title: pageTitle(head, response.headers.get('content-type')),
      };
    } catch (error) {
      context.signal.throwIfAborted();
      if (timeout.aborted) {
        throw new PoolboardError('TIMEOUT', `${url.href} did not answer in full within ${timeoutSeconds} s.`);
      }
      throw requestError(url, error);
    }
  };
};

const headers = {
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'user-agent': 'Poolboard (http-check)',
};

/** A URL as a text, or a row with a column `url`. Throws `BAD_INPUT`, `BAD_URL` or `BAD_SCHEME`. */
function urlInput(input: unknown): URL {
  const text = typeof input === 'object' && input !== null && 'url' in input ? input.url : input;
  if (typeof text !== 'string') {
    throw badInput(
      `http-check works on URLs, and its input is ${show(input)}: give lines, or rows with a column "url".`,
    );
  }
  const url = URL.parse(text.trim());
  if (!url) {
    const meant = /^[\w-]+(\.[\w-]+)+(:\d+)?(\/|$)/.test(text.trim())
      ? ` Did you mean https://${text.trim()}?`
      : '';
    throw new PoolboardError('BAD_URL', `${show(text)} is not a URL: write it as https://host/path.${meant}`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    // `localhost:8080` parses as the scheme `localhost`.
    throw new PoolboardError(
      'BAD_SCHEME',
      `${show(text)} has the scheme ${url.protocol.slice(0, -1)}: http-check knows http and https.`,
    );
  }
  if (url.username || url.password) {
    throw new PoolboardError(
      'BAD_URL',
      `The URL of ${url.host} holds a user name or a password, which is not sent: leave them out.`,
    );
  }
  return url;
}

async function readBody(response: Response): Promise<{ bytes: number; head: Buffer }> {
  const kept: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    if (bytes < titleBytes) kept.push(chunk as Uint8Array);
    bytes += chunk.length;
  }
  return { bytes, head: Buffer.concat(kept) };
}
