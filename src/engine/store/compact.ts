import type { Database } from './database.ts';

/** Removes up to so many free pages from the end of the file; false where the file is one that keeps them. */
export function giveBackPages(db: Database, count: number): boolean {
  const before = db.pragma('freelist_count');
  if (before === 0) return false;
  db.exec(`PRAGMA incremental_vacuum(${count})`);
  return db.pragma('freelist_count') < before;
}

/**
 * Lets the file system see what was given back. Runs outside of transactions.
 *
 * Databases of version 1 were made so that they keep their free pages for later. Where half of such a file is
 * free and no batch is under way, for nothing else can be written meanwhile, it is rebuilt once as one that does
 * not: about a second for 100 MB.
 */
export function compact(db: Database): void {
  if (db.pragma('auto_vacuum') === 0 && isHalfFree(db) && !isBusyWithBatch(db)) {
    db.exec('PRAGMA auto_vacuum = INCREMENTAL; VACUUM');
  }
  // Not where others read at this moment, who would have to be waited for: the next checkpoint does it then.
  const timeout = db.get<{ timeout: number }>('PRAGMA busy_timeout')!.timeout;
  db.exec('PRAGMA busy_timeout = 0');
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    db.exec(`PRAGMA busy_timeout = ${timeout}`);
  }
}

const isHalfFree = (db: Database) => db.pragma('freelist_count') * 2 >= db.pragma('page_count');

const isBusyWithBatch = (db: Database) =>
  db.get("SELECT 1 FROM batches WHERE state IN ('queued', 'running', 'paused', 'closing') LIMIT 1") !==
  undefined;
