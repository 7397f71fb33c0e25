import type { SQLInputValue } from 'node:sqlite';
import { stateCode, type TaskIndex, type TaskState } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { firstKey, keyOf, lastKey } from './keys.ts';
import type { StoredBatch } from './store.ts';

/** A part of an SQL text with the values of its parameters. */
export interface Part {
  sql: string;
  values: SQLInputValue[];
}

const succeeded = stateCode('succeeded');

/** A JSON text as a person reads it: a string without its quotes and escapes, anything else as it is. */
export const readableSql = (json: string) => `
  CASE WHEN substr(${json}, 1, 1) <> '"' THEN ${json}
       WHEN instr(${json}, '\\') = 0 THEN substr(${json}, 2, length(${json}) - 2)
       ELSE ${json} ->> '$' END`;

/** The JSON text of an error, as a row shows it; null where there is none. */
export const errorSql = (json: string) => `
  CASE WHEN ${json} <> 'null' THEN
    coalesce(${json} ->> '$.name', 'Error') || ': ' || coalesce(${json} ->> '$.message', '') END`;

/**
 * Selects `task`, the index of each task of the batch that matches, in the order of the query.
 * @param from the tasks before this one are known not to match.
 * @param endedOnly leave out the tasks without a result.
 */
export function matchingSql(batch: StoredBatch, query: TaskQuery, from: TaskIndex, endedOnly = false): Part {
  const { tables, key, condition } = endedOnly
    ? { tables: 'results', key: 'results.key', condition: '' }
    : sourceSql(batch, query);
  const search = searchSql(query.search);
  const order = orderSql(batch, query, key);
  const where = [`${key} BETWEEN ? AND ?`, condition, search.sql].filter((sql) => sql !== '').join(' AND ');
  return {
    sql: `SELECT CAST(${key} - ? AS INTEGER) AS task FROM ${tables} WHERE ${where} ORDER BY ${order}`,
    values: [firstKey(batch.id), keyOf(batch.id, from), lastKey(batch.id), ...search.values],
  };
}

/**
 * Selects, as JSON arrays, `tasks`: the index of each task from `first` to before `end` that matches, in the order
 * of the tasks or against it; and `ranks`: what the query sorts each by, a number or null. Not for sorts by input.
 * @param fewMatch few of them are thought to match: then those that may are found first, see {@link candidatesSql}.
 */
export function sliceSql(
  batch: StoredBatch,
  query: TaskQuery,
  first: TaskIndex,
  end: TaskIndex,
  fewMatch: boolean,
): Part {
  const candidates = fewMatch ? candidatesSql(batch, query, first, end) : null;
  const { tables, key, condition } = candidates?.source ?? sourceSql(batch, query);
  const search = searchSql(query.search);
  const where = [`${key} BETWEEN ? AND ?`, condition, search.sql].filter((sql) => sql !== '').join(' AND ');
  const backwards = query.sort === 'index' && query.descending;
  const rank = query.sort === 'index' ? '' : `, ${rankSql(batch, query.sort)} AS rank`;
  return {
    sql: `${candidates?.sql ?? ''} SELECT json_group_array(task) AS tasks${rank && ', json_group_array(rank) AS ranks'} FROM (
      SELECT CAST(${key} - ? AS INTEGER) AS task${rank} FROM ${tables}
      WHERE ${where} ORDER BY ${key} ${backwards ? 'DESC' : 'ASC'})`,
    values: [
      ...(candidates?.values ?? []),
      firstKey(batch.id),
      keyOf(batch.id, first),
      keyOf(batch.id, end - 1),
      ...search.values,
    ],
  };
}

/**
 * Selects `ended`: how many tasks from `first` to before `end` have ended; and, as a JSON array, `ranks`: what the
 * sort gives each of them, in their order. Where all have ended, that says it all in half the time of `sliceSql`.
 */
export function endedRanksSql(
  batch: StoredBatch,
  sort: Exclude<TaskQuery['sort'], 'index'>,
  first: TaskIndex,
  end: TaskIndex,
): Part {
  return {
    sql: `SELECT count(*) AS ended, json_group_array(rank) AS ranks FROM (
      SELECT ${rankSql(batch, sort)} AS rank FROM results WHERE key BETWEEN ? AND ? ORDER BY key)`,
    values: [keyOf(batch.id, first), keyOf(batch.id, end - 1)],
  };
}

interface Source {
  tables: string;
  key: string;
  condition: string;
}

/**
 * The tasks that may hold the text that is searched for: those whose JSON texts hold it as it is. Each table is
 * passed through alone, which takes half the time of both together. Null where a JSON text may hold it in escapes,
 * and where the tasks of a filter are found by an index.
 */
