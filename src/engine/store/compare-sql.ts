import {
  type ComparisonFilter,
  type ComparisonQuery,
  differences,
  type Threshold,
} from '../../shared/contract/compare.ts';
import { stateCode } from '../../shared/task.ts';
import { firstKey, lastKey } from './keys.ts';
import { containsSql, type Part, readableSql } from './query-sql.ts';
import type { StoredBatch } from './store.ts';

const [succeeded, failed, canceled, skipped, pending] = (
  ['succeeded', 'failed', 'canceled', 'skipped', 'pending'] as const
).map(stateCode) as [number, number, number, number, number];
const code = Object.fromEntries(differences.map((word, position) => [word, position])) as Record<
  (typeof differences)[number],
  number
>;

/** The number of a pair that has no earlier task; those that have one are numbered by its index. */
export const firstNewPair = 2 ** 32;

/**
 * The tables of a comparison, which live as long as the connection. `ms_before` and `ms_after` are set where the
 * input succeeded in both. A list holds the pairs that a query shows, in its order.
 */
export const createTables = `
  DROP TABLE IF EXISTS temp.pairs;
  DROP TABLE IF EXISTS temp.list;
  CREATE TEMP TABLE pairs (
    pair INTEGER PRIMARY KEY, after INTEGER, difference INTEGER NOT NULL, ms_before REAL, ms_after REAL
  );
  CREATE TEMP TABLE list (position INTEGER PRIMARY KEY, pair INTEGER NOT NULL);`;

/** Pairs tasks that have the same place and the same input: all of them, where nothing of the inputs changed. */
export const pairByPlace = (before: StoredBatch, after: StoredBatch): string => `
  INSERT INTO temp.pairs (pair, after, difference, ms_before, ms_after)
  SELECT tasks.key - ${firstKey(before.id)}, others.key - ${firstKey(after.id)}, ${resultsSql(before, after)}
  FROM tasks
    CROSS JOIN tasks AS others ON others.key = tasks.key + ${firstKey(after.id) - firstKey(before.id)}
    LEFT JOIN results AS rt ON rt.key = tasks.key
    LEFT JOIN results AS rn ON rn.key = others.key
  WHERE tasks.key BETWEEN ${firstKey(before.id)} AND ${lastKey(before.id)} AND others.input = tasks.input`;

/** Pairs the others by their inputs; where an input is there more than once, the first with the first. */
export const pairByInput = (before: StoredBatch, after: StoredBatch): string => `
  DROP TABLE IF EXISTS temp.rest_before;
  DROP TABLE IF EXISTS temp.rest_after;
  ${restTable('rest_before', before)}
  ${restTable('rest_after', after)}
  INSERT INTO temp.pairs (pair, after, difference, ms_before, ms_after)
  SELECT rest_before.key - ${firstKey(before.id)}, rest_after.key - ${firstKey(after.id)}, ${resultsSql(before, after)}
  FROM temp.rest_before
    CROSS JOIN temp.rest_after ON rest_after.input = rest_before.input AND rest_after.n = rest_before.n
    LEFT JOIN results AS rt ON rt.key = rest_before.key
    LEFT JOIN results AS rn ON rn.key = rest_after.key;
  INSERT INTO temp.pairs (pair, difference)
  SELECT key - ${firstKey(before.id)}, ${code.gone} FROM temp.rest_before
  WHERE NOT EXISTS (SELECT 1 FROM temp.rest_after
                    WHERE rest_after.input = rest_before.input AND rest_after.n = rest_before.n);
  INSERT INTO temp.pairs (pair, after, difference)
  SELECT ${firstNewPair} + key - ${firstKey(after.id)}, key - ${firstKey(after.id)}, ${code.new} FROM temp.rest_after
  WHERE NOT EXISTS (SELECT 1 FROM temp.rest_before
                    WHERE rest_before.input = rest_after.input AND rest_before.n = rest_after.n);
  DROP TABLE temp.rest_before;
  DROP TABLE temp.rest_after;`;

