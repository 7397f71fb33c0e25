import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Engine } from '../engine/api.ts';
import { PoolboardError } from '../shared/errors.ts';
import { startWebHost, type WebHost } from './web-host.ts';

const drop = 'drop-0001';
let folder: string;
let host: WebHost;
let opened: string[];
let failingExport = false;

const lines = '{"value":0}\n{"value":1}\n{"value":4}\n';

const engine = {
  list: async () => [],
  get: async (id: number) => ({ id, name: 'Quadrate ü "1"' }),
  on: () => () => {},
  pool: () => ({ size: 2, cores: 2, workers: [] }),
  exports: {
    async toFile(_order: unknown, file: string) {
      if (failingExport) throw new PoolboardError('EXPORT_FAILED', 'The disk is gone.');
      await writeFile(file, lines);
      return 3;
    },
  },
  results: {
    async image(_batch: number, task: number) {
      if (task > 0) throw new PoolboardError('NOT_AN_IMAGE', 'This is no image.');
      return { path: join(folder, 'secret.txt'), type: 'image/png', bytes: 6 };
    },
  },
} as unknown as Engine;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolboard-web-'));
  const windowFolder = join(folder, 'window');
  await mkdir(join(windowFolder, 'assets'), { recursive: true });
  await writeFile(join(windowFolder, 'index.html'), '<!doctype html><title>Poolboard</title>');
  await writeFile(join(windowFolder, 'assets', 'index-AbCd1234.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  opened = [];
  failingExport = false;
  host = await startWebHost({
    engine,
    dataDir: join(folder, 'data'),
    version: '1.2.3',
    samples: () => [],
    port: 0,
    open: (address) => opened.push(address),
    windowFolder,
  });
});
afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A request as it is written, without any help of a client. */
function ask(
  path: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: object; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: host.port, path, method, headers: { ...headers }, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (data) => {
          text += data;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

const keyPath = (address: string) => address.slice(address.indexOf('/?'));
const origin = () => `http://127.0.0.1:${host.port}`;

async function enter(): Promise<string> {
  const { headers } = await ask(keyPath(host.address));
  return headers['set-cookie']![0]!.split(';')[0]!;
}

describe('the key', () => {
  test('becomes a strict cookie, and is gone from the address', async () => {
    const { status, headers } = await ask(keyPath(host.address));
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    const [cookie = ''] = headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(cookie).not.toContain(host.address.split('token=')[1]);
    const page = await ask('/', { headers: { Cookie: cookie.split(';')[0] } });
    expect(page).toMatchObject({ status: 200, text: '<!doctype html><title>Poolboard</title>' });
  });

  test('of the address that is printed stays good; the one a browser is opened with is good once', async () => {
    expect((await ask(keyPath(host.address))).status).toBe(303);
    expect((await ask(keyPath(host.address))).status).toBe(303);
    expect(opened).toHaveLength(1);
    expect((await ask(keyPath(opened[0]!))).status).toBe(303);
    expect(await ask(keyPath(opened[0]!))).toMatchObject({
      status: 403,
      text: expect.stringMatching(/used up/),
    });
  });

  test.each(['/?token=', '/?token=wrong', `/?token=${'A'.repeat(43)}`])('%s is refused', async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('behind a link on another page enters by a step of its own, which strict cookies allow', async () => {
    const answer = await ask(keyPath(host.address), { headers: { 'Sec-Fetch-Site': 'cross-site' } });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('content="0; url=/"');
    expect(answer.headers['set-cookie']).toHaveLength(1);
  });
});

describe('strangers', () => {
  const everything = ['/', '/index.html', '/assets/index-AbCd1234.js', '/export/x', '/nothing'];

  test.each(everything)('without the cookie get nothing at %s', async (path) => {
    expect(await ask(path)).toMatchObject({
      status: 403,
      text: expect.stringMatching(/^Open the address that Poolboard printed/),
    });
    const headers = { Cookie: `poolboard-${host.port}=wrong` };
    expect(await ask(path, { headers })).toMatchObject({ status: 403 });
  });

  test.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1',
    '127.0.0.1:1',
    '[::1]',
    '127.0.0.1.evil.example',
  ])('under the host name %s get nothing, even with key and cookie', async (name) => {
    const headers = { Cookie: await enter(), Host: name };
    expect(await ask('/', { headers })).toMatchObject({
      status: 403,
      text: expect.stringMatching(/another host/),
    });
    const entering = await ask(keyPath(host.address), { headers: { Host: name } });
    expect(entering).toMatchObject({ status: 403 });
    expect(entering.headers['set-cookie']).toBeUndefined();
  });

  test('on other pages get nothing, even with the cookie', async () => {
    const Cookie = await enter();
    for (const stranger of [
      'http://evil.example',
      'null',
      'http://127.0.0.1:1',
      `http://localhost:${host.port}`,
    ]) {
      expect(await ask('/', { headers: { Cookie, Origin: stranger } })).toMatchObject({ status: 403 });
    }
    for (const site of ['cross-site', 'same-site']) {
      const headers = { Cookie, 'Sec-Fetch-Site': site };
      expect(await ask('/assets/index-AbCd1234.js', { headers })).toMatchObject({ status: 403 });
    }
  });

  test('the host answers under localhost too', async () => {
    const name = `localhost:${host.port}`;
    const entering = await ask(keyPath(host.address), { headers: { Host: name } });
    const Cookie = entering.headers['set-cookie']![0]!.split(';')[0]!;
    expect(await ask('/', { headers: { Cookie, Host: name, Origin: `http://${name}` } })).toMatchObject({
      status: 200,
    });
  });
});

describe('the files of the window', () => {
  test('come with a strict policy, their type, and a lifetime', async () => {
    const headers = { Cookie: await enter() };
    const page = await ask('/', { headers });
    expect(page.headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'; script-src 'self'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
    });
    const script = await ask('/assets/index-AbCd1234.js', { headers });
    expect(script).toMatchObject({ status: 200, text: 'export {};' });
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect(await ask('/', { headers, method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/assets',
    '/assets/',
    '/index.html%00.js',
    '/constructor',
  ])('%s is not one of them', async (path) => {
    const answer = await ask(path, { headers: { Cookie: await enter() } });
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('secret');
  });

  test.each(['POST', 'DELETE', 'PATCH', 'OPTIONS'])('%s is refused in a sentence', async (method) => {
    const headers = { Cookie: await enter(), Origin: origin() };
    expect(await ask('/', { method, headers })).toMatchObject({
      status: 405,
      text: expect.stringMatching(/nothing to/),
    });
  });

  test('are to be built first', async () => {
    const options = { engine, dataDir: folder, version: '1', samples: () => [], port: 0 };
    await expect(startWebHost({ ...options, windowFolder: join(folder, 'none') })).rejects.toMatchObject({
      code: 'NOT_BUILT',
    });
  });
});

describe('an upload', () => {
  const put = async (path: string, body: string, headers: object = {}) =>
    ask(`/upload/${path}`, {
      method: 'PUT',
      body,
      headers: { Cookie: await enter(), Origin: origin(), ...headers },
    });

  test('is stored below the data folder', async () => {
    const answer = await put(`${drop}/folder/a%20%F0%9F%8E%89.txt`, 'hello');
    expect(answer.status).toBe(200);
    const { path, root } = JSON.parse(answer.text) as { path: string; root: string };
    expect(root).toBe(join(folder, 'data', 'uploads', drop, 'folder'));
    expect(path).toBe(join(root, 'a 🎉.txt'));
    expect(await readFile(path, 'utf8')).toBe('hello');
  });

  test('without the origin of the page is refused', async () => {
    const headers = { Cookie: await enter() };
    expect(await ask(`/upload/${drop}/a`, { method: 'PUT', body: 'x', headers })).toMatchObject({
      status: 403,
    });
    expect(await put(`${drop}/a`, 'x', { Origin: 'http://evil.example' })).toMatchObject({ status: 403 });
    expect(await put(`${drop}/a`, 'x', { Cookie: '' })).toMatchObject({ status: 403 });
  });

  test('to somewhere else is refused, in a sentence that arrives', async () => {
    for (const path of [`${drop}/..%2F..%2Fsecret.txt`, `${drop}/../../x`, 'short/a', drop]) {
      expect(await put(path, 'x'.repeat(5_000_000))).toMatchObject({
        status: 400,
        text: expect.stringMatching(/\.\n$/),
      });
    }
    expect(await readFile(join(folder, 'secret.txt'), 'utf8')).toBe('secret');
  });

  test('that cannot be written is answered in a sentence', async () => {
    await mkdir(join(folder, 'data'), { recursive: true });
    await writeFile(join(folder, 'data', 'uploads'), 'not a folder');
    expect(await put(`${drop}/a`, 'x'.repeat(5_000_000))).toMatchObject({
      status: 507,
      text: expect.stringMatching(/^a could not be/),
    });
  });
});

/** A connected window: calls, and the replies to them. */
async function openSocket(headers: Record<string, string>) {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/socket`, { headers });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) => reject(new Error(`${response.statusCode}`)));
    socket.once('error', reject);
  });
  return socket;
}

async function call(socket: WebSocket, name: string, argument?: unknown): Promise<Record<string, unknown>> {
  const reply = new Promise<string>((resolve) => socket.once('message', (data) => resolve(String(data))));
  socket.send(JSON.stringify({ type: 'call', id: 1, name, argument }));
  return JSON.parse(await reply) as Record<string, unknown>;
}

describe('the socket', () => {
  test('answers the calls of the window', async () => {
    const socket = await openSocket({ Cookie: await enter(), Origin: origin() });
    expect(await call(socket, 'host.info')).toMatchObject({
      ok: true,
      result: { host: 'web', version: '1.2.3', nativeDialogs: false },
    });
    expect(await call(socket, 'host.nothing')).toMatchObject({ ok: false, error: { code: 'UNKNOWN_CALL' } });
    socket.close();
  });

  test('is closed to strangers', async () => {
    const Cookie = await enter();
    const refused: Record<string, string>[] = [
      {},
      { Cookie },
      { Origin: origin() },
      { Cookie, Origin: 'http://evil.example' },
      { Cookie, Origin: 'null' },
      { Cookie: `poolboard-${host.port}=wrong`, Origin: origin() },
      { Cookie, Origin: 'http://evil.example', Host: 'evil.example' },
      { Cookie, Origin: origin(), 'Sec-Fetch-Site': 'same-site' },
    ];
    for (const headers of refused) await expect(openSocket(headers)).rejects.toThrow('403');
  });

  test('is closed on who does not speak the contract, and the host goes on', async () => {
    for (const message of ['no JSON', '[]', '{"type":"reply"}', Buffer.from([1, 2, 3])]) {
      const socket = await openSocket({ Cookie: await enter(), Origin: origin() });
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.send(message);
      expect(await closed).toBe(1008);
    }
    const socket = await openSocket({ Cookie: await enter(), Origin: origin() });
    expect(await call(socket, 'pool.view')).toMatchObject({ ok: true });
    socket.close();
  });

  test('survives a handshake that is garbage', async () => {
    const raw = connect(host.port, '127.0.0.1');
    const answer = new Promise<string>((resolve) => raw.once('data', (data) => resolve(String(data))));
    raw.write('GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    expect(await answer).toMatch(/^HTTP\/1\.1 403 /);
    raw.destroy();
    expect((await ask(keyPath(host.address))).status).toBe(303);
  });
});

describe('an export', () => {
  async function offer() {
    const Cookie = await enter();
    const socket = await openSocket({ Cookie, Origin: origin() });
    const { result, error } = await call(socket, 'batches.export', { batch: 7, format: 'jsonl', query: {} });
    socket.close();
    return { Cookie, error, ...(result as { kind: string; url: string; name: string }) };
  }

  test('is a file to download, once', async () => {
    const { Cookie, kind, url, name } = await offer();
    expect({ kind, name }).toEqual({ kind: 'download', name: 'Quadrate ü 1 7.jsonl' });
    expect((await ask(url)).status).toBe(403);
    const file = await ask(url, { headers: { Cookie } });
    expect(file.status).toBe(200);
    expect(file.headers['content-disposition']).toBe(
      `attachment; filename="Quadrate _ 1 7.jsonl"; filename*=UTF-8''Quadrate%20%C3%BC%201%207.jsonl`,
    );
    const rows = file.text.trimEnd().split('\n');
    expect(rows.map((line) => (JSON.parse(line) as { value: number }).value)).toEqual([0, 1, 4]);
    expect((await ask(url, { headers: { Cookie } })).status).toBe(404);
  });

  test('leaves nothing behind when it was fetched, and when it was not', async () => {
    const { Cookie, url } = await offer();
    await offer();
    expect(await readdir(join(folder, 'data', 'exports'))).toHaveLength(2);
    await ask(url, { headers: { Cookie } });
    await host.close();
    expect(await readdir(join(folder, 'data', 'exports'))).toEqual([]);
  });

  test('that fails is told, and there is nothing to download', async () => {
    failingExport = true;
    const { url, error } = await offer();
    expect(url).toBeUndefined();
    expect(error).toMatchObject({ message: 'The disk is gone.' });
  });
});

test('an image that a result names is sent to the window alone, by its cell', async () => {
  const Cookie = await enter();
  const image = '/result-image/7/0/value%5B%5D';
  expect((await ask(image)).status).toBe(403);
  expect(await ask(image, { headers: { Cookie } })).toMatchObject({
    status: 200,
    text: 'secret',
    headers: { 'content-type': 'image/png', 'x-content-type-options': 'nosniff' },
  });
  expect((await ask('/result-image/7/1/value%5B%5D', { headers: { Cookie } })).status).toBe(404);
  expect((await ask('/result-image/7/0/..%2F..', { headers: { Cookie } })).status).toBe(200);
  expect((await ask('/result-image/7/../secret.txt', { headers: { Cookie } })).status).toBe(404);
});

test('a port that is taken is said in a sentence', async () => {
  const options = {
    engine,
    dataDir: folder,
    version: '1',
    samples: () => [],
    windowFolder: join(folder, 'window'),
  };
  await expect(startWebHost({ ...options, port: host.port })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: `Port ${host.port} is in use: choose another with --port.`,
  });
});
