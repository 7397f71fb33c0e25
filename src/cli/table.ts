/** A column of a text table. */
export interface Column<Row> {
  title: string;
  text: (row: Row) => string;
  align?: 'right';
  /** May be cut where the table is wider than the terminal. One column at most. */
  flexible?: boolean;
  /** Left out where the flexible column would be cut short for it. */
  optional?: boolean;
}

const gap = '  ';
const leastFlexible = 10;
/** Optional columns leave the flexible one this many characters, or all that it has. */
const roomyFlexible = 20;

/** Lines of a table: a title line, then one a row, aligned; no line is longer than `width` where that can be. */
export function tableLines<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number,
): string[] {
  const cells = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ text }) => text(row))),
  ];
  const widths = columns.map((_, at) => cells.reduce((most, line) => Math.max(most, line[at]!.length), 0));
  const over = widths.reduce((sum, one) => sum + one + gap.length, -gap.length) - width;
  const flexible = columns.findIndex((column) => column.flexible);
  const isTight = over > 0 && widths[flexible]! - over < Math.min(roomyFlexible, widths[flexible]!);
  if (isTight && columns.some(({ optional }) => optional)) {
    return tableLines(
      rows,
      columns.filter(({ optional }) => !optional),
      width,
    );
  }
  if (over > 0 && flexible >= 0) widths[flexible] = Math.max(leastFlexible, widths[flexible]! - over);
  return cells.map((line) =>
    line
      .map((text, at) => {
        const cut = text.length > widths[at]! ? `${text.slice(0, widths[at]! - 1)}…` : text;
        return columns[at]!.align === 'right' ? cut.padStart(widths[at]!) : cut.padEnd(widths[at]!);
      })
      .join(gap)
      .trimEnd(),
  );
}
