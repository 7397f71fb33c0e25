import type { SQLInputValue } from 'node:sqlite';
import type { ResultFilter, ResultQuery } from '../../shared/contract/results.ts';
import { stateCode, type TaskIndex } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import type { Database } from './database.ts';
import { firstKey, lastKey } from './keys.ts';
import type { Matcher, Matches } from './matches.ts';
import { containsSql } from './query-sql.ts';
import { columnSql } from './result-scan.ts';
import type { StoredBatch } from './store.ts';

const succeeded = stateCode('succeeded');
const allResults: TaskQuery = { filter: 'succeeded', search: '', sort: 'index', descending: false };

const maxLists = 4;
/** A list of a batch that runs is good for this many times the time that it took. */
const patience = 30;

/** Finds the results that match, over all of a batch; keeps the lists of the latest questions as `Matcher` does. */
export class ResultMatcher {
  private readonly db: Database;
  private readonly matcher: Matcher;
  private readonly lists = new Map<string, { version: string; matches: Matches; until: number }>();

  constructor(db: Database, matcher: Matcher) {
    this.db = db;
    this.matcher = matcher;
  }

  slice(
    batch: StoredBatch,
    query: ResultQuery,
    from: number,
    count: number,
  ): { tasks: TaskIndex[]; total: number } {
    if (isPlain(query)) return this.matcher.slice(batch, allResults, from, count);
    const matches = this.all(batch, query);
    return { tasks: [...matches.subarray(from, from + count)], total: matches.length };
  }

  all(batch: StoredBatch, query: ResultQuery): Matches {
    if (isPlain(query)) return this.matcher.all(batch, allResults);
    const name = JSON.stringify([batch.id, query.filters, query.sort]);
    const version = JSON.stringify([batch.counts.succeeded, batch.generation]);
    const known = this.lists.get(name);
    const begun = performance.now();
    const good = known && (known.version === version || (batch.endedAt === null && begun < known.until));
    const matches = good ? known.matches : this.find(batch, query);
    const ended = performance.now();
    this.lists.delete(name);
    this.lists.set(name, good ? known : { version, matches, until: ended + (ended - begun) * patience });
    for (const oldest of this.lists.keys()) {
      if (this.lists.size <= maxLists) break;
      this.lists.delete(oldest);
    }
    return matches;
  }

  private find(batch: StoredBatch, query: ResultQuery): Matches {
    const { sql, values } = resultsSql(batch, query);
    const row = this.db.get<{ tasks: string }>(
      `SELECT json_group_array(task) AS tasks FROM (${sql})`,
      ...values,
    );
    return Uint32Array.from(JSON.parse(row!.tasks) as TaskIndex[]);
  }
}

const isPlain = ({ filters, sort }: ResultQuery): boolean => filters.length === 0 && sort === null;

/** Selects `task` of each result that matches, in order. */
function resultsSql(
  batch: StoredBatch,
  { filters, sort }: ResultQuery,
): { sql: string; values: SQLInputValue[] } {
  const conditions = filters.map(conditionSql);
  const by = sort && columnSql(sort.column);
  const needsInput = by?.needsInput || conditions.some((condition) => condition.needsInput);
  const order = by ? `${by.sql} COLLATE NOCASE ${sort!.descending ? 'DESC' : 'ASC'} NULLS LAST, ` : '';
  const where = [
    'results.key BETWEEN ? AND ?',
    `results.state = ${succeeded}`,
    ...conditions.map(({ sql }) => `(${sql})`),
  ];
  return {
    sql: `SELECT CAST(results.key - ? AS INTEGER) AS task
      FROM results ${needsInput ? 'CROSS JOIN tasks ON tasks.key = results.key' : ''}
      WHERE ${where.join(' AND ')} ORDER BY ${order}results.key`,
    values: [
      firstKey(batch.id),
      firstKey(batch.id),
      lastKey(batch.id),
      ...conditions.flatMap(({ values }) => values),
      ...(by?.values ?? []),
    ],
  };
}

function conditionSql({ column, operator, value }: ResultFilter) {
  const { sql: plain, values, needsInput } = columnSql(column);
  // The key holds the batch too.
  const sql = plain === 'results.key' ? '(results.key & 0xffffffff)' : plain;
  const part = (text: string, more: SQLInputValue[]) => ({ sql: text, values: more, needsInput });
  switch (operator) {
    case 'empty':
      return part(`coalesce(${sql}, '') = ''`, values);
    case 'filled':
      return part(`coalesce(${sql}, '') <> ''`, values);
    case 'contains': {
      const found = containsSql(sql, value);
      // The parameters of the column stand inside of those of the comparison: first.
      return part(found.sql, [...values, ...found.values]);
    }
    case 'equals':
      return equalsSql(sql, values, value, needsInput);
    case 'greater':
    case 'less': {
      const sign = operator === 'greater' ? '>' : '<';
      const number = numberOf(value);
      const asText = `typeof(${sql}) = 'text' AND ${sql} ${sign} ?`;
      if (number === null) return part(asText, [...values, ...values, value]);
      return part(`typeof(${sql}) <> 'text' AND ${sql} ${sign} ? OR ${asText}`, [
        ...values,
        ...values,
        number,
        ...values,
        ...values,
        value,
      ]);
    }
  }
}

/** Without regard to case; `true` and `false` are the ones and zeros of SQL too. */
function equalsSql(sql: string, values: SQLInputValue[], value: string, needsInput: boolean) {
  const number = numberOf(value) ?? { true: 1, false: 0 }[value.toLowerCase()] ?? null;
  const asText = `${sql} = ? COLLATE NOCASE`;
  if (number === null) return { sql: asText, values: [...values, value], needsInput };
  return { sql: `${sql} = ? OR ${asText}`, values: [...values, number, ...values, value], needsInput };
}

function numberOf(text: string): number | null {
  const number = Number(text.trim().replaceAll(/(?<=\d)[,_ {2}](?=\d{3})/g, ''));
  return text.trim() === '' || Number.isNaN(number) ? null : number;
}
