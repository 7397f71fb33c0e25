import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { electronExecutable, fetchRuntime, openApp } from './electron-runtime.mjs';

let root;
let electron;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'poolboard-start-'));
  electron = join(root, 'node_modules', 'electron');
  await mkdir(electron, { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** An installer that does what the code says, in Electron's folder. */
const installer = (code) => writeFile(join(electron, 'install.js'), code);
const fetched = (options) => fetchRuntime(process.execPath, root, options);

describe('fetching the runtime', () => {
  test('ends well where the installer leaves an executable', async () => {
    expect(electronExecutable(root, {})).toBeNull();
    await installer(`
      const { mkdirSync, writeFileSync } = require('node:fs');
      mkdirSync(__dirname + '/dist');
      writeFileSync(__dirname + '/dist/electron', '');
      writeFileSync(__dirname + '/path.txt', 'electron');
    `);
    expect(await fetched()).toBeNull();
    expect(electronExecutable(root, {})).toBe(join(electron, 'dist', 'electron'));
  });

  test('tells why the network did not give it', async () => {
    await installer("console.error('TypeError: fetch failed\\n    at node:internal'); process.exit(1);");
    expect(await fetched({ probe: async () => 'the network cannot be reached' })).toBe(
      'the network cannot be reached',
    );
    expect(await fetched({ probe: async () => null })).toBe('fetch failed');
  });

  test('tells what else the installer says', async () => {
    await installer("console.error('Error: Checksum of the archive is wrong'); process.exit(1);");
    expect(await fetched()).toBe('Checksum of the archive is wrong');
    await installer('process.exit(4);');
    expect(await fetched()).toBe('exit status 4');
  });

  test('gives up after a time', async () => {
    await installer('setInterval(() => {}, 1000);');
    expect(await fetched({ timeoutMs: 300 })).toMatch(/^it took longer than/);
  });
});

describe.skipIf(process.platform === 'win32')('opening the app', () => {
  const app = async (script) => {
    const file = join(root, 'electron');
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    return openApp(file, root, []);
  };

  test('ends with its status', async () => {
    expect(await app('exit 0')).toEqual({ status: 0 });
    expect(await app('exit 5')).toEqual({ status: 5 });
  });

  test('tells a missing library from an app that failed', async () => {
    expect(
      await app(
        "echo 'electron: error while loading shared libraries: libnss3.so: cannot open' >&2; exit 127",
      ),
    ).toEqual({ status: 127, failure: 'the library libnss3.so is missing' });
    expect(await app("echo '[1:1] Missing X server or $DISPLAY' >&2; exit 1")).toMatchObject({
      failure: 'the display cannot be opened',
    });
    expect((await openApp(join(root, 'none'), root, [])).failure).toContain('ENOENT');
  });
});
