import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DistinctCounter } from '../../shared/distinct-counter.ts';
import type { CsvSummary } from './csv-summary.ts';
import { makeFolder, runBuiltin } from './test-run.ts';

function makeFile(content: string | Buffer, name = 'file') {
  const path = join(makeFolder(), name);
  writeFileSync(path, content);
  return path;
}

describe('find-text', () => {
  it('gives the lines that hold a text, with their numbers', async () => {
    const path = makeFile('one\r\ntwo (2)\r\n\nTWO (2) x\nthree two (2)');
    expect(await runBuiltin('find-text', path, { pattern: 'two (2)' })).toEqual({
      matches: 2,
      lines: [
        { line: 2, text: 'two (2)' },
        { line: 5, text: 'three two (2)' },
      ],
      binary: false,
    });
    expect(await runBuiltin('find-text', path, { pattern: 'two (2)', ignoreCase: true })).toMatchObject({
      matches: 3,
    });
    expect(await runBuiltin('find-text', path, { pattern: '^t..$', regex: true })).toMatchObject({
      matches: 0,
    });
    expect(await runBuiltin('find-text', path, { pattern: '\\(\\d\\)$', regex: true, maxLines: 1 })).toEqual({
      matches: 2,
      lines: [{ line: 2, text: 'two (2)' }],
      binary: false,
    });
  });

  it('finds what grep finds in a large file, over all borders of chunks', async () => {
    const path = makeFile(
      Array.from({ length: 200_000 }, (_, i) => `line ${i} é ${'x'.repeat(i % 13)}`).join('\n'),
    );
    const expected = execFileSync('grep', ['-n', '99 é x*$', path], {
      maxBuffer: 1e8,
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    })
      .toString()
      .trimEnd()
      .split('\n');
    const found = await runBuiltin('find-text', path, {
      pattern: '99 é x*$',
      regex: true,
      maxLines: 100_000,
    });
    expect(
      (found as { lines: { line: number; text: string }[] }).lines.map(({ line, text }) => `${line}:${text}`),
    ).toEqual(expected);
  });

  it('passes binary files over, reads UTF-16, and shows a part of a long line', async () => {
    expect(await runBuiltin('find-text', makeFile('a\0b'), { pattern: 'a' })).toEqual({
      matches: 0,
      lines: [],
      binary: true,
    });
    const utf16 = makeFile(Buffer.from('\uFEFFone\ntwö\n', 'utf16le'));
    expect(await runBuiltin('find-text', utf16, { pattern: 'wö' })).toMatchObject({
      lines: [{ line: 2, text: 'twö' }],
    });
    const long = makeFile(`${'x'.repeat(5000)}here${'y'.repeat(5000)}`);
    const { lines } = (await runBuiltin('find-text', long, { pattern: 'here' })) as {
      lines: { text: string }[];
    };
    expect(lines[0]?.text).toMatch(/^x{100}herey{196}$/);
  });

  it('is told of a pattern that is none before the first file', async () => {
    await expect(runBuiltin('find-text', 'x', { pattern: '(', regex: true })).rejects.toMatchObject({
      code: 'BAD_PARAM',
    });
    await expect(runBuiltin('find-text', 'x', {})).rejects.toThrow('The parameter pattern is missing');
  });
});

describe('csv-summary', () => {
  const summary = async (content: string | Buffer, params = {}) =>
    (await runBuiltin('csv-summary', makeFile(content, 't.csv'), params)) as CsvSummary;

  it('tells types, empty fields, least, greatest, mean and distinct values', async () => {
    const content =
      'i,n,b,d,t,e\n3,1.5,true,2024-01-02,x,\n-7,2,FALSE,2023-12-31,"a\nb",\n3,,yes,2024-01-02,, \n';
    expect(await summary(content)).toEqual({
      rows: 3,
      delimiter: ',',
      ragged: 0,
      columns: [
        {
          name: 'i',
          type: 'integer',
          nulls: 0,
          min: -7,
          max: 3,
          mean: -1 / 3,
          distinct: 2,
          distinctIsEstimate: false,
        },
        {
          name: 'n',
          type: 'number',
          nulls: 1,
          min: 1.5,
          max: 2,
          mean: 1.75,
          distinct: 2,
          distinctIsEstimate: false,
        },
        {
          name: 'b',
          type: 'boolean',
          nulls: 0,
          min: 'FALSE',
          max: 'yes',
          mean: null,
          distinct: 3,
          distinctIsEstimate: false,
        },
        {
          name: 'd',
          type: 'date',
          nulls: 0,
          min: '2023-12-31',
          max: '2024-01-02',
          mean: null,
          distinct: 2,
          distinctIsEstimate: false,
        },
        {
          name: 't',
          type: 'text',
          nulls: 1,
          min: 'a\nb',
          max: 'x',
          mean: null,
          distinct: 2,
          distinctIsEstimate: false,
        },
        {
          name: 'e',
          type: 'empty',
          nulls: 3,
          min: null,
          max: null,
          mean: null,
          distinct: 0,
          distinctIsEstimate: false,
        },
      ],
    });
  });

  it('tells the delimiter, does without a header, reads other encodings, and counts ragged rows', async () => {
    expect(await summary('a;b\n1;2\n')).toMatchObject({ delimiter: ';', rows: 1 });
    expect(await summary('1,2\n3\n4,5,6\n', { header: false })).toMatchObject({
      rows: 3,
      ragged: 2,
      columns: [
        { name: 'column1', mean: 8 / 3 },
        { name: 'column2', nulls: 1, mean: 3.5 },
      ],
    });
    const latin = await summary(Buffer.from('é\n1\n', 'latin1'), { encoding: 'windows-1252' });
    expect(latin.columns[0]?.name).toBe('é');
    expect((await summary(Buffer.from('\uFEFFé\n1\n', 'utf16le'))).columns[0]?.name).toBe('é');
  });

  it('is right over several megabytes', async () => {
    const { rows, columns } = await summary(
      `v\n${Array.from({ length: 300_000 }, (_, i) => i).join('\n')}\n`,
    );
    expect(rows).toBe(300_000);
    expect(columns[0]).toMatchObject({ type: 'integer', min: 0, max: 299_999, distinctIsEstimate: true });
    expect(columns[0]?.mean).toBeCloseTo(149_999.5, 6);
    expect(Math.abs(columns[0]!.distinct / 300_000 - 1)).toBeLessThan(0.03);
  });

  it('says what is wrong', async () => {
    await expect(summary('')).rejects.toThrow('holds no rows: it is empty');
    await expect(summary('a\n"b')).rejects.toThrow('the quote that opens in line 2 is never closed');
    await expect(summary('a', { delimiter: ';;' })).rejects.toMatchObject({ code: 'BAD_PARAM' });
    await expect(summary('a', { encoding: 'klingon' })).rejects.toMatchObject({ code: 'BAD_ENCODING' });
  });
});

describe('the counter of distinct values', () => {
  it.each([10, 20_000, 20_001, 50_000, 400_000])('counts %i within a few percent', (count) => {
    const counter = new DistinctCounter();
    for (let round = 0; round < 2; round += 1) for (let i = 0; i < count; i += 1) counter.add(`value ${i}`);
    expect(counter.isEstimate).toBe(count > 20_000);
    expect(Math.abs(counter.count() / count - 1)).toBeLessThan(counter.isEstimate ? 0.03 : 1e-9);
  });
});
