import type { ColumnSummary, ResultColumns } from '../../shared/contract/results.ts';
import type { BatchId } from '../../shared/task.ts';
import { columnPlace } from '../results/column-id.ts';
import { ColumnFinder } from '../results/find-columns.ts';
import { ColumnSummarizer } from '../results/summarize.ts';
import { requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { fewSlices, fewTasks, scanColumn } from './result-scan.ts';
import type { StoredBatch } from './store.ts';

/** Answers that are kept. */
const maxKept = 50;
/** What was found is good for this many times the time that it took: a batch that runs is not read all the time. */
const patience = 30;

interface Kept {
  version: string;
  answer: unknown;
  /** Until then it is good although the batch has changed; by `performance.now()`. */
  until: number;
}

/** Reads what concerns all results of a batch: which columns they have, and what is in a column. */
export class ResultTable {
  private readonly db: Database;
  /** The latest used last. */
  private readonly kept = new Map<string, Kept>();

  constructor(db: Database) {
    this.db = db;
  }

  /** @param quick of many results, a part is read where all were not read before. */
  columns(id: BatchId, quick = false): ResultColumns {
    const isPart = quick && requireBatch(this.db, id).total > fewTasks && !this.isKnown(id, 'columns');
    return this.keep(id, isPart ? 'some columns' : 'columns', () => {
      const finder = new ColumnFinder();
      const most = isPart ? fewSlices : undefined;
      for (const part of ['input', 'value'] as const) {
        for (const values of scanColumn(this.db, id, { of: part, keys: [] }, 'results', most)) {
          for (const value of values) finder.add(part, value);
        }
      }
      return { batch: id, ...finder.columns(), complete: !isPart };
    });
  }

  summary(id: BatchId, column: string): ColumnSummary {
    return this.keep(id, `summary ${column}`, () => {
      const summarizer = new ColumnSummarizer(column);
      for (const values of scanColumn(this.db, id, columnPlace(column))) {
        for (const value of values) summarizer.add(value);
      }
      return summarizer.summary();
    });
  }

  private isKnown(id: BatchId, what: string): boolean {
    return this.known(requireBatch(this.db, id), what) !== undefined;
  }

  /** What is kept and still good. */
  private known(batch: StoredBatch, what: string): Kept | undefined {
    const known = this.kept.get(`${batch.id} ${what}`);
    if (!known) return undefined;
    const isPatient = batch.endedAt === null && performance.now() < known.until;
    return known.version === versionOf(batch) || isPatient ? known : undefined;
  }

  private keep<Answer>(id: BatchId, what: string, make: () => Answer): Answer {
    const batch = requireBatch(this.db, id);
    const known = this.known(batch, what);
    if (known) return known.answer as Answer;
    const version = versionOf(batch);
    const name = `${id} ${what}`;
    const begun = performance.now();
    const answer = make();
    const ended = performance.now();
    this.kept.delete(name);
    this.kept.set(name, { version, answer, until: ended + (ended - begun) * patience });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= maxKept) break;
      this.kept.delete(oldest);
    }
    return answer;
  }
}

const versionOf = ({ counts, generation }: StoredBatch): string =>
  JSON.stringify([counts.succeeded, generation]);
