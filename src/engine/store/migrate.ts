import type { DatabaseSync } from 'node:sqlite';
import { PoolboardError } from '../../shared/errors.ts';
import { migrations } from './schema.ts';

/** Marks a database as Poolboard's: "PLBD". */
const applicationId = 0x504c4244;

/**
 * Reads the version of a database's schema; 0 where it is new. Changes nothing.
 * Throws `STORE_CORRUPT` where it is another program's, `STORE_TOO_NEW` where it is a newer Poolboard's.
 */
export function identify(connection: DatabaseSync, file: string): number {
  const number = (sql: string) => Number(connection.prepare(sql).get()?.n);
  const version = number('SELECT user_version AS n FROM pragma_user_version');
  const isNew = version === 0 && number('SELECT count(*) AS n FROM sqlite_schema') === 0;
  if (!isNew && number('SELECT application_id AS n FROM pragma_application_id') !== applicationId) {
    throw new PoolboardError(
      'STORE_CORRUPT',
      `${file} is a database of another program. Move it away, or choose another data folder.`,
    );
  }
  if (version > migrations.length) {
    throw new PoolboardError(
      'STORE_TOO_NEW',
      `${file} was written by a newer Poolboard (format ${version}, this one knows ${migrations.length}). Update Poolboard, or choose another data folder.`,
    );
  }
  return version;
}

/** Brings the schema up to date. Runs in the caller's transaction. Throws what {@link identify} throws. */
export function migrate(connection: DatabaseSync, file: string): void {
  const version = identify(connection, file);
  if (version === migrations.length) return;
  for (const step of migrations.slice(version)) connection.exec(step);
  connection.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`);
}
