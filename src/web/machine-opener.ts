import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { Opener } from '../engine/host/connection.ts';
import { PoolboardError } from '../shared/errors.ts';
import { browserOpener, type Command } from './open-browser.ts';

/** The program that shows a file's folder, or opens a file; null where there is no screen to open it on. */
export function fileOpener(
  what: 'file' | 'folder',
  path: string,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Command | null {
  const isFile = what === 'file';
  if (platform === 'darwin') return { command: 'open', args: isFile ? [path] : ['-R', path] };
  if (platform === 'win32') {
    // Explorer opens a file with its program, as a double click does.
    return { command: 'explorer.exe', args: isFile ? [path] : [`/select,${path}`] };
  }
  const hasScreen = env.DISPLAY || env.WAYLAND_DISPLAY;
  return hasScreen ? { command: 'xdg-open', args: [isFile ? path : dirname(path)] } : null;
}

/** Opens things on this machine, which is where the browser is too: the web host listens on loopback only. */
export function machineOpener(): Opener {
  return {
    link: async (url) => start(browserOpener(url), url),
    file: (path) => start(fileOpener('file', path), path),
    folder: (path) => start(fileOpener('folder', path), path),
  };
}

function start(command: Command | null, what: string): Promise<void> {
  const refuse = (why: string) => new PoolboardError('OPEN_REFUSED', `${what} cannot be opened: ${why}`);
  if (!command) return Promise.reject(refuse('there is no screen here. Copy the path instead.'));
  return new Promise((resolve, reject) => {
    const child = spawn(command.command, command.args, { stdio: 'ignore', detached: true });
    child.once('spawn', () => resolve());
    child.once('error', () => reject(refuse(`${command.command} does not start. Copy the path instead.`)));
    child.unref();
  });
}
