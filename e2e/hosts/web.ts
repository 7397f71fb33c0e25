import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { collectOutput, exitOf, hostEnv, mustExit, root } from './child.ts';
import type { Host, StartOptions } from './host.ts';

/** A web host, and the address with its key that it printed. */
export interface WebHost extends Host {
  readonly address: string;
}

/** Starts the built web host and opens its window in a browser. */
export async function startWeb(browser: Browser, { dataDir, env }: StartOptions): Promise<WebHost> {
  const child = spawn(
    process.execPath,
    [join(root, 'out/main/cli.js'), 'serve', '--no-open', '--port', '0', '--data-dir', dataDir],
    { cwd: root, env: hostEnv(dataDir, env), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log = collectOutput(child);
  const address = await addressIn(child, log);
  const context = await browser.newContext({ acceptDownloads: true, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(address);
  let killed = false;

  return {
    kind: 'web',
    page,
    address,
    log,
    async exportTo(file, act) {
      const downloaded = page.waitForEvent('download');
      await act();
      await (await downloaded).saveAs(file);
    },
    async pick(paths, act) {
      const chooser = page.waitForEvent('filechooser');
      await act();
      await (await chooser).setFiles(paths);
    },
    async kill() {
      killed = true;
      // Before the host, for its page would complain of the lost connection.
      await context.close();
      child.kill('SIGKILL');
      await exitOf(child);
    },
    async stop() {
      if (killed) return;
      await context.close();
      if (child.exitCode === null) child.kill('SIGTERM');
      await mustExit(child, log);
    },
  };
}

function addressIn(child: ChildProcess, log: () => string): Promise<string> {
  const find = () => /http:\/\/[^\s]+/.exec(log())?.[0];
  return new Promise((resolve, reject) => {
    const look = () => {
      const address = find();
      if (address) resolve(address);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    void exitOf(child).then((code) =>
      reject(new Error(`The web host ended with ${code} before it had an address:\n${log()}`)),
    );
  });
}
