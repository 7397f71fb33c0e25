import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createPlainServer, type Server as PlainServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadBuiltin } from './index.ts';
import { makeContext, makeFolder, runBuiltin } from './test-run.ts';

async function listen(server: Server | PlainServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const serve = async (listener: RequestListener) => `http://127.0.0.1:${await listen(createServer(listener))}`;

/** A server that answers every request with this. */
const serveBody = (body: string | Buffer, contentType = 'text/html') =>
  serve((_request, response) => response.writeHead(200, { 'content-type': contentType }).end(body));

const html = (title: string) => `<!doctype html><head><title>${title}</title></head><body>hello</body>`;

describe('http-check', () => {
  it('tells status, size, final address and title', async () => {
    const body = html('Tea &amp; caf\u00e9\n   &#128075; &nbsp;');
    const origin = await serveBody(body);
    expect(await runBuiltin('http-check', `${origin}/x?y`)).toEqual({
      url: `${origin}/x?y`,
      status: 200,
      ms: expect.any(Number),
      bytes: Buffer.byteLength(body),
      finalUrl: `${origin}/x?y`,
      title: 'Tea & caf\u00e9 👋',
    });
    expect(await runBuiltin('http-check', { url: ` ${origin} ` })).toMatchObject({ status: 200 });
  });

  it('follows redirects, and says where they go in a circle', async () => {
    const origin = await serve((request, response) => {
      if (request.url === '/end') response.end(html('end'));
      else response.writeHead(302, { location: request.url === '/circle' ? '/circle' : '/end' }).end();
    });
    expect(await runBuiltin('http-check', `${origin}/start`)).toMatchObject({
      url: `${origin}/start`,
      finalUrl: `${origin}/end`,
    });
    await expect(runBuiltin('http-check', `${origin}/circle`)).rejects.toThrow(
      'redirects more than 20 times',
    );
  });

  it('takes any status for an answer', async () => {
    const origin = await serve((request, response) =>
      response.writeHead(Number(request.url?.slice(1))).end('x'),
    );
    for (const status of [204, 404, 503]) {
      expect(await runBuiltin('http-check', `${origin}/${status}`)).toMatchObject({ status });
    }
  });

  it('unpacks what is gzipped and counts the bytes of the page', async () => {
    const body = html('packed') + ' '.repeat(10_000);
    const origin = await serve((_request, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
        .end(gzipSync(body)),
    );
    expect(await runBuiltin('http-check', origin)).toMatchObject({ bytes: body.length, title: 'packed' });
  });

  it('reads a large body to its end and looks for the title in its beginning', async () => {
    const piece = Buffer.alloc(1 << 20, 'x');
    const origin = await serve((request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      if (request.url === '/first') response.write(html('first'));
      for (let i = 0; i < 20; i += 1) response.write(piece);
      response.end(html('last'));
    });
    expect(await runBuiltin('http-check', `${origin}/first`)).toMatchObject({ title: 'first' });
    expect(await runBuiltin('http-check', `${origin}/`)).toMatchObject({
      bytes: 20 * piece.length + html('last').length,
      title: null,
    });
  });

  it('reads the title in the character set that header, mark or page name', async () => {
    const latin = Buffer.from(html('caf\u00e9'), 'latin1');
    const cases: [Buffer, string][] = [
      [latin, 'text/html; charset="iso-8859-1"'],
      [Buffer.from(`\ufeff${html('caf\u00e9')}`, 'utf16le'), 'text/html'],
      [Buffer.concat([Buffer.from('<meta charset=windows-1252>'), latin]), 'text/html'],
      [Buffer.from(html('caf\u00e9')), 'text/html; charset=nonsense'],
    ];
    for (const [body, contentType] of cases) {
      expect(await runBuiltin('http-check', await serveBody(body, contentType))).toMatchObject({
        title: 'caf\u00e9',
      });
    }
  });

  it('takes the title of the page and not that of a picture in it or of other kinds of file', async () => {
    const picture = '<body><svg><title>picture</title></svg>';
    expect(await runBuiltin('http-check', await serveBody(picture))).toMatchObject({ title: null });
    expect(await runBuiltin('http-check', await serveBody(`${picture}<title>page</title>`))).toMatchObject({
      title: 'page',
    });
    expect(await runBuiltin('http-check', await serveBody(html('x'), 'text/plain'))).toMatchObject({
      title: null,
    });
    expect(await runBuiltin('http-check', await serveBody('<title>not &lt;closed&gt; <b>'))).toMatchObject({
      title: 'not <closed> <b>',
    });
  });

  it('can ask for the head alone', async () => {
    const methods: (string | undefined)[] = [];
    const origin = await serve((request, response) => {
      methods.push(request.method);
      response.end(html('x'));
    });
    expect(await runBuiltin('http-check', origin, { method: 'HEAD' })).toMatchObject({
      status: 200,
      bytes: 0,
      title: null,
    });
    expect(methods).toEqual(['HEAD']);
  });

  it('fails where no whole answer comes in time', async () => {
    const silent = await serve(() => {});
    const stuck = await serve((_request, response) => void response.write('beginning'));
    for (const origin of [silent, stuck]) {
      await expect(runBuiltin('http-check', origin, { timeoutSeconds: 0.05 })).rejects.toMatchObject({
        code: 'TIMEOUT',
        message: `${origin}/ did not answer in full within 0.05 s.`,
      });
    }
  });

  it('ends the request when it is canceled', async () => {
    const stop = new AbortController();
    let closed: (() => void) | undefined;
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const origin = await serve((_request, response) => {
      response.on('close', () => closed?.());
      response.write('beginning');
      stop.abort(new Error('canceled'));
    });
    await expect(runBuiltin('http-check', origin, {}, makeContext(stop.signal))).rejects.toThrow('canceled');
    await isClosed;
  });

  it('keeps to the requests a second for each host', async () => {
    const times: number[] = [];
    const origin = await serve((_request, response) => {
      times.push(performance.now());
      response.end();
    });
    const runner = await loadBuiltin('http-check', { perHost: 20 });
    const start = performance.now();
    await Promise.all(Array.from({ length: 5 }, () => runner.run(origin, makeContext())));
    expect(times.length).toBe(5);
    expect(Math.max(...times) - start).toBeGreaterThan(199);
  });

  it.each([
    [
      'example.org/x',
      'BAD_URL',
      '"example.org/x" is not a URL: write it as https://host/path. Did you mean https://example.org/x?',
    ],
    ['not a url', 'BAD_URL', '"not a url" is not a URL: write it as https://host/path.'],
    [
      'ftp://example.org',
      'BAD_SCHEME',
      '"ftp://example.org" has the scheme ftp: http-check knows http and https.',
    ],
    [
      'http://me:secret@example.org',
      'BAD_URL',
      'The URL of example.org holds a user name or a password, which is not sent: leave them out.',
    ],
    [
      5,
      'BAD_INPUT',
      'http-check works on URLs, and its input is 5: give lines, or rows with a column "url".',
    ],
    [
      'http://127.0.0.1:6000/',
      'REQUEST_FAILED',
      'The port of 127.0.0.1:6000 is one that is never HTTP: check it.',
    ],
  ])('says what is wrong with %j', async (input, code, message) => {
    await expect(runBuiltin('http-check', input)).rejects.toMatchObject({ code, message });
  });

  it('says when there is no such host, nothing listens, or what listens speaks no HTTP', async () => {
    await expect(runBuiltin('http-check', 'http://nowhere.invalid/')).rejects.toMatchObject({
      code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
      message: expect.stringContaining('nowhere.invalid'),
    });
    const gone = createPlainServer();
    const port = await listen(gone);
    await new Promise((resolve) => gone.close(resolve));
    await expect(runBuiltin('http-check', `http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      message: `127.0.0.1:${port} refuses the connection: nothing listens there.`,
    });
    const rude = await listen(createPlainServer((socket) => socket.end('220 smtp here\r\n')));
    await expect(runBuiltin('http-check', `http://127.0.0.1:${rude}/`)).rejects.toThrow('not HTTP');
    const short = await listen(createPlainServer((socket) => socket.on('data', () => socket.destroy())));
    await expect(runBuiltin('http-check', `http://127.0.0.1:${short}/`)).rejects.toThrow(
      'closed the connection',
    );
  });

  it('says when a certificate cannot be trusted', async () => {
    const folder = makeFolder();
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
    const request = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=x',
      '-keyout',
      key,
      '-out',
      cert,
    ];
    execFileSync('openssl', request, { stdio: 'ignore' });
    const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
      response.end(),
    );
    const port = await listen(server);
    await expect(runBuiltin('http-check', `https://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ has no TLS that can be trusted: /),
    });
  });
});
