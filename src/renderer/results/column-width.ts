import type { ColumnType, ResultColumn } from '../../shared/contract/results.ts';
import { columnTitle } from './column-title.ts';

const widths: Record<ColumnType, number> = {
  number: 104,
  boolean: 88,
  time: 228,
  link: 260,
  image: 260,
  file: 260,
  text: 200,
  json: 220,
};

/** Pixels; by what is in a column, and wide enough for most of its name. */
export function columnWidth(column: ResultColumn): number {
  const forName = Math.min(240, columnTitle(column).length * 7 + 48);
  const forValues = column.type === 'number' && !column.whole ? 184 : widths[column.type];
  return Math.max(forValues, forName);
}
