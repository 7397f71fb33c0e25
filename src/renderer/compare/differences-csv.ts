import type { ComparedTask, ComparisonRow } from '../../shared/contract/compare.ts';

const columns = [
  'input',
  'difference',
  'speed',
  ...['before', 'after'].flatMap((run) =>
    ['index', 'status', 'result', 'ms'].map((name) => `${run}_${name}`),
  ),
];

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const differencesHeader = lineOf(columns);

/** Rows as CSV after RFC 4180. */
export const differencesCsv = (rows: readonly ComparisonRow[]): string =>
  rows
    .map(({ input, difference, speed, before, after }) =>
      lineOf([input, difference, speed, ...cellsOf(before), ...cellsOf(after)]),
    )
    .join('');

const cellsOf = (task: ComparedTask | null): (string | number | null)[] =>
  task ? [task.index, task.state, task.result, task.ms] : [null, null, null, null];

function lineOf(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => quoted(String(cell ?? ''))).join(',')}\r\n`;
}
