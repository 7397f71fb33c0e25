import { PoolboardError } from '../../shared/errors.ts';

const maxElementCharacters = 400_000_000;

/** An element's text, and the line on which it begins, from 1. */
export interface Element {
  text: string;
  line: number;
}

type State = 'before' | 'between' | 'element' | 'string' | 'escape' | 'after';

/**
 * Cuts the text of a JSON array into the texts of its elements, a piece at a time, without parsing them: it
 * only follows brackets and quotes. A text that begins with `{` is cut into the objects that stand in it one
 * after another.
 */
export class JsonSplitter {
  /** How the text begins: with `[`, or with `{`; null before that is known. */
  kind: 'array' | 'objects' | null = null;
  private state: State = 'before';
  private depth = 0;
  private line = 1;
  private startLine = 1;
  private count = 0;
  /** What there is of an element that goes on; joined once, so that a large one costs its length. */
  private parts: string[] = [];
  private partsLength = 0;
  private readonly name: string;

  /** @param name of the file, for sentences. */
  constructor(name: string) {
    this.name = name;
  }

  /** The elements that this piece completes. Throws `BAD_ROW`. */
  push(text: string): Element[] {
    const elements: Element[] = [];
    let start = 0;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code === 0x0a) this.line += 1;
      switch (this.state) {
        case 'string':
          if (code === 0x22) this.state = 'element';
          else if (code === 0x5c) this.state = 'escape';
          continue;
        case 'escape':
          this.state = 'string';
          continue;
        case 'element':
          if (code === 0x22) this.state = 'string';
          else if (code === 0x7b || code === 0x5b) this.depth += 1;
          else if (code === 0x7d || code === 0x5d) {
            if (this.depth === 0) {
              this.endElement(text.slice(start, i), elements);
              this.endArray(code);
            } else {
              this.depth -= 1;
              if (this.depth === 0 && this.kind === 'objects')
                this.endElement(text.slice(start, i + 1), elements);
            }
          } else if (code === 0x2c && this.depth === 0) {
            this.endElement(text.slice(start, i), elements);
          }
          continue;
        case 'between':
          if (isSpace(code)) continue;
          start = i;
          this.beginElement(code);
          continue;
        case 'before':
          if (isSpace(code)) continue;
          this.begin(code);
          start = i;
          continue;
        case 'after':
          if (!isSpace(code)) throw this.bad(`${JSON.stringify(text[i])} follows the end of the array`);
      }
    }
    if (this.state === 'element' || this.state === 'string' || this.state === 'escape')
      this.keep(text.slice(start));
    return elements;
  }

  /** Throws `BAD_ROW` where the text ended in the middle. */
  end(): void {
    const isWhole =
      this.kind === 'objects' ? this.state === 'between' : this.state === 'after' || this.state === 'before';
    if (isWhole) return;
    throw new PoolboardError(
      'BAD_ROW',
      `${this.name} ends in the middle of its JSON, after ${this.count} ${this.count === 1 ? 'element' : 'elements'}: it was cut off.`,
    );
  }

  private begin(code: number): void {
    if (code === 0x5b) {
      this.kind = 'array';
      this.state = 'between';
    } else if (code === 0x7b) {
      this.kind = 'objects';
      this.beginElement(code);
    } else {
      throw this.bad('it begins with neither [ nor {');
    }
  }

  private beginElement(code: number): void {
    this.startLine = this.line;
    if (this.kind === 'array' && code === 0x5d) {
      if (this.count > 0) throw this.bad('a comma stands before the end of the array');
      this.state = 'after';
      return;
    }
    if (code === 0x2c && this.kind === 'array') throw this.bad('an element is missing before a comma');
    if (code !== 0x7b && this.kind === 'objects') throw this.bad('what follows an object is not an object');
    this.state = code === 0x22 ? 'string' : 'element';
    if (code === 0x7b || code === 0x5b) this.depth = 1;
  }

  private endElement(last: string, elements: Element[]): void {
    this.parts.push(last);
    elements.push({ text: this.parts.join(''), line: this.startLine });
    this.parts = [];
    this.partsLength = 0;
    this.count += 1;
    this.state = 'between';
  }

  private endArray(code: number): void {
    if (code === 0x7d) throw this.bad('a } closes what no { opened');
    this.state = 'after';
  }

  private keep(part: string): void {
    this.parts.push(part);
    this.partsLength += part.length;
    if (this.partsLength > maxElementCharacters) {
      throw this.bad(
        `the element that begins here is longer than ${maxElementCharacters} characters`,
        this.startLine,
      );
    }
  }

  private bad(what: string, line = this.line): PoolboardError {
    return new PoolboardError('BAD_ROW', `${this.name}, line ${line}: not a JSON array of rows; ${what}.`);
  }
}

const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
