import { type Dialect, sniffDialect } from '../../shared/csv-dialect.ts';
import { CsvParser, type Record } from '../../shared/csv-parser.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { RowsSource } from '../../shared/inputs.ts';
import type { Slice, SourceOptions } from './block.ts';
import { columnNames, rowWriter } from './columns.ts';
import type { RowFile } from './row-bytes.ts';
import { RowProblems } from './row-problems.ts';
import { readText } from './row-text.ts';

/** This much of the text, or less where it pauses before, tells the delimiter. */
const sampleCharacters = 65_536;
/** This many rows in a row that are too wide in the same way are no slips: the columns changed. */
const maxSameWidth = 20;

/**
 * The rows of a CSV or TSV file, streamed: objects by column name, or arrays where `header` is false. Fields
 * are texts, as they are written.
 *
 * A row with too few fields has null for the missing ones; one with more than the header (empty ones aside)
 * is passed over; both with a warning that names the line. Throws `COLUMNS_CHANGED`, `BAD_ROW`, `NO_INPUTS`.
 */
export async function* csvSlices(
  source: RowsSource,
  file: RowFile,
  options: SourceOptions,
  delimiter: string | undefined,
): AsyncGenerator<Slice> {
  let reader: CsvReader | null = null;
  for await (const piece of withSample(readText(file, source, options))) {
    reader ??= new CsvReader(piece, source, delimiter, file.name, options.warn);
    const texts = reader.push(piece);
    if (texts.length > 0) yield { texts };
  }
  reader ??= new CsvReader('', source, delimiter, file.name, options.warn);
  const texts = reader.end();
  if (texts.length > 0) yield { texts };
}

/** The same pieces, the first of them large enough to tell the dialect from: a line at least. */
async function* withSample(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let sample: string | null = '';
  for await (const piece of pieces) {
    if (sample === null) {
      yield piece;
      continue;
    }
    sample += piece;
    if (sample.length < sampleCharacters && !/[\r\n]/.test(sample)) continue;
    yield sample;
    sample = null;
  }
  if (sample) yield sample;
}

/** Turns text into rows, by the names that the first record gives. */
class CsvReader {
  private isBegun = false;
  private columns: string[] | null = null;
  private write: (values: readonly unknown[]) => string = JSON.stringify;
  private count = 0;
  private tooWide = { width: 0, count: 0, line: 0 };
  private readonly dialect: Dialect;
  private readonly parser: CsvParser;
  private readonly problems: RowProblems;
  private readonly name: string;
  private readonly header: boolean;
  private readonly warn: (sentence: string) => void;

  constructor(
    sample: string,
    source: RowsSource,
    delimiter: string | undefined,
    name: string,
    warn: (sentence: string) => void,
  ) {
    this.dialect = sniffDialect(sample.slice(0, sampleCharacters), source.delimiter ?? delimiter);
    this.parser = new CsvParser(this.dialect.delimiter, name, this.dialect.lineEnd);
    this.problems = new RowProblems(warn);
    this.name = name;
    this.header = source.header ?? true;
    this.warn = warn;
  }

  /** The rows that this piece of the text completes, as JSON texts. */
  push(text: string): string[] {
    const skip = this.isBegun ? 0 : this.dialect.skip;
    this.isBegun = true;
    return this.take(this.parser.push(skip > 0 ? text.slice(skip) : text));
  }

  /** The last row. Throws where there was none at all. */
  end(): string[] {
    const texts = this.take(this.parser.end());
    this.problems.end();
    if (this.count > 0) return texts;
    const sentence = this.columns
      ? `${this.name} holds a header and no rows: add rows, or say that it has no header.`
      : `${this.name} holds no rows: it is empty.`;
    throw new PoolboardError('NO_INPUTS', sentence);
  }

  private take(records: Record[]): string[] {
    const texts: string[] = [];
    for (const record of records) {
      if (record.isOdd)
        this.warn(`${this.name}, line ${record.line}: text follows a closing quote; look at its quotes.`);
      if (!this.header) texts.push(JSON.stringify(record.fields));
      else if (!this.columns) this.begin(record);
      else this.takeRow(record, this.columns, texts);
    }
    this.count += texts.length;
    return texts;
  }

  private begin(record: Record): void {
    this.columns = columnNames(record.fields, this.name, this.warn);
    this.write = rowWriter(this.columns);
  }

  private takeRow({ fields, line }: Record, columns: readonly string[], texts: string[]): void {
    const { length } = fields;
    if (length !== columns.length) {
      const wanted = `${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`;
      if (length > columns.length && fields.slice(columns.length).some((field) => field !== '')) {
        this.passOver(length, line, wanted);
        return;
      }
      if (length < columns.length) {
        this.warn(`${this.name}, line ${line}: ${length} of ${wanted}; the others are null.`);
        while (fields.length < columns.length) (fields as (string | null)[]).push(null);
      }
    }
    this.tooWide.count = 0;
    this.problems.accept();
    texts.push(this.write(fields));
  }

  private passOver(width: number, line: number, wanted: string): void {
    const { tooWide } = this;
    if (tooWide.count === 0 || tooWide.width !== width) this.tooWide = { width, count: 1, line };
    else tooWide.count += 1;
    if (this.tooWide.count >= maxSameWidth) {
      throw new PoolboardError(
        'COLUMNS_CHANGED',
        `${this.name} has ${width} fields from line ${this.tooWide.line} on, and its header names ${wanted}: correct the header, or split the file there.`,
      );
    }
    this.problems.passOver(
      `${this.name}, line ${line}: ${width} fields, and the header names ${wanted}; passed over.`,
    );
  }
}
