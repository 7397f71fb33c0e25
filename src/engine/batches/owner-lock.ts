import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileIdentity } from '../file-identity.ts';
import { makeFolder } from '../make-folder.ts';

/**
 * A lock that a program holds on a file of its own in the data folder, for as long as it runs. The operating
 * system lets go of it when the program ends, however it ends; and programs in other containers, or on other
 * machines where the file system tells them, see it too, where a process id means nothing.
 *
 * Node cannot lock files, but SQLite does: a database without content, in an exclusive transaction.
 */
export interface OwnerLock {
  /** Names it, for {@link isLockHeld}. */
  readonly name: string;
  /** The data folder was removed and is back: its file is made and locked again, where it is not there any more. */
  keep(): void;
  release(): void;
}

/** Locks that are held: a connection that nobody refers to any more would be closed by the garbage collector. */
const held = new Set<DatabaseSync>();

const folderOf = (dataDir: string) => join(dataDir, 'owners');
const fileOf = (dataDir: string, name: string) => join(folderOf(dataDir), `${name}.lock`);

/** Takes a new lock, and clears away those of programs that are gone. Throws where the folder cannot be written. */
export function takeOwnerLock(dataDir: string): OwnerLock {
  makeFolder(folderOf(dataDir));
  for (const file of readdirSync(folderOf(dataDir))) {
    if (file.endsWith('.lock')) isLockHeld(dataDir, file.slice(0, -'.lock'.length));
  }
  const name = randomUUID();
  const file = fileOf(dataDir, name);
  let mine = lockFile(file);
  return {
    name,
    keep() {
      if (!held.has(mine.connection) || fileIdentity(file) === mine.identity) return;
      makeFolder(folderOf(dataDir));
      const former = mine.connection;
      mine = lockFile(file);
      held.delete(former);
      former.close();
    },
    release() {
      if (!held.delete(mine.connection)) return;
      mine.connection.close();
      remove(file);
    },
  };
}

interface LockedFile {
  connection: DatabaseSync;
  identity: string | null;
}

/** Makes a file where it is missing, and locks it. */
function lockFile(file: string): LockedFile {
  for (;;) {
    const connection = new DatabaseSync(file, { timeout: 5000 });
    // Without a journal beside it, which would outlive a program that is killed.
    connection.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    const identity = fileIdentity(file);
    // Another program that was clearing away may have taken the file for a free one before it was locked.
    if (identity === null) {
      connection.close();
      continue;
    }
    held.add(connection);
    return { connection, identity };
  }
}

/**
 * Whether a program holds that lock. One that nobody holds is removed. Where it cannot be told (the file system
 * fails) it is believed to be held. Never throws.
 */
export function isLockHeld(dataDir: string, name: string): boolean {
  const file = fileOf(dataDir, name);
  if (!existsSync(file)) return false;
  let connection: DatabaseSync | undefined;
  try {
    connection = new DatabaseSync(file, { readOnly: true, timeout: 0 });
    // Shared with others that ask at the same time, where an exclusive lock would look like a holder to them.
    connection.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    // While it is locked by this: whoever made the file a moment ago and locks it next sees that it is gone.
    if (!refusesOpenFiles) remove(file);
  } catch {
    return existsSync(file);
  } finally {
    connection?.close();
  }
  if (refusesOpenFiles) remove(file);
  return false;
}

/** Windows removes no file that anybody has open: so it can be tried when this has closed it. */
const refusesOpenFiles = process.platform === 'win32';

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Another program has it open; the next that asks removes it.
  }
}
