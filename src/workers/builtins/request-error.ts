import { PoolboardError } from '../../shared/errors.ts';

/** Why a request failed, as a sentence. The code is the system's or the TLS library's own where there is one. */
export function requestError(url: URL, error: unknown): PoolboardError {
  const cause = deepest(error);
  const code = cause.code ?? '';
  const sentence = sentenceOf(url, cause.name === 'HTTPParserError' ? 'HPE' : code, cause.message);
  return new PoolboardError(code || 'REQUEST_FAILED', sentence, { cause: error });
}

interface Cause {
  name: string;
  code?: string;
  message: string;
}

/** `fetch` says only "fetch failed"; the reason is in its cause, or in the cause of that. */
function deepest(error: unknown): Cause {
  let cause = error as Error & Cause;
  while (cause.cause instanceof Error) cause = cause.cause as Error & Cause;
  return cause;
}

function sentenceOf(url: URL, code: string, message: string): string {
  const { host, hostname } = url;
  if (code === 'ENOTFOUND') return `There is no host ${hostname}: check the name.`;
  if (code === 'EAI_AGAIN') return `The name ${hostname} cannot be looked up: check the network.`;
  if (code === 'ECONNREFUSED') return `${host} refuses the connection: nothing listens there.`;
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET' || code === 'EPIPE') {
    return `${host} closed the connection before its answer was complete.`;
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return `${host} does not take the connection: it timed out.`;
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH')
    return `${host} cannot be reached from here: check the network.`;
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/.test(code)) {
    return `${host} has no TLS that can be trusted: ${message}.`;
  }
  if (code.startsWith('HPE') || code === 'UND_ERR_HEADERS_OVERFLOW')
    return `${host} answers with something that is not HTTP.`;
  if (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE')
    return `${host} sent a body that cannot be unpacked.`;
  if (message === 'redirect count exceeded')
    return `${url.href} redirects more than 20 times: it goes in a circle.`;
  if (message === 'bad port') return `The port of ${host} is one that is never HTTP: check it.`;
  return `${url.href} could not be requested: ${message}.`;
}
