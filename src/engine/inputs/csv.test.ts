import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvParser } from '../../shared/csv-parser.ts';
import type { RowsSource } from '../../shared/inputs.ts';
import { columnValues } from '../../shared/json-column.ts';
import { enumerate } from './enumerate.ts';
import { previewInputs } from './preview.ts';
import { collect, makeTree } from './test-tree.ts';

async function rowsOf(content: string | Buffer, more: Partial<RowsSource> & { name?: string } = {}) {
  const { name = 'table.csv', ...source } = more;
  const root = makeTree({ [name]: content });
  const { inputs, warnings } = await collect({ kind: 'rows', file: join(root, name), ...source });
  return { inputs, warnings: warnings.map((sentence) => sentence.replace(`${root}/`, '')) };
}

describe('the rows of a CSV file', () => {
  it('are objects by column name, with their fields as they are written', async () => {
    const { inputs, warnings } = await rowsOf('id,name,note\n007,"O""Neil, Jr","two\nlines"\n8, Ann ,\n');
    expect(inputs).toEqual([
      { id: '007', name: 'O"Neil, Jr', note: 'two\nlines' },
      { id: '8', name: ' Ann ', note: '' },
    ]);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['a;b\n1,5;2\n', { a: '1,5', b: '2' }],
    ['a\tb\n1,5\t2;3\n', { a: '1,5', b: '2;3' }],
    ['a|b\n1|2\n', { a: '1', b: '2' }],
    ['sep=;\r\na;b\r\n1;2\r\n', { a: '1', b: '2' }],
    ['a,b\r\n"1,;|",2\r\n', { a: '1,;|', b: '2' }],
    ['\uFEFF"a",b\n1,2', { a: '1', b: '2' }],
    ['a,b\r1,2\r', { a: '1', b: '2' }],
    ['a,b\n\n1,2\r\n\r\n', { a: '1', b: '2' }],
    ['a\nx;y\n', { a: 'x;y' }],
    ['"a;x","b;y"\n1,2\n', { 'a;x': '1', 'b;y': '2' }],
    ['a,b\n1,2,\n', { a: '1', b: '2' }],
  ])('%j is told what it is', async (content, row) => {
    expect(await rowsOf(content)).toEqual({ inputs: [row], warnings: [] });
  });

  it('may be TSV, gzipped, UTF-16, Latin-1, without a header, or with a delimiter of its own', async () => {
    expect((await rowsOf('a,x\tb\n1\t2\n', { name: 't.tsv' })).inputs).toEqual([{ 'a,x': '1', b: '2' }]);
    expect((await rowsOf(gzipSync('a,b\n1,2\n'), { name: 't.csv.gz' })).inputs).toEqual([{ a: '1', b: '2' }]);
    expect((await rowsOf(Buffer.from('\uFEFFa,b\né,2\n', 'utf16le'))).inputs).toEqual([{ a: 'é', b: '2' }]);
    expect((await rowsOf(Buffer.from('a,b\né,2\n', 'latin1'), { encoding: 'latin1' })).inputs).toEqual([
      { a: 'é', b: '2' },
    ]);
    expect((await rowsOf('1,2\n3\n', { header: false })).inputs).toEqual([['1', '2'], ['3']]);
    expect((await rowsOf('a:b\n1,1:2\n', { delimiter: ':' })).inputs).toEqual([{ a: '1,1', b: '2' }]);
    expect((await rowsOf('a,b\n1,2\n', { name: 'table', format: 'csv' })).inputs).toHaveLength(1);
  });

  it('name columns that have no name, or one that is there already', async () => {
    const { inputs, warnings } = await rowsOf('a,,a,a_2,__proto__\n1,2,3,4,5\n');
    expect(JSON.stringify(inputs)).toBe('[{"a":"1","column2":"2","a_2":"3","a_2_2":"4","__proto__":"5"}]');
    expect(warnings[0]).toBe('table.csv has several columns named a; column 3 is taken as a_2.');
  });

  it('are reported by line number where they are ragged or oddly quoted', async () => {
    const { inputs, warnings } = await rowsOf('a,b\n"1\n1",2\n3\n4,5,6\n"x"y,7\n');
    expect(inputs).toEqual([
      { a: '1\n1', b: '2' },
      { a: '3', b: null },
      { a: 'xy', b: '7' },
    ]);
    expect(warnings).toEqual([
      'table.csv, line 4: 1 of 2 columns; the others are null.',
      'table.csv, line 5: 3 fields, and the header names 2 columns; passed over.',
      'table.csv, line 6: text follows a closing quote; look at its quotes.',
    ]);
  });

  it('end with a sentence where the columns change half way', async () => {
    const content = `a,b\n${'1,2\n'.repeat(1000)}${'1,2,3\n'.repeat(1000)}`;
    await expect(rowsOf(content)).rejects.toMatchObject({
      code: 'COLUMNS_CHANGED',
      message: expect.stringMatching(
        /table\.csv has 3 fields from line 1002 on, and its header names 2 columns: /,
      ),
    });
  });

  it('end with a sentence where a quote is never closed, or there are none', async () => {
    await expect(rowsOf('a,b\n1,2\n3,"4\n5,6\n')).rejects.toMatchObject({
      code: 'BAD_ROW',
      message: expect.stringContaining('the quote that opens in line 3 is never closed'),
    });
    await expect(rowsOf('a,b\n')).rejects.toMatchObject({
      code: 'NO_INPUTS',
      message: expect.stringContaining('holds a header and no rows'),
    });
    await expect(rowsOf('\n\n')).rejects.toMatchObject({ code: 'NO_INPUTS' });
    await expect(rowsOf('')).rejects.toMatchObject({ code: 'NO_INPUTS' });
  });

  it('may hold a field of 100 MB', async () => {
    const { inputs } = await rowsOf(
      Buffer.concat([Buffer.from('a,b\n1,"'), Buffer.alloc(1e8, 'x'), Buffer.from('"\n')]),
    );
    expect((inputs[0] as { b: string }).b).toHaveLength(1e8);
  });

  it('come from a pipe as soon as each is written', async () => {
    const stdin = new PassThrough();
    const source = { kind: 'rows' as const, file: '-', format: 'csv' as const };
    const blocks = enumerate(source, { warn: () => {}, stdin })[Symbol.asyncIterator]();
    stdin.write('a,b\n');
    for (const value of ['1', '2', '3']) {
      stdin.write(`${value},"x"\r\n`);
      const block = (await blocks.next()).value;
      expect(block && columnValues(block.inputs, block.count)).toEqual([{ a: value, b: 'x' }]);
    }
    stdin.end();
    expect((await blocks.next()).done).toBe(true);
  });

  it('have their columns shown in a preview', async () => {
    const root = makeTree({ 't.csv': 'a,b\n1,2\n' });
    expect(await previewInputs({ kind: 'rows', file: 't.csv' }, { cwd: root })).toEqual({
      count: 1,
      complete: true,
      bytes: null,
      first: [{ a: '1', b: '2' }],
      columns: ['a', 'b'],
      warnings: [],
    });
  });
});