function candidatesSql(
  batch: StoredBatch,
  query: TaskQuery,
  first: TaskIndex,
  end: TaskIndex,
): (Part & { source: Source }) | null {
  const { filter, search } = query;
  const isOfAll = filter === 'all' || filter === 'succeeded' || filter === batch.rest;
  if (!isOfAll || !isNeverEscaped.test(search)) return null;
  const raw = (column: string) => containsSql(column, search);
  const [input, value] = [raw('input'), raw('value')];
  // Inputs in JSON are kept as they were given, and a text may be escaped without need.
  const escaped = batch.spec.inputs.kind === 'rows' ? ` OR instr(input, '\\')` : '';
  const keys = [keyOf(batch.id, first), keyOf(batch.id, end - 1)];
  const state = filter === 'all' ? '' : conditionOf(batch, filter);
  return {
    // What is shown of an error is put together of its parts: those are all looked at.
    sql: `WITH candidates (key) AS (
      SELECT key FROM tasks WHERE key BETWEEN ? AND ? AND (${input.sql}${escaped})
      UNION
      SELECT key FROM results WHERE key BETWEEN ? AND ? AND (state <> ${succeeded} OR ${value.sql}))`,
    values: [...keys, ...input.values, ...keys, ...value.values],
    source: {
      tables: `candidates CROSS JOIN tasks ON tasks.key = candidates.key
        LEFT JOIN results ON results.key = candidates.key`,
      key: 'candidates.key',
      condition: state,
    },
  };
}

/** Texts that every encoder of JSON writes as they are: of printable ASCII, without quotes and backslashes. */
const isNeverEscaped = /^[ !#-[\]-~]+$/;

/**
 * The tables that a filter needs, the most selective one first: without statistics SQLite cannot know it, and
 * it sees that the partial index applies only where the state is a literal.
 */
function sourceSql(batch: StoredBatch, { filter, search, sort }: TaskQuery): Source {
  const withResults = 'tasks LEFT JOIN results ON results.key = tasks.key';
  if (filter === 'all') return { tables: withResults, key: 'tasks.key', condition: '' };
  const state = conditionOf(batch, filter);
  if (filter === batch.rest) return { tables: withResults, key: 'tasks.key', condition: state };
  const isSucceeded = filter === 'succeeded';
  const results = isSucceeded ? 'results' : 'results INDEXED BY unsuccessful';
  const needsInput = search !== '' || sort === 'input';
  const tables = needsInput ? `${results} CROSS JOIN tasks ON tasks.key = results.key` : results;
  // The index's own condition has to stand in the query: SQLite does not infer it from the state.
  const condition = isSucceeded ? state : `${state} AND results.state <> ${succeeded}`;
  return { tables, key: 'results.key', condition };
}

function conditionOf(batch: StoredBatch, filter: TaskState): string {
  const state = `results.state = ${stateCode(filter)}`;
  return filter === batch.rest ? `(results.key IS NULL OR ${state})` : state;
}

function searchSql(search: string): Part {
  if (search === '') return { sql: '', values: [] };
  const found = (text: string) => containsSql(text, search);
  const parts = [
    found(readableSql('tasks.input')),
    found(
      `CASE results.state WHEN ${succeeded} THEN ${readableSql('results.value')} ELSE ${errorSql('results.value')} END`,
    ),
  ];
  return {
    sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`,
    values: parts.flatMap(({ values }) => values),
  };
}

/** Whether a text holds another one, ignoring case. */
export function containsSql(text: string, search: string): Part {
  // LIKE ignores the case of ASCII letters only. The other letters that are searched for are made lower case in
  // the text first: by SQLite, for a function of ours would keep a million texts in memory until the end.
  const letters = [...new Set(search.toLowerCase())].filter(hasOtherCase);
  let sql = text;
  const values: string[] = [];
  let wanted = search;
  for (const letter of letters) {
    const upper = letter.toUpperCase();
    sql = `replace(${sql}, ?, ?)`;
    values.push(upper, letter);
    wanted = wanted.replaceAll(upper, letter);
  }
  const pattern = `%${wanted.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return { sql: `(${sql}) LIKE ? ESCAPE '\\'`, values: [...values, pattern] };
}

/** Whether a lower-case letter outside ASCII has an upper case of one letter that leads back to it. */
function hasOtherCase(letter: string): boolean {
  const upper = letter.toUpperCase();
  return letter > '\x7f' && upper !== letter && [...upper].length === 1 && upper.toLowerCase() === letter;
}

function orderSql(batch: StoredBatch, { sort, descending }: TaskQuery, key: string): string {
  const direction = descending ? 'DESC' : 'ASC';
  // Tasks that have none stand last, whichever way.
  return sort === 'index'
    ? `${key} ${direction}`
    : `${rankSql(batch, sort)} COLLATE NOCASE ${direction} NULLS LAST, ${key}`;
}

/** What tasks are sorted by: a number, or a text where it is the input. */
function rankSql(batch: StoredBatch, sort: Exclude<TaskQuery['sort'], 'index'>): string {
  switch (sort) {
    case 'input':
      // Numbers by value, before texts; long texts by their beginning.
      return `CASE WHEN tasks.input GLOB '[-0-9]*' THEN CAST(tasks.input AS REAL)
                   ELSE substr(tasks.input, 1, 1000) END`;
    case 'state':
      return `coalesce(results.state, ${stateCode(batch.rest)})`;
    case 'ms':
      // Whole nanoseconds: they go through a JSON text as they are, and faster.
      return 'CAST(results.ms * 1e6 AS INTEGER)';
    case 'worker':
      return 'results.worker';
  }
}
