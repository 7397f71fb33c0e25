import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { connect } from './connection.ts';
import { migrate } from './migrate.ts';

export interface DatabaseOptions {
  /** Only reads: another connection of this program has made and migrated the database. */
  readOnly?: boolean;
  /** The database does not grow over this many pages of 4096 bytes. Default: no limit. */
  maxPages?: number;
}

/** A connection with its prepared statements. */
export class Database {
  readonly file: string;
  private readonly options: DatabaseOptions;
  private connection: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private readonly arrayStatements = new Map<string, StatementSync>();

  /**
   * Opens `file`, makes it where it is missing, and brings its schema up to date; where it only reads it does
   * neither. Throws a `PoolboardError`.
   */
  constructor(file: string, options: DatabaseOptions = {}) {
    this.file = file;
    this.options = options;
    // Also where there is nothing to do: a transaction takes the lock for writing, so that a database that
    // cannot be written is said now and not by the first batch, and no other program migrates meanwhile.
    this.connection = options.readOnly
      ? connect(file, options)
      : connect(file, { ...options, create: true }, (connection) =>
          inTransaction(connection, () => migrate(connection, file)),
        );
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

  /** Runs statements that are not worth keeping. */
  exec(sql: string): void {
    this.connection.exec(sql);
  }

  /** The value of a pragma that is a number. */
  pragma(name: string): number {
    return this.get<{ n: number }>(`SELECT ${name} AS n FROM pragma_${name}`)!.n;
  }

  /** Runs `work` in one transaction; nothing of it stays where it throws. */
  transaction<Result>(work: () => Result): Result {
    return inTransaction(this.connection, work);
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

  /**
   * Goes over to the file that is at the path now, where it can be opened and `isRight`; throws what `connect`
   * throws, or answers false, and stays with the one that it has otherwise.
   */
  reconnect(isRight: (connection: DatabaseSync) => boolean): boolean {
    let right = false;
    const connection = connect(this.file, this.options, (opened) => {
      right = isRight(opened);
    });
    if (!right) {
      connection.close();
      return false;
    }
    const old = this.connection;
    this.connection = connection;
    this.statements.clear();
    this.arrayStatements.clear();
    try {
      old.close();
    } catch {
      // What it could not write is not needed any more.
    }
    return true;
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
}

function inTransaction<Result>(connection: DatabaseSync, work: () => Result): Result {
  // IMMEDIATE takes the write lock at once: a transaction that starts as a reader cannot wait for it later.
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite itself has rolled back after some errors, a full disk for example.
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
