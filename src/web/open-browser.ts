import { type SpawnOptions, spawn } from 'node:child_process';

interface Opener {
  command: string;
  args: string[];
  options?: SpawnOptions;
}

/** The command that opens an address in the user's browser; null where there is no screen to open it on. */
export function browserOpener(
  url: string,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Opener | null {
  if (platform === 'darwin') return { command: 'open', args: [url] };
  if (platform === 'win32') {
    // `start` takes its first quoted argument for a window's title.
    return {
      command: 'cmd',
      args: ['/c', 'start', '""', `"${url}"`],
      options: { windowsVerbatimArguments: true },
    };
  }
  return env.DISPLAY || env.WAYLAND_DISPLAY ? { command: 'xdg-open', args: [url] } : null;
}

/** Opens an address in the user's browser where that is possible; the user can always open it by hand. */
export function openBrowser(url: string): void {
  const opener = browserOpener(url);
  if (!opener) return;
  const child = spawn(opener.command, opener.args, { ...opener.options, stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
