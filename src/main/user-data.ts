import { join } from 'node:path';
import { app } from 'electron';
import { makeFolder } from '../engine/make-folder.ts';
import { PoolboardError } from '../shared/errors.ts';

/**
 * Puts Chromium's own files, and with them the lock of the single instance, into the data folder, so that one
 * folder is one app. Throws `STORE_CANNOT_OPEN` where the folder cannot be made.
 */
export function keepUserDataIn(dataDir: string): void {
  const folder = join(dataDir, 'window');
  try {
    // Electron refuses a path where there is nothing.
    makeFolder(folder);
  } catch (error) {
    throw new PoolboardError(
      'STORE_CANNOT_OPEN',
      `The data folder ${dataDir} cannot be made (${(error as Error).message}). Choose another one with POOLBOARD_DATA_DIR.`,
      { cause: error },
    );
  }
  app.setPath('userData', folder);
}
