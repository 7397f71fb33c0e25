import { rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Temporary files that stand for outputs until these are whole. Each is noted, in a file of its own in a folder
 * that the launcher names, before it comes into being: what a worker that is killed leaves behind is found there
 * and removed (`src/engine/launchers/left-behind.ts`). A worker that ends by itself removes its own.
 */
const variable = 'POOLBOARD_TEMPORARIES';

const open = new Set<string>();
/** Beside the process's id, which another one may have had before. */
const started = Date.now().toString(36);
let journal: string | undefined;
let count = 0;

/** To be called once, at the start of a worker; the variable by which it is told is gone afterwards. */
export function takeJournal(): void {
  journal = process.env[variable] || undefined;
  delete process.env[variable];
  process.on('exit', () => {
    for (const path of open) rmSync(path, { force: true });
  });
}

/** Calls `write`, which may create the file, then removes the file where it is still there. */
export async function withTemporary<T>(path: string, write: () => Promise<T>): Promise<T> {
  const note = noteDown(path);
  open.add(path);
  try {
    return await write();
  } finally {
    await rm(path, { force: true }).catch(() => {});
    open.delete(path);
    if (note) await rm(note, { force: true }).catch(() => {});
  }
}

function noteDown(path: string): string | undefined {
  if (journal === undefined) return undefined;
  const note = join(journal, `${process.pid}-${started}-${++count}`);
  try {
    writeFileSync(note, path, { flag: 'wx', mode: 0o600 });
    return note;
  } catch {
    // No room, or the folder was removed: the task does not depend on it.
    return undefined;
  }
}
