import { PoolboardError } from './errors.ts';

/** One record of delimited text. */
export interface Record {
  fields: string[];
  /** The line on which it begins, from 1. */
  line: number;
  /** True where text follows a closing quote; it is taken as part of the field. */
  isOdd: boolean;
}

type State = 'field start' | 'plain' | 'quoted' | 'after quote' | 'after quote and return';

const quote = 0x22;
const maxFieldCharacters = 400_000_000;

/**
 * Takes delimited text (RFC 4180, with any delimiter) a piece at a time and gives the records that each piece
 * completes, so that a row that somebody has just written into a pipe is not held back. Lines may end with
 * `\n` or `\r\n`, mixed too; a quote opens a field only at its beginning; blank lines are no records.
 */
export class CsvParser {
  /** Line that is being read, from 1. */
  private line = 1;
  private startLine = 1;
  private quoteLine = 1;
  private state: State = 'field start';
  private fields: string[] = [];
  /** What there is of a field that is not complete; joined once, so that a large one costs its length. */
  private parts: string[] = [];
  private partsLength = 0;
  private isOdd = false;
  private wasQuoted = false;
  private readonly delimiter: number;
  private readonly lineEnd: number;
  private readonly name: string;

  /** @param name of the file, for sentences. @param lineEnd `\r` for files of old Macs. */
  constructor(delimiter: string, name: string, lineEnd: '\n' | '\r' = '\n') {
    this.delimiter = delimiter.charCodeAt(0);
    this.lineEnd = lineEnd.charCodeAt(0);
    this.name = name;
  }

  /** The records that this piece completes. Throws `BAD_ROW` where a field is larger than memory allows. */
  push(text: string): Record[] {
    const records: Record[] = [];
    let i = 0;
    while (i < text.length) {
      const code = text.charCodeAt(i);
      switch (this.state) {
        case 'field start':
          if (code === quote) {
            this.state = 'quoted';
            this.quoteLine = this.line;
            this.wasQuoted = true;
            i += 1;
          } else this.state = 'plain';
          break;
        case 'plain':
          i = this.readPlain(text, i, records);
          break;
        case 'quoted':
          i = this.readQuoted(text, i);
          break;
        case 'after quote':
          i += 1;
          if (code === quote) {
            this.parts.push('"');
            this.state = 'quoted';
          } else if (code === this.delimiter) this.endField('');
          else if (code === this.lineEnd) this.endRecord('', records);
          else if (code === 0x0d) this.state = 'after quote and return';
          else this.resume(text[i - 1]!);
          break;
        case 'after quote and return':
          i += 1;
          if (code === this.lineEnd) this.endRecord('', records);
          else this.resume(`\r${text[i - 1]}`);
          break;
      }
    }
    return records;
  }

  /** The record that the end of the text completes. Throws `BAD_ROW` where a quote was never closed. */
  end(): Record[] {
    const records: Record[] = [];
    if (this.state === 'quoted') {
      throw new PoolboardError(
        'BAD_ROW',
        `${this.name}: the quote that opens in line ${this.quoteLine} is never closed; close it, or double it where it is meant as a character.`,
      );
    }
    if (this.fields.length > 0 || this.parts.length > 0 || this.wasQuoted) this.endRecord('', records);
    return records;
  }

  private readPlain(text: string, from: number, records: Record[]): number {
    let i = from;
    for (; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code === this.delimiter) {
        this.endField(text.slice(from, i));
        return i + 1;
      }
      if (code === this.lineEnd) {
        this.endRecord(text.slice(from, i), records);
        return i + 1;
      }
    }
    this.keep(text.slice(from));
    return i;
  }

  private readQuoted(text: string, from: number): number {
    const at = text.indexOf('"', from);
    const end = at < 0 ? text.length : at;
    for (let i = text.indexOf('\n', from); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) this.line += 1;
    if (end > from) this.keep(text.slice(from, end));
    if (at < 0) return end;
    this.state = 'after quote';
    return end + 1;
  }

  /** Goes on with a field that seemed to be over. */
  private resume(text: string): void {
    this.isOdd = true;
    this.keep(text);
    this.state = 'plain';
  }

  private keep(part: string): void {
    this.parts.push(part);
    this.partsLength += part.length;
    if (this.partsLength <= maxFieldCharacters) return;
    throw new PoolboardError(
      'BAD_ROW',
      this.state === 'quoted'
        ? `${this.name}: the quote that opens in line ${this.quoteLine} is not closed within ${maxFieldCharacters} characters.`
        : `${this.name}: a field in line ${this.line} is longer than ${maxFieldCharacters} characters.`,
    );
  }

  private endField(last: string): void {
    if (this.parts.length === 0) {
      this.fields.push(last);
    } else {
      this.parts.push(last);
      this.fields.push(this.parts.join(''));
      this.parts = [];
      this.partsLength = 0;
    }
    this.state = 'field start';
    this.wasQuoted = false;
  }

  private endRecord(last: string, records: Record[]): void {
    const isPlain = this.state === 'plain';
    const isBlank = this.fields.length === 0 && !this.wasQuoted;
    this.endField(last);
    const fields = this.fields;
    const field = fields[fields.length - 1]!;
    if (isPlain && field.endsWith('\r')) fields[fields.length - 1] = field.slice(0, -1);
    if (!(isBlank && fields[0] === '')) records.push({ fields, line: this.startLine, isOdd: this.isOdd });
    this.fields = [];
    this.isOdd = false;
    this.line += 1;
    this.startLine = this.line;
  }
}
