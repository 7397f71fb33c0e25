import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerWith } from './window-files.ts';
import { isWindowUrl } from './window-url.ts';

const folder = mkdtempSync(join(tmpdir(), 'window-files-'));
const root = join(folder, 'renderer');
const answer = answerWith(root);
const get = (url: string) => answer({ method: 'GET', url });

beforeAll(() => {
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'renderer-secrets'));
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'assets', 'main-1.js'), 'export {};');
  writeFileSync(join(root, 'a b ü.svg'), '<svg/>');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'renderer-secrets', 'secret.txt'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file of the window', () => {
  test('is answered with its content, its type and the strict policy', async () => {
    const response = await get('poolboard://app/assets/main-1.js?v=2#x');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('export {};');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('is the page itself where no file is named', async () => {
    expect(await (await get('poolboard://app/')).text()).toBe('<!doctype html>');
  });

  test('may have a name with spaces and other letters', async () => {
    expect((await get('poolboard://app/a%20b%20%C3%BC.svg')).status).toBe(200);
  });

  test('is answered to HEAD without its content', async () => {
    const response = await answer({ method: 'HEAD', url: 'poolboard://app/index.html' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});

describe('nothing else is answered', () => {
  test.each([
    'poolboard://app/../secret.txt',
    'poolboard://app/%2e%2e/secret.txt',
    'poolboard://app/..%2fsecret.txt',
    'poolboard://app/..%2f..%2f..%2f..%2fetc/passwd',
    'poolboard://app/assets/..%2f..%2fsecret.txt',
    'poolboard://app/..%2frenderer-secrets/secret.txt',
    'poolboard://app//etc/passwd',
    'poolboard://app/%2fetc%2fpasswd',
    'poolboard://app/index.html%00.js',
    'poolboard://app/%zz',
    'poolboard://app/assets',
    'poolboard://app/absent.js',
    'poolboard://other/index.html',
    'https://app/index.html',
    'file:///etc/passwd',
  ])('%s', async (url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('Not found.');
  });

  test('a request that is no GET', async () => {
    expect((await answer({ method: 'POST', url: 'poolboard://app/index.html' })).status).toBe(405);
  });
});

test('a URL is the window’s own only with its scheme and its host', () => {
  expect(isWindowUrl('poolboard://app/index.html')).toBe(true);
  for (const url of [
    'poolboard://app.evil/index.html',
    'poolboard://app@evil/',
    'poolboard:app',
    'poolboard://app:80/',
    'https://app/',
    'about:blank',
    '',
  ]) {
    expect(isWindowUrl(url), url).toBe(false);
  }
});
