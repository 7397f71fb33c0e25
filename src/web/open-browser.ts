import { spawn } from 'node:child_process';
import { PoolboardError } from '../shared/errors.ts';

/** A program and its arguments, for `spawn` without a shell. */
export interface Command {
  command: string;
  args: string[];
}

/**
 * The command that opens an address in the user's browser; null where there is no screen to open it on. No shell
 * reads the address, which may come from a task's result. Throws `OPEN_REFUSED` where it is none of http or https.
 */
export function browserOpener(
  address: string,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Command | null {
  const url = webAddress(address);
  if (platform === 'darwin') return { command: 'open', args: [url] };
  // Not `start`, which is a command of the shell: that would take an `&` for the start of another command.
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] };
  return env.DISPLAY || env.WAYLAND_DISPLAY ? { command: 'xdg-open', args: [url] } : null;
}

/** As the URL standard writes it: without quotes and spaces, and never the name of a file or an option. */
function webAddress(address: string): string {
  const url = URL.parse(address);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new PoolboardError('OPEN_REFUSED', `${address} cannot be opened: it is no address of http or https.`);
}

/** Opens an address in the user's browser where that is possible; the user can always open it by hand. */
export function openBrowser(url: string): void {
  const opener = browserOpener(url);
  if (!opener) return;
  const child = spawn(opener.command, opener.args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
