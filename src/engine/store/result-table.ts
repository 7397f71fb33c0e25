import type { ColumnSummary, ResultColumns } from '../../shared/contract/results.ts';
import type { BatchId } from '../../shared/task.ts';
import { columnPlace } from '../results/column-id.ts';
import { ColumnFinder } from '../results/find-columns.ts';
import { ColumnSummarizer } from '../results/summarize.ts';
import { requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { scanColumn } from './result-scan.ts';
import type { StoredBatch } from './store.ts';

/** Answers that are kept. */
const maxKept = 50;
/** What was found is good for this many times the time that it took: a batch that runs is not read all the time. */
const patience = 10;

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

  columns(id: BatchId): ResultColumns {
    return this.keep(id, 'columns', (batch) => {
      const finder = new ColumnFinder();
      for (const part of ['input', 'value'] as const) {
        for (const values of scanColumn(this.db, id, { of: part, keys: [] })) {
          for (const value of values) finder.add(part, value);
        }
      }
      return { batch: id, ...finder.columns(), rows: batch.counts.succeeded };
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

  private keep<Answer>(id: BatchId, what: string, make: (batch: StoredBatch) => Answer): Answer {
    const batch = requireBatch(this.db, id);
    const version = JSON.stringify([batch.counts.succeeded, batch.generation]);
    const name = `${id} ${what}`;
    const known = this.kept.get(name);
    const begun = performance.now();
    if (known && (known.version === version || (batch.endedAt === null && begun < known.until))) {
      return known.answer as Answer;
    }
    const answer = make(batch);
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
