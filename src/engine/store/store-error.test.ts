import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { PoolboardError } from '../../shared/errors.ts';
import { isBusy, isOwnFault, toStoreError } from './store-error.ts';
import { newFolder } from './test-store.ts';

function thrownBy(work: (db: DatabaseSync, file: string) => void): unknown {
  const file = path.join(newFolder(), 'a.db');
  const db = new DatabaseSync(file);
  try {
    work(db, file);
  } catch (error) {
    return error;
  } finally {
    db.close();
  }
  throw new Error('Nothing was thrown.');
}

test('a database that is held by another program is busy', () => {
  const error = thrownBy((db, file) => {
    const other = new DatabaseSync(file);
    other.exec('BEGIN EXCLUSIVE');
    try {
      db.exec('CREATE TABLE t (x)');
    } finally {
      other.close();
    }
  });
  expect(isBusy(error)).toBe(true);
  expect(isOwnFault(error)).toBe(false);
  expect(toStoreError(error, '/data/a.db')).toMatchObject({
    code: 'STORE_BUSY',
    message: '/data/a.db is held by another program. Close it, then try again.',
  });
});

test('a database that is read-only says so', () => {
  const error = thrownBy((db) => db.exec('PRAGMA query_only = ON; CREATE TABLE t (x)'));
  expect(isOwnFault(error)).toBe(false);
  expect(toStoreError(error, '/data/a.db').code).toBe('STORE_READ_ONLY');
});

test('a disk without room for what its readers share is full, and not broken', () => {
  // SQLITE_IOERR_SHMSIZE, as a small tmpfs without room gives it.
  const error = Object.assign(new Error('disk I/O error'), { errcode: 4874 });
  expect(toStoreError(error, '/data/a.db').code).toBe('STORE_FULL');
  expect(isOwnFault(error)).toBe(false);
  const broken = Object.assign(new Error('disk I/O error'), { errcode: 266 });
  expect(toStoreError(broken, '/data/a.db').code).toBe('STORE_IO');
});

test('a statement that is wrong is its own fault, and its error is the cause', () => {
  const error = thrownBy((db) => db.exec('CREATE TABLE t (x NOT NULL); INSERT INTO t VALUES (NULL)'));
  expect(isOwnFault(error)).toBe(true);
  expect(toStoreError(error, '/data/a.db')).toMatchObject({
    code: 'STORE_FAILED',
    message: '/data/a.db: NOT NULL constraint failed: t.x',
    cause: error,
  });
});

test('an error of ours stays as it is', () => {
  const error = new PoolboardError('NO_SUCH_BATCH', 'There is no batch 1.');
  expect(toStoreError(error, '/data/a.db')).toBe(error);
  expect(isOwnFault(error)).toBe(true);
});
