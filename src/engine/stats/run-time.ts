import type { BatchRunTime } from '../../shared/contract/stats.ts';

/**
 * The run time of a batch: the time of its runs, one after another, without what lies between them. A batch
 * that is resumed after a week has a timeline of the hours that it ran.
 */
export class RunTime {
  readonly runs: BatchRunTime[];

  constructor(runs: BatchRunTime[] = []) {
    this.runs = runs;
  }

  /** @param at where it begins in the run time. @param startedAt milliseconds since the epoch. */
  begin(at: number, startedAt: number): void {
    const last = this.runs.at(-1);
    // A run in which nothing was measured leaves no trace.
    if (last && at <= last.at) this.runs.pop();
    this.runs.push({ at, startedAt });
  }

  /** The run time at a moment of the last run, milliseconds since the epoch; never before that run. */
  now(epoch: number): number {
    const last = this.runs.at(-1);
    return last ? last.at + Math.max(0, epoch - last.startedAt) : 0;
  }

  /** The run time at any moment since the epoch; what lies between two runs is the end of the first. */
  of(epoch: number): number {
    let at = 0;
    for (const [i, run] of this.runs.entries()) {
      if (i > 0 && epoch < run.startedAt) break;
      const end = this.runs[i + 1]?.at ?? Number.POSITIVE_INFINITY;
      at = Math.min(end, run.at + Math.max(0, epoch - run.startedAt));
    }
    return at;
  }

  /** The stretches of the machine's time that a stretch of the run time is made of, milliseconds since the epoch. */
  stretches(from: number, to: number): { from: number; to: number }[] {
    return this.runs.flatMap((run, i) => {
      const end = this.runs[i + 1]?.at ?? Number.POSITIVE_INFINITY;
      const first = Math.max(from, run.at);
      const last = Math.min(to, end);
      if (last < first) return [];
      const offset = run.startedAt - run.at;
      return [{ from: first + offset, to: last + offset }];
    });
  }
}
