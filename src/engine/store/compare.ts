import {
  type ComparedTask,
  type Comparison,
  type ComparisonPage,
  type ComparisonQuery,
  type ComparisonRow,
  type Difference,
  differences,
  type Threshold,
} from '../../shared/contract/compare.ts';
import { type BatchId, stateCode, taskStates } from '../../shared/task.ts';
import { requireBatch } from './batches.ts';
import {
  createTables,
  filterSql,
  firstNewPair,
  listSql,
  pairByInput,
  pairByPlace,
  speedSql,
} from './compare-sql.ts';
import type { Database } from './database.ts';
import { firstKey } from './keys.ts';
import { errorSql } from './query-sql.ts';
import { cutText, enoughJson, readable } from './readable.ts';
import type { StoredBatch } from './store.ts';

const succeeded = stateCode('succeeded');

interface PairRow {
  pair: number;
  after: number | null;
  difference: number;
  speed: number;
  input: string;
  before_state: number | null;
  before_ms: number | null;
  before_value: string | null;
  before_error: string | null;
  after_state: number | null;
  after_ms: number | null;
  after_value: string | null;
  after_error: string | null;
}

interface Figures {
  byDifference: Record<Difference, number>;
  medianMs: Comparison['medianMs'];
  totalMs: Comparison['totalMs'];
}

/**
 * Compares two batches for one connection. The pairs of their tasks are put into a temporary table, which is
 * kept until another two are compared or one of them changes; so is the list that a query shows, by which a row
 * of any position is found at once. SQLite keeps both in a file, so that a million pairs take little memory.
 */
export class Comparer {
  readonly #db: Database;
  #compared = '';
  #figures: Figures | null = null;
  #listed = { key: '', total: 0 };

  constructor(db: Database) {
    this.#db = db;
  }

  /** Throws `NO_SUCH_BATCH`. */
  open(before: BatchId, after: BatchId, threshold: Threshold): Comparison {
    this.#compare(before, after);
    const { byDifference, medianMs, totalMs } = this.#figures!;
    const { slower, faster, sameButSpeed } = this.#speeds(threshold);
    const { same, ...different } = byDifference;
    const all = sum(Object.values(byDifference));
    return {
      before,
      after,
      paired: all - different.gone - different.new,
      counts: { ...different, all, slower, faster, different: all - same + sameButSpeed },
      medianMs,
      totalMs,
    };
  }

  /** Throws `NO_SUCH_BATCH`. */
  rows(query: ComparisonQuery, from: number, count: number): ComparisonPage {
    this.#compareOnce(query.before, query.after);
    const total = this.#list(query);
    const rows = this.#db.all<PairRow>(pageSql(query), from + 1, from + count);
    const [before, after] = [query.before, query.after].map((id) => requireBatch(this.#db, id)) as [
      StoredBatch,
      StoredBatch,
    ];
    return { from, rows: rows.map((row) => toRow(row, before, after)), total };
  }

  /** As it was when it was opened, where it was. */
  #compareOnce(before: BatchId, after: BatchId): void {
    if (!this.#compared.startsWith(`${before} ${after} `) || !this.#isThere()) this.#compare(before, after);
  }

  #compare(beforeId: BatchId, afterId: BatchId): void {
    const [before, after] = [requireBatch(this.#db, beforeId), requireBatch(this.#db, afterId)];
    const version = [before, after].map(({ total, rest, counts, generation }) => [
      total,
      rest,
      counts,
      generation,
    ]);
    const compared = `${beforeId} ${afterId} ${JSON.stringify(version)}`;
    if (compared === this.#compared && this.#isThere()) return;
    this.#compared = '';
    this.#listed = { key: '', total: 0 };
    this.#write(() => {
      this.#db.exec(createTables);
      this.#db.exec(pairByPlace(before, after));
      const pairs = this.#db.get<{ n: number }>('SELECT count(*) AS n FROM temp.pairs')!.n;
      if (pairs < Math.max(before.total, after.total)) this.#db.exec(pairByInput(before, after));
      this.#figures = this.#findFigures();
    });
    this.#compared = compared;
  }

  /** A connection that was made anew has no temporary tables. */
  #isThere(): boolean {
    return this.#db.get("SELECT 1 FROM temp.sqlite_schema WHERE name = 'list'") !== undefined;
  }

  #list(query: ComparisonQuery): number {
    const { filter, search, sort, threshold } = query;
    const key = JSON.stringify([this.#compared, filter, search, sort, threshold]);
    if (key === this.#listed.key) return this.#listed.total;
    const { sql, values } = listSql(query);
    const total = this.#write(() => {
      this.#db.run('DELETE FROM temp.list');
      return this.#db.run(`INSERT INTO temp.list (pair) ${sql}`, ...values).changes;
    });
    this.#listed = { key, total };
    return total;
  }

