import type { TaskIndex } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import type { Database } from './database.ts';
import { endedRanksSql, sliceSql } from './query-sql.ts';
import { stableOrder } from './stable-order.ts';
import type { StoredBatch } from './store.ts';

/** About how long one slice takes, milliseconds: a question that comes meanwhile waits for no longer. */
const sliceMs = 20;

/** Where more than this share of the tasks match, a search looks at each once. */
const fewShare = 0.2;

/** True where the order can be made of numbers that are read with the tasks. */
export const isSliced = ({ sort }: TaskQuery): boolean => sort !== 'input';

/**
 * Finds all tasks that match a query, slice by slice of the batch: what was found so far can be shown, and the
 * search can be left for another one between two slices.
 */
export class Finding {
  /** What the batch was at its start; see `versionOf`. */
  readonly version: string;
  /** Milliseconds that it took so far. */
  spentMs = 0;
  private readonly db: Database;
  private readonly batch: StoredBatch;
  private readonly query: TaskQuery;
  private readonly tasks: TaskIndex[] = [];
  /** What each is sorted by; null where they are found in their order. */
  private readonly ranks: (number | null)[] | null;
  /** The next task to look at; the one after it, where it goes from the last to the first. */
  private at: TaskIndex;
  private readonly end: TaskIndex;
  private readonly backwards: boolean;
  private size = 2000;
  private fewMatch = true;
  private result: Uint32Array | null = null;

  /** @param from the tasks before this one are known not to match. */
  constructor(db: Database, batch: StoredBatch, query: TaskQuery, from: TaskIndex, version: string) {
    this.db = db;
    this.batch = batch;
    this.query = query;
    this.version = version;
    this.backwards = query.sort === 'index' && query.descending;
    this.ranks = query.sort === 'index' ? null : [];
    this.at = this.backwards ? batch.total : from;
    this.end = this.backwards ? from : batch.total;
  }

  /** Goes on for about so many milliseconds; all that match once it is through, null before. */
  advance(budgetMs: number): Uint32Array | null {
    const begun = performance.now();
    while (!this.result) {
      if (performance.now() - begun >= budgetMs) break;
      if (this.at === this.end) this.result = this.finish();
      else this.slice();
    }
    this.spentMs += performance.now() - begun;
    return this.result;
  }

  /** Those that are found so far and stand where they will stay; none where the order is not known before the end. */
  soFar(from: number, count: number): { tasks: TaskIndex[]; total: number } {
    if (this.ranks) return { tasks: [], total: 0 };
    return { tasks: this.tasks.slice(from, from + count), total: this.tasks.length };
  }

  private slice(): void {
    const before = process.threadCpuUsage();
    const left = Math.abs(this.end - this.at);
    const size = Math.min(this.size, left);
    const first = this.backwards ? this.at - size : this.at;
    if (!this.takeEnded(first, size)) this.take(first, size);
    this.at = this.backwards ? first : first + size;
    // By the time of this thread alone: on a machine that is busy elsewhere, smaller slices only cost more.
    const { user, system } = process.threadCpuUsage(before);
    const ms = Math.max(0.1, (user + system) / 1000);
    this.size = Math.round(Math.min(Math.max(this.size * Math.min(4, sliceMs / ms), 50), 200_000));
  }

  private take(first: TaskIndex, size: number): void {
    const { sql, values } = sliceSql(this.batch, this.query, first, first + size, this.fewMatch);
    const row = this.db.get<{ tasks: string; ranks: string }>(sql, ...values)!;
    const tasks = JSON.parse(row.tasks) as TaskIndex[];
    this.fewMatch = tasks.length < size * fewShare;
    for (const task of tasks) this.tasks.push(task);
    if (this.ranks) for (const rank of JSON.parse(row.ranks) as (number | null)[]) this.ranks.push(rank);
  }

  /** Of all tasks, each of which has ended, in another order; false where it is anything else that is asked for. */
  private takeEnded(first: TaskIndex, size: number): boolean {
    const { filter, search, sort } = this.query;
    if (!this.ranks || sort === 'index' || filter !== 'all' || search !== '') return false;
    const { sql, values } = endedRanksSql(this.batch, sort, first, first + size);
    const row = this.db.get<{ ended: number; ranks: string }>(sql, ...values)!;
    if (row.ended < size) return false;
    for (let task = first; task < first + size; task++) this.tasks.push(task);
    for (const rank of JSON.parse(row.ranks) as (number | null)[]) this.ranks.push(rank);
    return true;
  }

  private finish(): Uint32Array {
    const tasks = new Uint32Array(this.tasks);
    if (!this.ranks) return tasks;
    const ranks = new Float64Array(this.ranks.length);
    for (let at = 0; at < ranks.length; at++) ranks[at] = this.ranks[at] ?? Number.NaN;
    const order = stableOrder(ranks, this.query.descending);
    for (let at = 0; at < order.length; at++) order[at] = tasks[order[at]!]!;
    return order;
  }
}
