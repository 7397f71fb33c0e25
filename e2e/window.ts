import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test as base, chromium, expect, type Page } from '@playwright/test';
import { chromiumPath, chromiumSwitches } from './chromium.ts';
import { hostEnv, processesOf } from './hosts/child.ts';
import { noElectron, startElectron } from './hosts/electron.ts';
import { startOnDouble } from './hosts/electron-double.ts';
import type { ElectronHost, Host, HostKind, StartOptions } from './hosts/host.ts';
import { startWeb } from './hosts/web.ts';

export type { ElectronHost, Host, HostKind };
export { expect, hostEnv };

/** What a project of the configuration sets. */
export interface WindowOptions {
  kind: HostKind;
}

interface Fixtures {
  /** A folder for the files of a test; removed after it. */
  folder: string;
  dataDir: string;
  /** Starts a host on the test's data folder; stopped after the test. */
  start: (more?: Partial<StartOptions>) => Promise<Host>;
  /** The one host that most tests need, started. */
  host: Host;
  page: Page;
  /** Drops files and folders on the window's head, as the system does: with their paths. */
  drop: (paths: string[]) => Promise<void>;
  /** What the page complained of: errors of scripts, and what its content security policy refused. */
  complaints: string[];
}

interface WorkerFixtures {
  /** The browser that the web host's window is opened in, started when it is first wanted. */
  sharedBrowser: () => Promise<Browser>;
}

/** The same test on each of the three windows. */
export const test = base.extend<Fixtures & WindowOptions, WorkerFixtures>({
  sharedBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern, and wants one
    async ({}, use) => {
      let browser: Promise<Browser> | undefined;
      const options = { executablePath: chromiumPath(), args: [...chromiumSwitches] };
      await use(() => {
        browser ??= chromium.launch(options);
        return browser;
      });
      await (await browser)?.close();
    },
    { scope: 'worker' },
  ],

  kind: ['web', { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: as above
  folder: async ({}, use) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'poolboard-e2e-')));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },

  dataDir: async ({ folder }, use) => {
    await use(join(folder, 'data'));
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above
  complaints: async ({}, use) => {
    await use([]);
  },

  start: async ({ kind, dataDir, sharedBrowser, complaints }, use, info) => {
    info.skip(kind === 'electron' && noElectron() !== undefined, noElectron());
    const started: Host[] = [];
    await use(async (more = {}) => {
      const host = await startHost(kind, sharedBrowser, { dataDir, ...more });
      started.push(host);
      host.page.on('pageerror', (error) => complaints.push(String(error)));
      host.page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      // The window has heard of its host: from here on it takes drops and keys.
      await host.page.getByRole('spinbutton', { name: 'Workers of the pool' }).waitFor({ timeout: 20_000 });
      return host;
    });
    for (const host of started) {
      if (info.status !== info.expectedStatus) {
        await info.attach('screen', { body: await screenOf(host.page), contentType: 'image/png' });
        await info.attach('log', { body: host.log(), contentType: 'text/plain' });
      }
      await host.stop();
    }
    expect(complaints, 'errors in the page').toEqual([]);
    // The promise of the engine: whatever a test did, no worker and no child of one outlives the program.
    await expect.poll(() => processesOf(dataDir), { message: 'processes that are left' }).toEqual([]);
  },

  host: async ({ start }, use) => {
    await use(await start());
  },

  page: async ({ host }, use) => {
    await use(host.page);
  },

  drop: async ({ host }, use) => {
    await use((paths) => dropOn(host.page, paths));
  },
});

async function startHost(
  kind: HostKind,
  browser: () => Promise<Browser>,
  options: StartOptions,
): Promise<Host> {
  const starts = {
    web: async () => startWeb(await browser(), options),
    'electron-double': () => startOnDouble(options),
    electron: () => startElectron(options),
  };
  const host = await starts[kind]();
  await host.page.setViewportSize({ width: 1280, height: 800 });
  return host;
}

/** Only in tests that are about the Electron windows. */
export function asElectron(host: Host): ElectronHost {
  if (!('evaluate' in host)) throw new Error('This test is for the Electron windows.');
  return host as ElectronHost;
}

export async function dropOn(page: Page, files: string[]): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const { width } = page.viewportSize() ?? { width: 800 };
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, x: width / 2, y: 20, data });
  }
  await cdp.detach();
}

async function screenOf(page: Page): Promise<Buffer> {
  return page.screenshot({ timeout: 5000 }).catch(() => Buffer.alloc(0));
}
