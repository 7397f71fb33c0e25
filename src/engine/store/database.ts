import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { PoolboardError } from '../../shared/errors.ts';
import { identify, migrate } from './migrate.ts';
import { isBusy, toStoreError } from './store-error.ts';

/** How long a statement waits for another program's transaction. */
const busyTimeoutMs = 10_000;

export interface DatabaseOptions {
  /** Only reads: another connection of this program has made and migrated the database. */
  readOnly?: boolean;
  /** The database does not grow over this many pages of 4096 bytes. Default: no limit. */
  maxPages?: number;
}

/** A connection with its prepared statements. */
export class Database {
  readonly file: string;
  private readonly connection: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private readonly arrayStatements = new Map<string, StatementSync>();

  /** Opens `file`, makes it where it is missing, and brings its schema up to date. Throws a `PoolboardError`. */
  constructor(file: string, options: DatabaseOptions = {}) {
    this.file = file;
    makeFolder(path.dirname(file));
    try {
      this.connection = new DatabaseSync(file, { timeout: busyTimeoutMs });
    } catch (error) {
      throw toStoreError(error, file);
    }
    try {
      this.prepareConnection(options);
      // Also where there is nothing to do: a transaction takes the lock for writing, so that a database that
      // cannot be written is said now and not by the first batch, and no other program migrates meanwhile.
      if (!options.readOnly) this.transaction(() => migrate(this.connection, file));
    } catch (error) {
      this.connection.close();
      throw toStoreError(error, file);
    }
  }

  run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number } {
    const { changes, lastInsertRowid } = this.statement(sql).run(...values);
    return { changes: Number(changes), id: Number(lastInsertRowid) };
  }

  /** The first row. `Row` is what the SQL text selects, here and below. */
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.statement(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.statement(sql).all(...values) as Row[];
  }

  iterate<Row>(sql: string, ...values: SQLInputValue[]): IterableIterator<Row> {
    return this.statement(sql).iterate(...values) as IterableIterator<Row>;
  }

  /** Rows as arrays of their columns, which are cheaper where there are many. */
  allArrays<Row extends unknown[]>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.statement(sql, true).all(...values) as unknown as Row[];
  }

  iterateArrays<Row extends unknown[]>(sql: string, ...values: SQLInputValue[]): IterableIterator<Row> {
    return this.statement(sql, true).iterate(...values) as unknown as IterableIterator<Row>;
  }

  /** Runs `work` in one transaction; nothing of it stays where it throws. */
  transaction<Result>(work: () => Result): Result {
    // IMMEDIATE takes the write lock at once: a transaction that starts as a reader cannot wait for it later.
    this.connection.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.connection.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite itself has rolled back after some errors, a full disk for example.
      if (this.connection.isTransaction) this.connection.exec('ROLLBACK');
      throw error;
    }
  }

  /** Runs `work`, which only reads, so that all of it sees the database as it is at this moment. */
  snapshot<Result>(work: () => Result): Result {
    this.connection.exec('BEGIN');
    try {
      return work();
    } finally {
      if (this.connection.isTransaction) this.connection.exec('COMMIT');
    }
  }

  close(): void {
    this.connection.close();
  }

  /** The prepared statement of an SQL text: each text is prepared once. */
  private statement(sql: string, arrays = false): StatementSync {
    const statements = arrays ? this.arrayStatements : this.statements;
    const known = statements.get(sql);
    if (known) return known;
    const statement = this.connection.prepare(sql);
    statement.setReturnArrays(arrays);
    statements.set(sql, statement);
    return statement;
  }

  private prepareConnection({ readOnly, maxPages }: DatabaseOptions): void {
    if (readOnly) {
      this.connection.exec('PRAGMA query_only = ON');
    } else {
      this.becomeWal();
      // FULL: a commit is on the disk before it is reported, also when the power fails. With NORMAL the last
      // transactions could be lost then. It is one sync a transaction, and transactions grow with the load: a
      // million rows at 20,000 a transaction take the same time with both; one row a transaction, one after
      // the other, still makes 1,400 a second.
      // A checkpoint each 16 MB: the default of 4 MB rewrites the same inner pages more often.
      this.connection.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4096');
      if (maxPages !== undefined) this.connection.exec(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
    }
    this.connection.exec('PRAGMA cache_size = -16000');
  }

  /**
   * Two programs that open a new folder at once both want to turn on the write-ahead log, which needs the file
   * alone; SQLite answers "busy" at once there, without the timeout.
   */
  private becomeWal(): void {
    const until = Date.now() + busyTimeoutMs;
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (;;) {
      try {
        // Before anything is changed, the log included: a file of another program stays as it is.
        identify(this.connection, this.file);
        this.connection.exec('PRAGMA journal_mode = WAL');
        return;
      } catch (error) {
        if (!isBusy(error) || Date.now() > until) throw error;
        Atomics.wait(pause, 0, 0, 20);
      }
    }
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new PoolboardError(
      'STORE_CANNOT_OPEN',
      `The data folder ${folder} cannot be made (${(error as Error).message}). Choose another one.`,
      { cause: error },
    );
  }
}