/** The tasks that have no pair yet. Those that have one have the same place in both batches. */
function restTable(name: string, batch: StoredBatch): string {
  const first = firstKey(batch.id);
  return `
  CREATE TEMP TABLE ${name} AS
    SELECT key, input, row_number() OVER (PARTITION BY input ORDER BY key) AS n FROM tasks
    WHERE key BETWEEN ${first} AND ${lastKey(batch.id)}
      AND NOT EXISTS (SELECT 1 FROM temp.pairs WHERE pair = tasks.key - ${first});
  CREATE INDEX temp.${name}_input ON ${name} (input, n);`;
}

/** The difference and both durations of the results `rt` and `rn`. */
function resultsSql(before: StoredBatch, after: StoredBatch): string {
  const st = `coalesce(rt.state, ${stateCode(before.rest)})`;
  const sn = `coalesce(rn.state, ${stateCode(after.rest)})`;
  const both = `${st} = ${succeeded} AND ${sn} = ${succeeded}`;
  const error = (of: string) => `(${of}.value ->> '$.name') || char(0) || (${of}.value ->> '$.message')`;
  return `
    CASE WHEN ${both} THEN iif(rt.value = rn.value, ${code.same}, ${code.changed})
         WHEN ${st} = ${failed} AND ${sn} = ${failed} THEN iif(${error('rt')} IS ${error('rn')}, ${code.same}, ${code.changed})
         WHEN ${st} = ${failed} AND ${sn} = ${succeeded} THEN ${code.fixed}
         WHEN ${st} = ${succeeded} AND ${sn} = ${failed} THEN ${code.broken}
         WHEN ${st} = ${sn} AND ${st} IN (${canceled}, ${skipped}, ${pending}) THEN ${code.same}
         ELSE ${code.unfinished} END,
    CASE WHEN ${both} THEN rt.ms END, CASE WHEN ${both} THEN rn.ms END`;
}

/** 1 where a pair took longer than before, -1 where it took less, 0 otherwise. */
export const speedSql = (threshold: Threshold): string => `
  CASE
       WHEN ${slowerSql(threshold, 'ms_before', 'ms_after')} THEN 1
       WHEN ${slowerSql(threshold, 'ms_after', 'ms_before')} THEN -1
       ELSE 0 END`;

/** Whether one of the durations is longer than the other one by the threshold. */
const slowerSql = ({ ratio, ms }: Threshold, short: string, long: string): string =>
  `(pairs.${long} > pairs.${short} AND pairs.${long} - pairs.${short} >= ${ms} AND pairs.${long} >= pairs.${short} * ${ratio})`;

/** Selects the pairs that a query shows, in its order. */
export function listSql({ before, after, filter, search, sort, threshold }: ComparisonQuery): Part {
  const found = search === '' ? null : containsSql(readableSql('tasks.input'), search);
  const inputs = `CROSS JOIN tasks ON tasks.key = iif(pairs.pair < ${firstNewPair},
    pairs.pair + ${firstKey(before)}, pairs.after + ${firstKey(after)})`;
  const wanted = [filterSql(filter, threshold), found?.sql].filter(Boolean).join(' AND ');
  const difference = 'pairs.ms_after - pairs.ms_before';
  const order = {
    index: 'pairs.pair',
    slower: `${difference} DESC NULLS LAST, pairs.pair`,
    faster: `${difference} ASC NULLS LAST, pairs.pair`,
  }[sort];
  return {
    sql: `SELECT pairs.pair FROM temp.pairs ${found ? inputs : ''} WHERE ${wanted} ORDER BY ${order}`,
    values: found?.values ?? [],
  };
}

export function filterSql(filter: ComparisonFilter, threshold: Threshold): string {
  switch (filter) {
    case 'all':
      return 'true';
    case 'different':
      return `(pairs.difference <> ${code.same} OR ${speedSql(threshold)} <> 0)`;
    case 'slower':
      return slowerSql(threshold, 'ms_before', 'ms_after');
    case 'faster':
      return slowerSql(threshold, 'ms_after', 'ms_before');
    default:
      return `pairs.difference = ${code[filter]}`;
  }
}
