import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { chromiumPath, chromiumSwitches } from '../chromium.ts';
import { Cdp } from './cdp.ts';

/** The Chromium that stands for the one inside Electron. */
export interface Browser {
  cdp: Cdp;
  /** Where Playwright connects to the same browser. */
  endpoint: string;
}

/** Starts Chromium without a window, its profile in `profile`; it ends with this process. */
export async function startBrowser(profile: string): Promise<Browser> {
  const executable = chromiumPath();
  if (!executable) throw new Error('No Chromium is installed; name one in CHROMIUM_PATH.');
  mkdirSync(profile, { recursive: true });
  const child = spawn(
    executable,
    [
      ...chromiumSwitches,
      '--headless=new',
      '--remote-debugging-port=0',
      // It ends when the pipe does: with this process, however that ends.
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      '--no-startup-window',
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const endpoint = await endpointOf(child);
  return { cdp: await Cdp.connect(endpoint), endpoint };
}

async function endpointOf(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr! })) {
    const endpoint = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (endpoint) {
      child.stderr!.resume();
      return endpoint;
    }
    said.push(line);
  }
  throw new Error(`Chromium did not start:\n${said.join('\n')}`);
}
