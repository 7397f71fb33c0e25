import { type BatchId, stateCode, type TaskIndex } from '../../shared/task.ts';
import type { Kinds } from '../errors/kinds.ts';
import { failedOutcome, isRetried } from '../errors/outcome-code.ts';
import type { Database } from './database.ts';
import { firstKey, indexOf, lastKey } from './keys.ts';
import type { StoredBatch } from './store.ts';
import { toError } from './task-detail.ts';

/** Attempts that are read and remembered; of more, nothing is said of what became of their tasks. */
const mostAttempts = 100_000;
const sliceRows = 500;

const succeeded = stateCode('succeeded');

/** The attempts of a batch that were followed by another one, by the kind of their error. */
export class RetriedAttempts {
  private lastId = 0;
  private count = 0;
  /** The tasks of each group, one that was retried twice twice. */
  private readonly tasks = new Map<string, TaskIndex[]>();

  /** Reads those that came since the last time; true where none is left. */
  advance(db: Database, id: BatchId, kinds: Kinds, until: number): boolean {
    while (this.count < mostAttempts) {
      const rows = db.allArrays<[id: number, key: number, outcome: number, error: string]>(
        // The index holds the id too: what was read before costs no look at the table.
        `SELECT id, key, outcome, error FROM attempts WHERE id IN (
           SELECT id FROM attempts INDEXED BY attempts_of_task WHERE key BETWEEN ? AND ? AND id > ? ORDER BY id LIMIT ${sliceRows})
         ORDER BY id`,
        firstKey(id),
        lastKey(id),
        this.lastId,
      );
      for (const [row, key, outcome, error] of rows) {
        this.lastId = row;
        if (!isRetried(outcome)) continue;
        const { kind } = kinds.of(toError(error) ?? { name: 'Error', message: '' }, failedOutcome(outcome));
        const group = kinds.keyOf(kind);
        const tasks = this.tasks.get(group);
        if (tasks) tasks.push(indexOf(id, key));
        else this.tasks.set(group, [indexOf(id, key)]);
      }
      this.count += rows.length;
      if (rows.length < sliceRows) return true;
      if (performance.now() > until) return false;
    }
    return true;
  }

  /** By the keys of groups: how many attempts ended so, and how many of them on a task that then succeeded. */
  recovered(db: Database, batch: StoredBatch): Map<string, { retried: number; recovered: number }> {
    const all = new Map<string, { retried: number; recovered: number }>();
    for (const [group, tasks] of this.tasks) {
      const row = db.get<{ n: number }>(
        `SELECT count(*) AS n FROM json_each(?) AS wanted CROSS JOIN results
           ON results.key = CAST(? AS INTEGER) + wanted.value WHERE results.state = ${succeeded}`,
        JSON.stringify(tasks),
        firstKey(batch.id),
      );
      all.set(group, { retried: tasks.length, recovered: row!.n });
    }
    return all;
  }
}
