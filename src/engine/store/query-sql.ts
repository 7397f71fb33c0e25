import type { SQLInputValue } from 'node:sqlite';
import { stateCode } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { firstKey, lastKey } from './keys.ts';
import type { StoredBatch } from './store.ts';

/** A part of an SQL text with the values of its parameters. */
interface Part {
  sql: string;
  values: SQLInputValue[];
}

const succeeded = stateCode('succeeded');

/** A JSON text as a person reads it: a string without its quotes and escapes, anything else as it is. */
const readableSql = (json: string) => `
  CASE WHEN substr(${json}, 1, 1) <> '"' THEN ${json}
       WHEN instr(${json}, '\\') = 0 THEN substr(${json}, 2, length(${json}) - 2)
       ELSE ${json} ->> '$' END`;

/** The result of a task that did not succeed, as a row shows it; null where it has no error of its own. */
export const errorSql = `
  CASE WHEN results.value <> 'null' THEN
    coalesce(results.value ->> '$.name', 'Error') || ': ' || coalesce(results.value ->> '$.message', '') END`;

const from = 'tasks LEFT JOIN results ON results.key = tasks.key';

/** Selects `task`, the index of each task of the batch that matches, in the order of the query. */
export function matchingSql(batch: StoredBatch, query: TaskQuery): Part {
  const parts = [stateSql(batch, query), searchSql(query.search)].filter((part) => part !== null);
  const where = ['tasks.key BETWEEN ? AND ?', ...parts.map(({ sql }) => sql)].join(' AND ');
  const order = orderSql(batch, query);
  return {
    sql: `SELECT CAST(tasks.key - ? AS INTEGER) AS task FROM ${from} WHERE ${where} ORDER BY ${order.sql}`,
    values: [
      firstKey(batch.id),
      firstKey(batch.id),
      lastKey(batch.id),
      ...parts.flatMap(({ values }) => values),
      ...order.values,
    ],
  };
}

function stateSql(batch: StoredBatch, { filter }: TaskQuery): Part | null {
  if (filter === 'all') return null;
  if (filter === batch.rest) {
    return { sql: '(results.state = ? OR results.key IS NULL)', values: [stateCode(filter)] };
  }
  return { sql: 'results.state = ?', values: [stateCode(filter)] };
}

function searchSql(search: string): Part | null {
  if (search === '') return null;
  const found = (text: string) => containsSql(text, search);
  const parts = [
    found(readableSql('tasks.input')),
    found(`CASE results.state WHEN ${succeeded} THEN ${readableSql('results.value')} ELSE ${errorSql} END`),
  ];
  return {
    sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`,
    values: parts.flatMap(({ values }) => values),
  };
}

function containsSql(text: string, search: string): Part {
  // LIKE ignores the case of ASCII letters only; for other texts there is a function of ours.
  if (/^[\x20-\x7e]*$/.test(search)) {
    return { sql: `${text} LIKE ? ESCAPE '\\'`, values: [`%${search.replaceAll(/[\\%_]/g, '\\$&')}%`] };
  }
  return { sql: `contains(${text}, ?)`, values: [search.toLowerCase()] };
}

/** The function `contains` of SQL: whether a text holds another one, which is in lower case, ignoring case. */
export const contains = (text: unknown, lowerCase: unknown): number =>
  Number(typeof text === 'string' && text.toLowerCase().includes(String(lowerCase)));

function orderSql(batch: StoredBatch, { sort, descending }: TaskQuery): Part {
  const direction = descending ? 'DESC' : 'ASC';
  switch (sort) {
    case 'index':
      return { sql: `tasks.key ${direction}`, values: [] };
    case 'input':
      // Numbers by value, before texts; long texts by their beginning.
      return {
        sql: `CASE WHEN tasks.input GLOB '[-0-9]*' THEN CAST(tasks.input AS REAL)
                   ELSE substr(tasks.input, 1, 1000) END COLLATE NOCASE ${direction}, tasks.key`,
        values: [],
      };
    case 'state':
      return { sql: `coalesce(results.state, ?) ${direction}, tasks.key`, values: [stateCode(batch.rest)] };
    case 'ms':
    case 'worker':
      // Tasks that have none stand last, whichever way.
      return { sql: `results.${sort} ${direction} NULLS LAST, tasks.key`, values: [] };
  }
}
