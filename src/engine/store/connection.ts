import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { PoolboardError } from '../../shared/errors.ts';
import { makeFolder } from '../make-folder.ts';
import { identify } from './migrate.ts';
import { isBusy, toStoreError } from './store-error.ts';

/** How long a statement waits for another program's transaction: then the batch that it belongs to is paused. */
const busyTimeoutMs = 2500;

/** The same while a database is opened: another program may be bringing a large one up to date. */
const openingTimeoutMs = 30_000;

const logBytes = 2 ** 24;

/**
 * What has to be said before the first page of a file is written. Pages that become free can be given back to
 * the file system; that makes writing results some 8 % slower with pages of 4096 bytes, and larger pages make
 * it as fast again.
 */
const newFile = 'PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL';

export interface ConnectionOptions {
  /** Only reads. */
  readOnly?: boolean;
  /** Makes the folder and the file where they are missing. */
  create?: boolean;
  /** The database does not grow over this many pages of 4096 bytes. Default: no limit. */
  maxPages?: number;
}

/**
 * Opens a database file, and does something with it first.
 * @param prepare runs while the connection waits patiently for other programs; for migrating, for example.
 * Throws a `PoolboardError`.
 */
export function connect(
  file: string,
  options: ConnectionOptions,
  prepare?: (connection: DatabaseSync) => void,
): DatabaseSync {
  if (options.create) makeDataFolder(path.dirname(file));
  // Without `mode` SQLite makes an empty database in the place of one that is away for a moment.
  const url = pathToFileURL(file);
  url.searchParams.set('mode', options.create ? 'rwc' : 'rw');
  let connection: DatabaseSync;
  try {
    connection = new DatabaseSync(url, { timeout: openingTimeoutMs });
  } catch (error) {
    throw toStoreError(error, file);
  }
  try {
    setUp(connection, file, options);
    prepare?.(connection);
    connection.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    return connection;
  } catch (error) {
    connection.close();
    throw toStoreError(error, file);
  }
}

function setUp(connection: DatabaseSync, file: string, { readOnly, maxPages }: ConnectionOptions): void {
  if (readOnly) {
    connection.exec('PRAGMA query_only = ON');
  } else {
    becomeWal(connection, file);
    // FULL: a commit is on the disk before it is reported, also when the power fails. With NORMAL the last
    // transactions could be lost then. It is one sync a transaction, and transactions grow with the load: a
    // million rows at 20,000 a transaction take the same time with both; one row a transaction, one after
    // the other, still makes 1,400 a second.
    // A checkpoint each 16 MB: the default of 4 MB rewrites the same inner pages more often. The log goes back
    // to that size after it was larger.
    const pageBytes = Number(connection.prepare('PRAGMA page_size').get()!.page_size);
    connection.exec(
      `PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${logBytes / pageBytes};
       PRAGMA journal_size_limit = ${logBytes}`,
    );
    if (maxPages !== undefined) {
      connection.exec(`PRAGMA max_page_count = ${Math.ceil((maxPages * 4096) / pageBytes)}`);
    }
  }
  connection.exec('PRAGMA cache_size = -16000');
}

/**
 * Two programs that open a new folder at once both want to turn on the write-ahead log, which needs the file
 * alone; SQLite answers "busy" at once there, without the timeout.
 */
function becomeWal(connection: DatabaseSync, file: string): void {
  const until = Date.now() + openingTimeoutMs;
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      // Before anything is changed, the log included: a file of another program stays as it is.
      if (identify(connection, file) === 0) connection.exec(newFile);
      connection.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > until) throw error;
      Atomics.wait(pause, 0, 0, 20);
    }
  }
}

/** Makes a data folder. Throws `STORE_CANNOT_OPEN`. */
function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new PoolboardError(
      'STORE_CANNOT_OPEN',
      `The data folder ${folder} cannot be made (${(error as Error).message}). Choose another one.`,
      { cause: error },
    );
  }
}
