import type { XmlHandlers } from './xlsx-package.ts';
import { TextOfCell, unescapeText, type Workbook } from './xlsx-workbook.ts';

export type CellValue = string | number | boolean | null;

export interface SheetRow {
  /** As the spreadsheet shows it, from 1. */
  number: number;
  /** By column, from 0; empty cells are null. */
  values: CellValue[];
}

/** Collects the rows of a sheet that hold anything, while its XML is read. */
export class SheetParser implements XmlHandlers {
  private rows: SheetRow[] = [];
  private row: SheetRow = { number: 0, values: [] };
  private column = 0;
  private kind = '';
  private style = 0;
  private value = '';
  private isInValue = false;
  private readonly inlineText = new TextOfCell();
  private readonly workbook: Workbook;

  constructor(workbook: Workbook) {
    this.workbook = workbook;
  }

  /** The rows since the last call. */
  take(): SheetRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  readonly open = (name: string, { r, t, s }: Record<string, string>): void => {
    if (name === 'row') {
      this.row = { number: r ? Number(r) : this.row.number + 1, values: [] };
      this.column = -1;
    } else if (name === 'c') {
      this.column = r ? columnOf(r) : this.column + 1;
      this.kind = t ?? 'n';
      this.style = Number(s ?? 0);
      this.value = '';
    } else if (name === 'v') this.isInValue = true;
    else this.inlineText.open(name);
  };

  readonly text = (text: string): void => {
    if (this.isInValue) this.value += text;
    else this.inlineText.add(text);
  };

  readonly close = (name: string): void => {
    if (name === 'v') this.isInValue = false;
    else if (name === 'c') this.endCell();
    else if (name === 'row') {
      if (this.row.values.some((value) => value !== null)) this.rows.push(this.row);
    } else this.inlineText.close(name);
  };

  private endCell(): void {
    const inline = this.inlineText.take();
    const value = this.kind === 'inlineStr' ? inline : this.cellValue();
    const { values } = this.row;
    while (values.length < this.column) values.push(null);
    values[this.column] = value === '' ? null : value;
  }

  private cellValue(): CellValue {
    const { value, kind } = this;
    if (value === '') return null;
    if (kind === 's') return this.workbook.texts[Number(value)] ?? null;
    if (kind === 'b') return value === '1';
    if (kind === 'n') {
      const number = Number(value);
      return this.workbook.isDateStyle[this.style] ? dateText(number, this.workbook.from1904) : number;
    }
    // Texts of formulas, ISO dates, and errors such as #N/A.
    return unescapeText(value);
  }
}

/** The column of a cell's name, from 0: `A1` is 0, `AB7` is 27. */
function columnOf(cell: string): number {
  let column = 0;
  for (let i = 0; i < cell.length; i += 1) {
    const letter = cell.charCodeAt(i) & 0xdf;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + letter - 0x40;
  }
  return column - 1;
}

const dayMs = 86_400_000;

/** A number of days as a date, a time, or both, in ISO form and without a time zone, for spreadsheets have none. */
function dateText(days: number, from1904: boolean): string | number {
  // Lotus took 1900 for a leap year, and so all spreadsheets do: days before March 1900 are one off.
  const shifted = from1904 ? days + 1462 : days < 60 ? days + 1 : days;
  const date = new Date(Math.round((shifted - 25_569) * dayMs));
  if (Number.isNaN(date.getTime())) return days;
  const [day = '', time = ''] = date.toISOString().split('T');
  const clock = time.replace(/(\.000)?Z$/, '');
  if (days >= 0 && days < 1 && !from1904) return clock;
  return clock === '00:00:00' ? day : `${day}T${clock}`;
}
