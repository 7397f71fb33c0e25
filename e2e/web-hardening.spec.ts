import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as send } from 'node:http';
import { WebSocket } from 'ws';
import type { WebHost } from './hosts/web.ts';
import { expect, test } from './window.ts';

/** A request as any program of this machine, or any page that a browser has open, could send it. */
function ask(
  url: string,
  headers: OutgoingHttpHeaders = {},
  method = 'GET',
): Promise<{ status: number; headers: IncomingMessage['headers']; body: string }> {
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end();
  });
}

/** Opens the window's socket, and tells how that went. */
function dial(url: string, headers: Record<string, string>): Promise<'open' | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode!));
    socket.on('error', reject);
  });
}

test.describe('the web host', () => {
  let web: WebHost;
  let origin: string;
  let cookie: string;

  test.beforeEach(async ({ host }) => {
    web = host as WebHost;
    ({ origin } = new URL(web.address));
    const [first] = await web.page.context().cookies(origin);
    cookie = `${first!.name}=${first!.value}`;
  });

  test('gives its window a cookie that no script and no other site can use, and hides the key', async () => {
    const [first] = await web.page.context().cookies(origin);
    expect(first).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(web.page.url()).not.toContain('token');
  });

  test('serves the window with a policy that lets it load its own files and nothing else', async () => {
    const { status, headers } = await ask(`${origin}/`, { cookie });
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('answers nobody without the key', async () => {
    for (const path of ['/', '/index.html', '/upload', '/?token=wrong']) {
      const { status, body } = await ask(origin + path);
      expect(status, path).toBe(403);
      expect(body, path).not.toContain('<div id="root">');
    }
  });

  test('answers no request that was sent to another name: a page whose name was bent to this machine', async () => {
    const { port } = new URL(origin);
    for (const name of [`evil.example:${port}`, 'evil.example', `127.0.0.1.evil.example:${port}`]) {
      expect((await ask(`${origin}/`, { cookie, host: name })).status, name).toBe(403);
    }
  });

  test('takes its socket only from its own page, with the cookie', async () => {
    const url = `${origin.replace('http', 'ws')}/socket`;
    expect(await dial(url, { cookie, origin })).toBe('open');
    expect(await dial(url, { origin })).toBe(403);
    expect(await dial(url, { cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await dial(url, { cookie, origin: 'null' })).toBe(403);
    expect(await dial(url, { cookie })).toBe(403);
  });

  test('listens on this machine alone', async () => {
    expect(['127.0.0.1', '[::1]', 'localhost']).toContain(new URL(origin).hostname);
  });

  test('gives out no file beside the window’s own', async () => {
    for (const path of [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/main/cli.js',
      '/etc/passwd',
    ]) {
      expect((await ask(origin + path, { cookie })).status, path).toBe(404);
    }
  });

  test('lets its window run no foreign script', async ({ page, complaints }) => {
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.foreignScriptRan = true';
      document.head.append(script);
      return 'foreignScriptRan' in window;
    });
    expect(ran).toBe(false);
    expect(complaints.splice(0).join()).toContain('Content Security Policy');
  });
});
