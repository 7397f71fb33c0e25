import type { SQLInputValue } from 'node:sqlite';
import { type BatchId, stateCode } from '../../shared/task.ts';
import { type ColumnPlace, columnPlace } from '../results/column-id.ts';
import { parseExactly } from '../results/values.ts';
import { requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { keyOf } from './keys.ts';

/** Slices that tell quickly what there is. */
export const fewSlices = 6;
export const fewTasks = fewSlices * 4096;

/** Tasks of a slice, and the size in bytes from which on a text is read by itself: so a slice stays small. */
const sliceTasks = 4096;
const largeBytes = 16_384;

const succeeded = stateCode('succeeded');

/** An SQL text for a column's value as SQL knows it (JSON texts of arrays and objects), with its parameters. */
export function columnSql(id: string): { sql: string; values: SQLInputValue[]; needsInput: boolean } {
  const place = columnPlace(id);
  if (place.of === 'task') return { sql: taskSql(place), values: [], needsInput: false };
  const needsInput = place.of === 'input';
  const json = needsInput ? 'tasks.input' : 'results.value';
  return { sql: `json_extract(${json}, ?)`, values: [jsonPath(place.keys)], needsInput };
}

function taskSql({ keys: [name] }: ColumnPlace): string {
  if (name === 'ms') return 'results.ms';
  if (name === 'attempts') return 'results.attempts';
  return name === 'index' ? 'results.key' : 'NULL';
}

/** A path of keys as SQLite's JSON functions take it. */
const jsonPath = (keys: readonly string[]): string =>
  `$${keys.map((key) => `.${JSON.stringify(key)}`).join('')}`;

/**
 * The values of a column of all results, in slices, in no particular order. Texts go through the binding many
 * at a time, as one JSON array: a row each takes four times as long.
 * @param of `tasks`: the inputs of all tasks, also of those without a result.
 * @param most slices, spread over the batch; default: all of them.
 */
export function* scanColumn(
  db: Database,
  id: BatchId,
  place: ColumnPlace,
  of: 'results' | 'tasks' = 'results',
  most = Number.POSITIVE_INFINITY,
): Generator<unknown[]> {
  const { total } = requireBatch(db, id);
  const { json, value, values } = scanSql(place);
  const from =
    of === 'tasks'
      ? 'FROM tasks WHERE tasks.key BETWEEN ? AND ?'
      : `FROM results ${place.of === 'input' ? 'CROSS JOIN tasks ON tasks.key = results.key' : ''}
         WHERE results.key BETWEEN ? AND ? AND results.state = ${succeeded}`;
  const small = `SELECT group_concat(coalesce(${value}, 'null'), ',') AS texts ${from} AND octet_length(${json}) < ${largeBytes}`;
  const large = `SELECT coalesce(${value}, 'null') AS text ${from} AND octet_length(${json}) >= ${largeBytes}`;
  const slices = Math.ceil(total / sliceTasks);
  const step = Math.max(1, slices / most);
  for (let slice = 0; slice < slices; slice += step) {
    const first = Math.floor(slice) * sliceTasks;
    const keys = [keyOf(id, first), keyOf(id, first + sliceTasks - 1)];
    const row = db.get<{ texts: string | null }>(small, ...values, ...keys);
    if (row?.texts != null) yield parseExactly(`[${row.texts}]`) as unknown[];
    for (const { text } of db.iterate<{ text: string }>(large, ...values, ...keys))
      yield [parseExactly(text)];
  }
}

function scanSql({ of, keys }: ColumnPlace): { json: string; value: string; values: SQLInputValue[] } {
  if (of === 'task') {
    const column = taskSql({ of, keys });
    return {
      json: column,
      value: column === 'results.key' ? 'results.key & 0xffffffff' : column,
      values: [],
    };
  }
  const json = of === 'input' ? 'tasks.input' : 'results.value';
  if (keys.length === 0) return { json, value: json, values: [] };
  return { json, value: `${json} -> ?`, values: [jsonPath(keys)] };
}
