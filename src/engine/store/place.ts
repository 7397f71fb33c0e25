import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { threadId } from 'node:worker_threads';
import { PoolboardError } from '../../shared/errors.ts';
import { fileIdentity } from '../file-identity.ts';
import { makeFolder } from '../make-folder.ts';
import type { Database } from './database.ts';
import { isBusy, isDetached } from './store-error.ts';

/** A stat takes some 3 µs, but a group of one write not much more than 500. */
const checkEveryMs = 250;

/** As `fileIdentity` tells it, or why it cannot be told. */
type FileIdentity = string;

/**
 * Watches over the place of a database: where its folder is removed, SQLite on POSIX systems goes on writing into
 * files that no path leads to, and all of it is gone with the last program that has them open. And where a
 * connection does not work any more, because its drive was away, it goes over to a new one.
 */
export class Place {
  private readonly db: Database;
  private readonly onMoved: () => void;
  /** Tells the database from every other one. */
  private readonly name: string;
  private identity: FileIdentity | null;
  private checkedAt = 0;
  /** The connection failed: another one may work. */
  private suspect = false;
  /** Something was written after the last check. */
  private unchecked = false;

  /**
   * @param db open, and at its path.
   * @param onMoved called once the path leads to another file than before: what else was in the folder is gone too.
   */
  constructor(db: Database, onMoved: () => void = () => {}) {
    this.db = db;
    this.onMoved = onMoved;
    this.name = db.get<{ text: string }>(nameSql)!.text;
    this.identity = identify(db.file);
  }

  /**
   * Before a write: makes sure that the path leads to the database that is written to. Puts it back where it was
   * removed; throws `STORE_GONE` where it cannot.
   */
  beforeWrite(): void {
    if (this.suspect || performance.now() - this.checkedAt >= checkEveryMs) this.keep();
    this.unchecked = true;
  }

  /** Before the end: what was written last is at its place too. */
  beforeClose(): void {
    if (this.unchecked) this.keep();
  }

  /** A write failed. */
  failed(thrown: unknown): void {
    this.suspect ||= isDetached(thrown);
  }

  /** Before a read of a connection that only reads: goes over to what the path leads to, where that is another file. */
  follow(): void {
    const now = identify(this.db.file);
    if (now === null || (now === this.identity && !this.suspect)) return;
    try {
      this.goOver(null);
      this.settle();
    } catch {
      // It is not whole yet, or not readable: the old one is, perhaps.
    }
  }

  /** Makes sure of the place now. Throws `STORE_GONE`. */
  keep(): void {
    const now = identify(this.db.file);
    if (now === null) this.putBack();
    else if (now !== this.identity) this.goOver(contentOf(this.db));
    else if (this.suspect) this.goOver(null);
    this.settle();
  }

  private settle(): void {
    const before = this.identity;
    this.identity = identify(this.db.file);
    if (this.identity !== before) this.onMoved();
    this.checkedAt = performance.now();
    this.suspect = false;
    this.unchecked = false;
  }

  /**
   * Goes over to a new connection.
   * @param content what the database has to hold, where that can be said. A drive that came back has it; an older
   * copy has not.
   */
  private goOver(content: string | null): void {
    const isOurs = this.db.reconnect(
      (connection) =>
        nameIn(connection) === this.name && (content === null || contentIn(connection) === content),
    );
    if (!isOurs) {
      throw this.gone('is another file now. Move that one away, and Poolboard puts its own back');
    }
  }

  /** Writes the database to its path again, from the files that are still open. */
  private putBack(): void {
    const { db } = this;
    const content = contentOf(db);
    if (content === null) {
      throw this.gone('is gone. Connect its drive, or put its folder back, and Poolboard goes on');
    }
    // Another program may be doing the same.
    const copy = `${db.file}.restoring-${process.pid}-${threadId}`;
    try {
      makeFolder(path.dirname(db.file));
      this.copyTo(copy);
    } catch (error) {
      if (isBusy(error)) throw error;
      const said = error instanceof Error ? error.message : String(error);
      throw this.gone(
        `was removed, and cannot be put back (${said}). Put its folder back, or make room for it`,
        error,
      );
    } finally {
      remove(copy);
    }
    this.goOver(contentOf(db));
  }

  /**
   * Copies the database and moves the copy to its place. Another program may have the same removed files open: what
   * it writes must not be missed, and what it would write later must fail, so that it looks for the new file.
   */
  private copyTo(copy: string): void {
    const { db } = this;
    for (;;) {
      remove(copy);
      const version = db.pragma('data_version');
      db.exec(`VACUUM INTO '${copy.replaceAll("'", "''")}'`);
      sync(copy);
      const isDone = db.transaction(() => {
        // The other program was faster.
        if (identify(db.file) !== null) return true;
        if (db.pragma('data_version') !== version) return false;
        // The log of a removed database is none of the copy's.
        for (const part of ['-wal', '-shm']) rmSync(`${db.file}${part}`, { force: true });
        renameSync(copy, db.file);
        db.exec('DROP TABLE batches; DROP TABLE settings');
        return true;
      });
      if (isDone) return;
    }
  }

  private gone(what: string, cause?: unknown): PoolboardError {
    return new PoolboardError('STORE_GONE', `The database ${this.db.file} ${what}.`, { cause });
  }
}

function identify(file: string): FileIdentity | null {
  try {
    return fileIdentity(file);
  } catch (error) {
    // It is there, perhaps, and opening it says what is wrong.
    return `unknown: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const nameSql = "SELECT value AS text FROM settings WHERE name = 'database'";

/** Changes with everything that is written, for each write of tasks changes a batch's counts or bytes. */
const contentSql = `
  SELECT (SELECT json_group_array(json_array(id, state, owner, rest, total, enumerated, succeeded, failed, canceled,
      skipped, started_at, ended_at, bytes, generation, deleted_at, busy_ms, priority, place)) FROM batches)
    || (SELECT json_group_array(json_array(name, value)) FROM settings) AS text`;

/** Null where the database cannot be read, or was moved away by another program. */
function contentOf(db: Database): string | null {
  try {
    return db.get<{ text: string }>(contentSql)?.text ?? null;
  } catch {
    return null;
  }
}

const contentIn = (connection: DatabaseSync) => textIn(connection, contentSql);
const nameIn = (connection: DatabaseSync) => textIn(connection, nameSql);

function textIn(connection: DatabaseSync, sql: string): unknown {
  try {
    return connection.prepare(sql).get()?.text;
  } catch {
    return undefined;
  }
}

/** Waits until a file is on the disk, before another one's name is given to it. */
function sync(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Its folder is not there, or is one of another kind: then there is nothing to remove.
  }
}
