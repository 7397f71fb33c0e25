import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it, where they are missing. Throws what the file system says.
 *
 * Not with Node's `recursive`: that tries for ever where a folder that is there answers that something is missing,
 * as `/proc` does.
 * @param mode of each folder that is made.
 */
export function makeFolder(folder: string, mode?: number): void {
  if (isFolder(folder)) return;
  const missing: [string, ...string[]] = [resolve(folder)];
  // A drive that is not there has nothing above it.
  for (let above = dirname(missing[0]); above !== missing[0] && !existsSync(above); above = dirname(above)) {
    missing.unshift(above);
  }
  for (const one of missing) makeOne(one, mode);
}

function makeOne(folder: string, mode: number | undefined): void {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another program may have made it just now.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
