import { shell } from 'electron';
import type { Opener } from '../engine/host/connection.ts';
import { PoolboardError } from '../shared/errors.ts';

/** Opens things as the desktop does. The host has made sure that a link is one, and that a file is no program. */
export const shellOpener: Opener = {
  link: (url) => shell.openExternal(url),
  async file(path) {
    // It answers with the reason in words where it could not, and with nothing where it could.
    const problem = await shell.openPath(path);
    if (problem) throw new PoolboardError('OPEN_REFUSED', `${path} cannot be opened: ${problem}`);
  },
  async folder(path) {
    shell.showItemInFolder(path);
  },
};
