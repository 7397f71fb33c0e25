/** A column of a text table. */
export interface Column<Row> {
  title: string;
  text: (row: Row) => string;
  align?: 'right';
  /** May be cut where the table is wider than the terminal. One column at most. */
  flexible?: boolean;
}

const gap = '  ';
const leastFlexible = 10;

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
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]!.length)));
  const over = widths.reduce((sum, one) => sum + one + gap.length, -gap.length) - width;
  const flexible = columns.findIndex((column) => column.flexible);
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
