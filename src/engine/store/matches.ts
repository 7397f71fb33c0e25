import type { BatchId, TaskIndex } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import type { Database } from './database.ts';
import { matchingSql } from './query-sql.ts';
import type { StoredBatch } from './store.ts';

/** The tasks that match a query, in its order: where they stand in the batch, four bytes each. */
export type Matches = Uint32Array;

/** Lists that are kept; a window uses one or two, and each is up to 4 MB a million tasks. */
const maxLists = 4;

/** Up to this position a row of a plain filter is found by counting from the start, which takes a few ms. */
const maxCounted = 20_000;

/** True where the matches are all tasks in the order of their indices, so that a position is an index. */
export const isPlain = ({ filter, search, sort, descending }: TaskQuery): boolean =>
  filter === 'all' && search === '' && sort === 'index' && !descending;

/**
 * Finds the tasks that match queries, for one connection.
 *
 * A list of all matches is made once and kept while nothing in the batch changes: scrolling through a million
 * rows of any order then costs a look at the list and never the search or the sort again. The first rows of a
 * filter alone need no list, so that watching a batch that runs stays cheap.
 */
export class Matcher {
  private readonly db: Database;
  /** The latest used last. */
  private readonly lists = new Map<string, { version: string; matches: Matches }>();
  /** Where each batch's first waiting task was, when this many tasks had ended. */
  private readonly fronts = new Map<BatchId, { index: TaskIndex; ended: number; generation: number }>();

  constructor(db: Database) {
    this.db = db;
  }

  /** `count` matches from position `from` on, and how many there are. */
  slice(
    batch: StoredBatch,
    query: TaskQuery,
    from: number,
    count: number,
  ): { tasks: TaskIndex[]; total: number } {
    const { filter, search, sort } = query;
    if (isPlain(query)) {
      const length = Math.max(0, Math.min(count, batch.total - from));
      return { tasks: Array.from({ length }, (_, offset) => from + offset), total: batch.total };
    }
    // No task is running here: which ones do is known to the engine.
    if (filter !== 'all' && batch.counts[filter] === 0) return { tasks: [], total: 0 };
    if (filter !== 'all' && search === '' && sort === 'index' && from + count <= maxCounted) {
      return { tasks: this.select(batch, query, from, count), total: batch.counts[filter] };
    }
    const matches = this.all(batch, query);
    return { tasks: [...matches.subarray(from, from + count)], total: matches.length };
  }

  /** All matches. */
  all(batch: StoredBatch, query: TaskQuery): Matches {
    const name = JSON.stringify([batch.id, query.filter, query.search, query.sort, query.descending]);
    // A result is never changed, and removed only with a new generation: the matches change with these alone.
    const version = JSON.stringify([batch.total, batch.rest, batch.counts, batch.generation]);
    const known = this.lists.get(name);
    const matches =
      known?.version === version ? known.matches : Uint32Array.from(this.select(batch, query, 0, -1));
    this.lists.delete(name);
    this.lists.set(name, { version, matches });
    for (const oldest of this.lists.keys()) {
      if (this.lists.size <= maxLists) break;
      this.lists.delete(oldest);
    }
    return matches;
  }

  /** @param count -1 for all. */
  private select(batch: StoredBatch, query: TaskQuery, from: number, count: number): TaskIndex[] {
    const start = query.filter === 'pending' ? this.front(batch) : 0;
    const { sql, values } = matchingSql(batch, query, start);
    // One text for all of them: a row each through the binding takes four times as long.
    const row = this.db.get<{ tasks: string }>(
      `SELECT json_group_array(task) AS tasks FROM (${sql} LIMIT ? OFFSET ?)`,
      ...values,
      count,
      from,
    );
    return JSON.parse(row!.tasks) as TaskIndex[];
  }

  /** The first waiting task: within a generation it only moves on, so that the many that have ended are passed over once. */
  private front(batch: StoredBatch): TaskIndex {
    const ended = batch.total - batch.counts.pending;
    const known = this.fronts.get(batch.id);
    const holds = known?.generation === batch.generation && known.ended <= ended;
    const start = holds ? known.index : 0;
    const { sql, values } = matchingSql(batch, firstWaiting, start);
    const row = this.db.get<{ task: TaskIndex }>(`${sql} LIMIT 1`, ...values);
    const index = row?.task ?? start;
    this.fronts.set(batch.id, { index, ended, generation: batch.generation });
    return index;
  }
}

const firstWaiting: TaskQuery = { filter: 'pending', search: '', sort: 'index', descending: false };
