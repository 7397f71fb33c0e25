/** Sentences that are passed on one by one; those beyond are only counted. */
const maxSentences = 50;

/** Passes on the first warnings and counts the rest: a disk of broken links must not become a million sentences. */
export class Warnings {
  private readonly sink: (sentence: string) => void;
  private count = 0;

  constructor(sink: (sentence: string) => void) {
    this.sink = sink;
  }

  readonly warn = (sentence: string): void => {
    this.count += 1;
    if (this.count <= maxSentences) this.sink(sentence);
  };

  /** Says how many were only counted, where there were any. */
  end(): void {
    const rest = this.count - maxSentences;
    if (rest > 0) this.sink(`${rest} more ${rest === 1 ? 'warning' : 'warnings'} of this kind.`);
  }
}
