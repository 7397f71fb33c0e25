import type { Cell, ResultColumn } from '../../shared/contract/results.ts';
import { rowReader } from '../results/read-row.ts';
import { cellOf } from '../results/values.ts';
import type { ExportRow } from '../store/store.ts';

/** A table that is exported: its columns, and how a row's values are read. */
export interface Table {
  /** No two of them have the same title. */
  columns: ResultColumn[];
  /** In the order of the columns; null where a row has none. */
  valuesOf(row: ExportRow): unknown[];
  /** The same, with arrays and objects as their JSON texts. */
  cellsOf(row: ExportRow): Cell[];
}

export function tableOf(columns: readonly ResultColumn[]): Table {
  const read = rowReader(columns.map(({ id }) => id));
  return {
    columns: withDistinctTitles(columns),
    valuesOf: (row) => read(row).map((value) => value ?? null),
    cellsOf: (row) => read(row).map(cellOf),
  };
}

/** Formats whose columns are known by their names want each name once. */
function withDistinctTitles(columns: readonly ResultColumn[]): ResultColumn[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let title = column.title;
    for (let number = 2; taken.has(title); number += 1) title = `${column.title} (${number})`;
    taken.add(title);
    return { ...column, title };
  });
}
