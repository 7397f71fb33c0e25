import { PoolboardError } from '../../shared/errors.ts';

/** This many bad rows before any good one: the file is not what it is taken for. */
const maxBadBeginning = 20;

/**
 * Bad rows are passed over with a warning each. Where a file has nothing but bad rows, or begins with many,
 * the first one's sentence is thrown instead.
 */
export class RowProblems {
  private first: string | null = null;
  private bad = 0;
  private good = 0;
  private readonly warn: (sentence: string) => void;

  constructor(warn: (sentence: string) => void) {
    this.warn = warn;
  }

  passOver(sentence: string): void {
    this.first ??= sentence;
    this.bad += 1;
    if (this.good === 0 && this.bad >= maxBadBeginning) this.end();
    this.warn(sentence);
  }

  accept(): void {
    this.good += 1;
  }

  /** Throws `BAD_ROW` where there were bad rows and no good one. */
  end(): void {
    if (this.good === 0 && this.first !== null) throw new PoolboardError('BAD_ROW', this.first);
  }
}
