import { sniffDialect } from '../../shared/csv-dialect.ts';
import { CsvParser, type Record } from '../../shared/csv-parser.ts';
import { PoolboardError } from '../../shared/errors.ts';
import { ColumnCollector, type ColumnSummary } from './column-summary.ts';
import { pathInput } from './input.ts';
import type { BuiltinMaker } from './maker.ts';
import { readChunks } from './read-chunks.ts';
import { ChunkDecoder } from './text-decoder.ts';

const sampleCharacters = 65_536;

export interface CsvSummary {
  rows: number;
  delimiter: string;
  columns: ColumnSummary[];
  /** Rows with fewer or more fields than the header. */
  ragged: number;
}

/** Gives a {@link CsvSummary}. */
export const csvSummary: BuiltinMaker = ({ delimiter, header, encoding }) => {
  const given = delimiter ? String(delimiter) : undefined;
  if (given !== undefined && given.length !== 1) {
    throw new PoolboardError('BAD_PARAM', `The parameter delimiter is "${given}"; it must be one character.`);
  }
  const makeDecoder = () => new ChunkDecoder(String(encoding ?? ''));
  makeDecoder();
  return async (input, context) => {
    const path = pathInput('csv-summary', input);
    const decoder = makeDecoder();
    const table = new Table(path, given, Boolean(header));
    await readChunks(path, context, (chunk) => table.add(decoder.decode(chunk)));
    table.add(decoder.end());
    return table.end();
  };
};

class Table {
  private parser: CsvParser | null = null;
  private delimiter = ',';
  private names: string[] | null = null;
  private readonly columns: ColumnCollector[] = [];
  private rows = 0;
  private ragged = 0;
  private readonly path: string;
  private readonly wanted: string | undefined;
  private readonly header: boolean;

  constructor(path: string, delimiter: string | undefined, header: boolean) {
    this.path = path;
    this.wanted = delimiter;
    this.header = header;
  }

  add(text: string): void {
    if (text === '') return;
    if (this.parser) {
      this.take(this.parser.push(text));
      return;
    }
    const dialect = sniffDialect(text.slice(0, sampleCharacters), this.wanted);
    this.delimiter = dialect.delimiter;
    this.parser = new CsvParser(dialect.delimiter, this.path, dialect.lineEnd);
    this.take(this.parser.push(text.slice(dialect.skip)));
  }

  end(): CsvSummary {
    if (this.parser) this.take(this.parser.end());
    if (!this.names) throw new PoolboardError('BAD_INPUT', `${this.path} holds no rows: it is empty.`);
    const columns = this.columns.map((column, i) => column.summary(this.names?.[i] || `column${i + 1}`));
    return { rows: this.rows, delimiter: this.delimiter, columns, ragged: this.ragged };
  }

  private take(records: Record[]): void {
    for (const { fields } of records) {
      if (!this.names) {
        this.names = this.header ? fields.map((name) => name.trim()) : fields.map(() => '');
        for (const _ of fields) this.columns.push(new ColumnCollector());
        if (this.header) continue;
      }
      if (fields.length !== this.names.length) this.ragged += 1;
      for (let i = 0; i < this.columns.length; i += 1) {
        const field = fields[i];
        if (field === undefined) this.columns[i]!.addMissing();
        else this.columns[i]!.add(field);
      }
      this.rows += 1;
    }
  }
}
