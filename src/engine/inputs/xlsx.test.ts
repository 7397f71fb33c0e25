import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RowsSource } from '../../shared/inputs.ts';
import { collect, makeTree } from './test-tree.ts';
import { SheetParser } from './xlsx-sheet.ts';

/** Written with openpyxl: a hidden sheet, one with values of every kind, and one more. */
const orders = join(import.meta.dirname, 'fixtures/orders.xlsx');
const rows = (file: string, more: Partial<RowsSource> = {}) => ({ kind: 'rows' as const, file, ...more });

describe('the rows of a workbook', () => {
  it('are those of the first sheet that is not hidden, with values of their kinds', async () => {
    const { inputs, warnings } = await collect(rows(orders));
    expect(inputs).toEqual([
      {
        id: 1,
        name: 'café 🎉 <&> "q"',
        when: '2024-02-29',
        at: '13:45:30',
        paid: true,
        sum: 12.5,
        rich: 'ab c',
        column8: 'unnamed',
      },
      {
        id: 2,
        name: 'two\nlines',
        when: '1999-12-31T23:59:59',
        at: null,
        paid: false,
        sum: -0.1,
        rich: 'A \t',
        column8: null,
      },
      {
        id: 3,
        name: null,
        when: '1900-01-01',
        at: '00:00:00',
        paid: null,
        sum: 1e21,
        rich: '#N/A',
        column8: null,
      },
    ]);
    expect(warnings).toEqual([
      `${orders}, row 5: cells right of the columns that the first row names are left out.`,
    ]);
  });

  it('may be those of another sheet, or without a header', async () => {
    const { inputs, warnings } = await collect(rows(orders, { sheet: 'zweites blatt' }));
    expect(inputs).toEqual([{ k: 'v', k_2: 7 }]);
    expect(warnings).toEqual([`${orders} has several columns named k; column 2 is taken as k_2.`]);
    expect((await collect(rows(orders, { sheet: 'hidden one', header: false }))).inputs).toEqual([
      ['x'],
      [1],
    ]);
  });

  it('may be gzipped, or come through standard input', async () => {
    const root = makeTree({ 'orders.xlsx.gz': gzipSync(readFileSync(orders)) });
    expect((await collect(rows(join(root, 'orders.xlsx.gz')))).inputs).toHaveLength(3);
    const stdin = new PassThrough();
    stdin.end(readFileSync(orders));
    expect((await collect(rows('-', { format: 'xlsx' }), { stdin })).inputs).toHaveLength(3);
  });

  it('say what is wrong where there are none', async () => {
    const content = readFileSync(orders);
    const root = makeTree({
      'cut.xlsx': content.subarray(0, 4000),
      'text.xlsx': 'id,name\n',
      'old.xlsx': Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      'empty.xlsx': '',
    });
    await expect(collect(rows(orders, { sheet: 'Orderz' }))).rejects.toMatchObject({
      code: 'NO_SUCH_SHEET',
      message: `${orders} has no sheet "Orderz"; it has "hidden one", "Orders", "Zweites Blatt".`,
    });
    for (const name of ['cut.xlsx', 'text.xlsx', 'empty.xlsx']) {
      await expect(collect(rows(join(root, name)))).rejects.toMatchObject({
        code: 'BAD_XLSX',
        message: expect.stringContaining(`${name} is no Excel workbook that can be read, or was cut off`),
      });
    }
    await expect(collect(rows(join(root, 'old.xlsx')))).rejects.toThrow(
      'is an old workbook (.xls) or has a password',
    );
  });
});

describe('the parser of a sheet', () => {
  it('reads texts in runs, without readings, cells without names, and dates counted from 1904', () => {
    const sheet = new SheetParser({
      sheets: [],
      texts: ['shared'],
      isDateStyle: [false, true],
      from1904: true,
    });
    const cell = (attributes: Record<string, string>, value: string) => {
      sheet.open('c', attributes);
      sheet.open('v', {});
      sheet.text(value);
      sheet.close('v');
      sheet.close('c');
    };
    sheet.open('row', {});
    cell({ t: 's' }, '0');
    cell({ s: '1' }, '0.5');
    cell({ t: 'str', r: 'AA1' }, '_x000D_');
    sheet.open('c', { t: 'inlineStr' });
    for (const [element, text] of [
      ['t', '日'],
      ['rPh', ''],
      ['t', 'ひ'],
      ['/rPh', ''],
      ['t', '本'],
    ] as const) {
      if (element.startsWith('/')) sheet.close(element.slice(1));
      else sheet.open(element, {});
      sheet.text(text);
      if (element === 't') sheet.close('t');
    }
    sheet.close('c');
    sheet.close('row');
    const [row] = sheet.take();
    expect(row?.number).toBe(1);
    expect(row?.values.slice(0, 2)).toEqual(['shared', '1904-01-01T12:00:00']);
    expect(row?.values.slice(26)).toEqual(['\r', '日本']);
    expect(sheet.take()).toEqual([]);
  });
});
