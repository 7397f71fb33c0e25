import type { XlsxPackage } from './xlsx-package.ts';

/** What one has to know of a workbook to read a sheet of it. */
export interface Workbook {
  sheets: { name: string; part: string; isHidden: boolean }[];
  /** Texts of cells, which refer to them by number. */
  texts: string[];
  /** By the number of a cell's style: whether a number in it is a date or a time. */
  isDateStyle: boolean[];
  /** Days are counted from 1904, as old Macs did. */
  from1904: boolean;
}

/** Reads all but the sheets; the texts are held in memory, for cells refer to them in any order. */
export async function readWorkbook(xlsx: XlsxPackage): Promise<Workbook> {
  const root = [...(await xlsx.relations('')).values()].find(({ kind }) => kind === 'officeDocument');
  const part = root?.part ?? 'xl/workbook.xml';
  const relations = await xlsx.relations(part);
  const workbook: Workbook = { sheets: [], texts: [], isDateStyle: [], from1904: false };
  await xlsx.readAll(part, {
    open(name, attributes) {
      if (name === 'workbookPr') workbook.from1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1];
      const sheet = relations.get(id ?? '');
      if (sheet?.kind !== 'worksheet') return;
      const isHidden = attributes.state !== undefined && attributes.state !== 'visible';
      workbook.sheets.push({ name: attributes.name ?? '', part: sheet.part, isHidden });
    },
  });
  for (const { kind, part } of relations.values()) {
    if (kind === 'sharedStrings' && xlsx.has(part)) workbook.texts = await readTexts(xlsx, part);
    if (kind === 'styles' && xlsx.has(part)) workbook.isDateStyle = await readStyles(xlsx, part);
  }
  return workbook;
}

async function readTexts(xlsx: XlsxPackage, part: string): Promise<string[]> {
  const texts: string[] = [];
  const text = new TextOfCell();
  await xlsx.readAll(part, {
    open: (name) => text.open(name),
    text: (piece) => text.add(piece),
    close(name) {
      text.close(name);
      if (name === 'si') texts.push(text.take());
    },
  });
  return texts;
}

/** Gathers the text of a cell: its runs, without the readings that stand above Japanese words. */
export class TextOfCell {
  private text = '';
  private isOpen = false;
  private isReading = false;

  open(name: string): void {
    if (name === 'rPh') this.isReading = true;
    if (name === 't') this.isOpen = !this.isReading;
  }

  add(piece: string): void {
    if (this.isOpen) this.text += piece;
  }

  close(name: string): void {
    if (name === 'rPh') this.isReading = false;
    if (name === 't') this.isOpen = false;
  }

  take(): string {
    const { text } = this;
    this.text = '';
    return unescapeText(text);
  }
}

/** Characters that XML cannot hold are written as `_x000D_`. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

async function readStyles(xlsx: XlsxPackage, part: string): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: number[] = [];
  let isInCellStyles = false;
  await xlsx.readAll(part, {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt') codes.set(Number(numFmtId), formatCode ?? '');
      if (name === 'cellXfs') isInCellStyles = true;
      if (name === 'xf' && isInCellStyles) styles.push(Number(numFmtId ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') isInCellStyles = false;
    },
  });
  return styles.map((format) => isDateFormat(format, codes.get(format)));
}

/** Whether a number format shows dates or times: the built-in ones by their numbers, others by their letters. */
function isDateFormat(format: number, code: string | undefined): boolean {
  if (code === undefined) return (format >= 14 && format <= 22) || (format >= 45 && format <= 47);
  const [positive = ''] = code.split(';');
  // Texts, escaped characters, colours and conditions stand beside the letters that count.
  const letters = positive.replace(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]/gi, '');
  return /[ymdhs]/i.test(letters) && !/general/i.test(letters);
}
