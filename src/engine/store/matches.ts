import type { BatchId, TaskIndex } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import type { Database } from './database.ts';
import { FailureGroups } from './failure-groups.ts';
import { matchingSql } from './query-sql.ts';
import type { StoredBatch } from './store.ts';

/** The tasks that match a query, in its order: where they stand in the batch, four bytes each. */
export type Matches = Uint32Array;

/** Lists that are kept; a window uses one or two, and each is up to 4 MB a million tasks. */
const maxLists = 4;

/** Up to this position a row of a plain filter is found by counting from the start, which takes a few ms. */
const maxCounted = 20_000;

/** True where the matches are all tasks in the order of their indices, so that a position is an index. */
export const isPlain = ({ filter, search, sort, descending, group }: TaskQuery): boolean =>
  group === undefined && filter === 'all' && search === '' && sort === 'index' && !descending;

/**
 * Finds the tasks that match queries, for one connection.
 *
 * A list of all matches is made once and kept while nothing in the batch changes: scrolling through a million
 * rows of any order then costs a look at the list and never the search or the sort again. The first rows of a
 * filter alone need no list, so that watching a batch that runs stays cheap.
 */
export class Matcher {
  private readonly db: Database;
  private readonly failures: FailureGroups;
  /** The latest used last. */
  private readonly lists = new Map<string, { version: string; matches: Matches }>();
  /** Where each batch's first waiting task was, when this many tasks had ended. */
  private readonly fronts = new Map<BatchId, { index: TaskIndex; ended: number; generation: number }>();

  /** @param failures the groups of failed tasks, for queries that are about one. */
  constructor(db: Database, failures = new FailureGroups(db)) {
    this.db = db;
    this.failures = failures;
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
    const isOfState = filter !== 'all' && query.group === undefined;
    if (isOfState && search === '' && sort === 'index' && from + count <= maxCounted) {
      return { tasks: this.select(batch, query, from, count), total: batch.counts[filter] };
    }
    const matches = this.all(batch, query);
    return { tasks: [...matches.subarray(from, from + count)], total: matches.length };
  }

  /** All matches. */
  all(batch: StoredBatch, query: TaskQuery): Matches {
    const { filter, search, sort, descending, group } = query;
    const name = JSON.stringify([batch.id, filter, search, sort, descending, group]);
    // A result is never changed, and removed only with a new generation: the matches change with these alone.
    const version = JSON.stringify([batch.total, batch.rest, batch.counts, batch.generation]);
    const known = this.lists.get(name);
    const matches = known?.version === version ? known.matches : this.find(batch, query);
    this.lists.delete(name);
    this.lists.set(name, { version, matches });
    for (const oldest of this.lists.keys()) {
      if (this.lists.size <= maxLists) break;
      this.lists.delete(oldest);
    }
    return matches;
  }

  private find(batch: StoredBatch, query: TaskQuery): Matches {
    const { filter, search, sort, descending, group } = query;
    if (group === undefined) return Uint32Array.from(this.select(batch, query, 0, -1));
    // A group is one of failed tasks.
    if (filter !== 'all' && filter !== 'failed') return new Uint32Array();
    const tasks = this.failures.tasks(batch, group);
    if (search === '' && sort === 'index') return descending ? tasks.reverse() : tasks;
    const ofGroup = new Set(tasks);
    const found = this.select(batch, { ...query, filter: 'failed', group: undefined }, 0, -1);
    return Uint32Array.from(found.filter((task) => ofGroup.has(task)));
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
