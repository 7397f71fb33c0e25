/**
 * A column of JSON values as one string: their JSON texts, separated by newlines.
 *
 * JSON text never holds a raw newline, so joining and splitting are exact. A chunk of thousands of inputs or
 * results crosses a process border as one string instead of thousands, and the processes between a worker and
 * the store pass it on without looking inside.
 */
export type JsonColumn = string;

/** Values as a column. Throws a TypeError where a value has no JSON text (a function, a symbol, a cycle). */
export function toColumn(values: readonly unknown[]): JsonColumn {
  return values.map(toJson).join('\n');
}

/** The JSON texts of a column of `count` values, in order. */
export function columnTexts(column: JsonColumn, count: number): string[] {
  return count === 0 ? [] : column.split('\n');
}

/** The values of a column of `count` values, in order. */
export function columnValues(column: JsonColumn, count: number): unknown[] {
  return count === 0 ? [] : (JSON.parse(`[${column.replaceAll('\n', ',')}]`) as unknown[]);
}

function toJson(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  if (text === undefined) throw new TypeError(`A ${typeof value} has no JSON text.`);
  return text;
}
