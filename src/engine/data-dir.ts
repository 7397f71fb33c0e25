import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

interface Surroundings {
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  home?: string;
}

/**
 * The folder of batches and results where nobody names one: the same for all hosts of a user, so that a batch
 * of the command line is in the window's history.
 *
 * `POOLBOARD_DATA_DIR` overrides it. Otherwise it is `%APPDATA%\Poolboard` on Windows,
 * `~/Library/Application Support/Poolboard` on macOS, and `$XDG_DATA_HOME/poolboard` or
 * `~/.local/share/poolboard` elsewhere (XDG Base Directory Specification: a relative value is ignored).
 */
export function defaultDataDir({
  env = process.env,
  platform = process.platform,
  home = homedir(),
}: Surroundings = {}): string {
  if (env.POOLBOARD_DATA_DIR) return resolve(env.POOLBOARD_DATA_DIR);
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Poolboard');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Poolboard');
  const base = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : join(home, '.local', 'share');
  return join(base, 'poolboard');
}