  /** What does not depend on a threshold. Writes temporary tables. */
  #findFigures(): Figures {
    const rows = this.#db.all<{ difference: number; count: number }>(
      'SELECT difference, count(*) AS count FROM temp.pairs GROUP BY difference',
    );
    const counted = new Map(rows.map(({ difference, count }) => [differences[difference], count]));
    const totals = this.#db.get<{ count: number; before: number; after: number }>(
      `SELECT count(ms_after) AS count, total(ms_before) AS "before", total(ms_after) AS "after" FROM temp.pairs`,
    )!;
    return {
      byDifference: Object.fromEntries(differences.map((each) => [each, counted.get(each) ?? 0])) as Record<
        Difference,
        number
      >,
      medianMs:
        totals.count === 0
          ? null
          : {
              before: this.#median('ms_before', totals.count),
              after: this.#median('ms_after', totals.count),
            },
      totalMs: { before: totals.before, after: totals.after },
    };
  }

  #speeds(threshold: Threshold): { slower: number; faster: number; sameButSpeed: number } {
    const [slower, faster] = (['slower', 'faster'] as const).map(
      (speed) =>
        this.#db.get<{ count: number; same: number }>(
          `SELECT count(*) AS count, coalesce(sum(difference = ${differences.indexOf('same')}), 0) AS same
           FROM temp.pairs WHERE ${filterSql(speed, threshold)}`,
        )!,
    ) as [{ count: number; same: number }, { count: number; same: number }];
    return { slower: slower.count, faster: faster.count, sameButSpeed: slower.same + faster.same };
  }

  #median(column: string, count: number): number {
    // Sorted into a table: with a limit, SQLite would keep half a million rows in a tree instead of sorting them.
    this.#db.exec(`
      DROP TABLE IF EXISTS temp.times;
      CREATE TEMP TABLE times (position INTEGER PRIMARY KEY, ms REAL);
      INSERT INTO temp.times (ms) SELECT ${column} FROM temp.pairs WHERE ${column} IS NOT NULL ORDER BY ${column}`);
    const at = Math.floor((count - 1) / 2) + 1;
    const { ms } = this.#db.get<{ ms: number }>('SELECT ms FROM temp.times WHERE position = ?', at)!;
    this.#db.exec('DROP TABLE temp.times');
    return ms;
  }

  /** The connection only reads; its temporary tables are its own. */
  #write<Result>(work: () => Result): Result {
    const before = this.#db.pragma('query_only');
    this.#db.exec('PRAGMA query_only = OFF');
    try {
      return work();
    } finally {
      this.#db.exec(`PRAGMA query_only = ${before}`);
    }
  }
}

const resultColumns = (table: string, as: string): string => `
  ${table}.state AS ${as}_state, ${table}.ms AS ${as}_ms,
  CASE WHEN ${table}.state = ${succeeded} THEN substr(${table}.value, 1, ${enoughJson}) END AS ${as}_value,
  CASE WHEN ${table}.state <> ${succeeded} THEN substr(${errorSql(`${table}.value`)}, 1, ${enoughJson}) END AS ${as}_error`;

const pageSql = ({ before, after, threshold }: ComparisonQuery): string => `
  SELECT pairs.pair, pairs.after, pairs.difference, ${speedSql(threshold)} AS speed,
    substr(coalesce(tt.input, tn.input), 1, ${enoughJson}) AS input,
    ${resultColumns('rt', 'before')}, ${resultColumns('rn', 'after')}
  FROM temp.list
    CROSS JOIN temp.pairs ON pairs.pair = list.pair
    LEFT JOIN tasks AS tt ON pairs.pair < ${firstNewPair} AND tt.key = pairs.pair + ${firstKey(before)}
    LEFT JOIN tasks AS tn ON tn.key = pairs.after + ${firstKey(after)}
    LEFT JOIN results AS rt ON rt.key = tt.key
    LEFT JOIN results AS rn ON rn.key = tn.key
  WHERE list.position BETWEEN ? AND ? ORDER BY list.position`;

function toRow(row: PairRow, before: StoredBatch, after: StoredBatch): ComparisonRow {
  return {
    input: readable(row.input),
    difference: differences[row.difference]!,
    speed: row.speed === 0 ? null : row.speed > 0 ? 'slower' : 'faster',
    before:
      row.pair >= firstNewPair
        ? null
        : toTask(row.pair, before, row.before_state, row.before_ms, row.before_value, row.before_error),
    after:
      row.after === null
        ? null
        : toTask(row.after, after, row.after_state, row.after_ms, row.after_value, row.after_error),
  };
}

function toTask(
  index: number,
  batch: StoredBatch,
  state: number | null,
  ms: number | null,
  value: string | null,
  error: string | null,
): ComparedTask {
  return {
    index,
    state: state === null ? batch.rest : taskStates[state]!,
    ms,
    result: value !== null ? readable(value) : error !== null ? cutText(error) : null,
  };
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