describe('the parser of delimited text', () => {
  const field = fc.string({ unit: fc.constantFrom(...'ab"\n\r,; é🎉'), maxLength: 6 });
  const table = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
  const parseAll = (pieces: string[], delimiter: string) => {
    const parser = new CsvParser(delimiter, 'x');
    return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()];
  };

  it('reads back what another library writes, however it is cut into pieces', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';'),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 9 }),
        (rows, delimiter, record_delimiter, size) => {
          const text = stringify(rows, { delimiter, record_delimiter, quoted: true, quoted_empty: true });
          const pieces = text.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? [];
          expect(parseAll(pieces, delimiter).map((record) => record.fields)).toEqual(rows);
        },
      ),
    );
  });

  it('reads what another library reads, with the same lines', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const text = stringify(rows, { quoted_empty: true });
        const expected = parse(text, { relax_column_count: true, record_delimiter: '\n' });
        const records = parseAll([text], ',');
        expect(records.map((record) => record.fields)).toEqual(expected);
        for (const { line, fields } of records) {
          const start =
            text
              .split('\n')
              .slice(0, line - 1)
              .join('\n').length + (line > 1 ? 1 : 0);
          expect(
            parse(text.slice(start), { relax_column_count: true, record_delimiter: '\n', to: 1 })[0],
          ).toEqual(fields);
        }
      }),
    );
  });
});
