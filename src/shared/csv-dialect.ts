import { CsvParser } from './csv-parser.ts';

/** How a delimited text is written. */
export interface Dialect {
  delimiter: string;
  lineEnd: '\n' | '\r';
  /** Characters of a first line that only names the delimiter, as spreadsheets write it. */
  skip: number;
}

const candidates = [',', ';', '\t', '|'];
const sampledRecords = 100;

/**
 * Tells the dialect from the beginning of a text: the delimiter that cuts the most records into as many
 * fields as the first one, and into the most. `delimiter`, where given, is not doubted.
 */
export function sniffDialect(sample: string, delimiter: string | undefined): Dialect {
  const lineEnd = sample.includes('\r') && !sample.includes('\n') ? '\r' : '\n';
  const told = /^sep=(.)\r?\n/i.exec(sample);
  const skip = told?.[0].length ?? 0;
  if (delimiter || told) return { delimiter: delimiter ?? told?.[1] ?? ',', lineEnd, skip };

  let best = { delimiter: ',', score: 0 };
  for (const candidate of candidates) {
    const score = scoreOf(sample, candidate, lineEnd);
    if (score > best.score) best = { delimiter: candidate, score };
  }
  return { delimiter: best.delimiter, lineEnd, skip };
}

/** Agreement counts first, then the number of fields; nothing where there is only one field. */
function scoreOf(sample: string, delimiter: string, lineEnd: '\n' | '\r'): number {
  // Without a delimiter of its own the last line is cut off by the sample; it counts only where it is alone.
  const records = new CsvParser(delimiter, '', lineEnd).push(`${sample}${lineEnd}`);
  const whole = records.length > 1 ? records.slice(0, -1) : records;
  const widths = whole.slice(0, sampledRecords).map((record) => record.fields.length);
  const [first] = widths;
  if (!first || first < 2) return 0;
  const agreeing = widths.filter((width) => width === first).length / widths.length;
  return agreeing + Math.min(first, 1000) / 10_000;
}
