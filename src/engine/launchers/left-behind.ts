import { lstatSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { makeFolder } from '../make-folder.ts';

/** How long the end of a worker is kept back for this: the files may lie on a drive that does not answer. */
const patienceMs = 500;

/** What workers call their temporary files (`src/workers/builtins/output.ts`). */
const temporaryName = /^\..*\.poolboard$/;

/**
 * The folder where this user's workers note their temporary files, a file for each, named after the process.
 * Null where there can be none that is the user's own.
 */
export function journalFolder(root: string = tmpdir()): string | null {
  try {
    const { uid, username } = userInfo();
    const folder = join(root, `poolboard-${uid >= 0 ? uid : encodeURIComponent(username)}`);
    makeFolder(folder, 0o700);
    const stats = lstatSync(folder);
    return stats.isDirectory() && (uid < 0 || stats.uid === uid) ? folder : null;
  } catch {
    return null;
  }
}

/**
 * Removes the temporary files of workers that are gone, of `ended` among them. Never throws, and resolves after
 * half a second at the latest.
 */
export async function removeLeftBehind(ended?: number, journal = journalFolder()): Promise<void> {
  if (!journal) return;
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, patienceMs);
  await Promise.race([sweep(journal, ended), late]).catch(() => {});
  clearTimeout(timer);
}

async function sweep(journal: string, ended: number | undefined): Promise<void> {
  for (const name of await readdir(journal)) {
    const pid = Number.parseInt(name, 10);
    if (!(pid > 0) || (pid !== ended && isAlive(pid))) continue;
    const note = join(journal, name);
    try {
      const path = await readFile(note, 'utf8');
      if (isAbsolute(path) && temporaryName.test(basename(path))) await rm(path, { force: true });
      await rm(note, { force: true });
    } catch {
      // Another program was faster, or the drive is away for now: the note stays.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // Also where it is another user's: that is no worker of ours.
    return false;
  }
}
