import type { BatchId, TaskIndex } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import type { Database } from './database.ts';
import { FailureGroups } from './failure-groups.ts';
import { Finding, isSliced } from './finding.ts';
import { matchingSql } from './query-sql.ts';
import type { StoredBatch } from './store.ts';

/** The tasks that match a query, in its order: where they stand in the batch, four bytes each. */
export type Matches = Uint32Array;

/** Some of the tasks that match. */
export interface Slice {
  tasks: TaskIndex[];
  /** How many match; so far, where they are still being counted. */
  total: number;
  counting: boolean;
}

/** What a question with a limit of time gets where the answer takes longer. */
export type Unanswered =
  /** Ask again: it goes on where it stands. */
  | 'later'
  /** It is one long step: see {@link Matcher.keep}. */
  | 'long';

/** Lists that are kept; a window uses one or two, and each is up to 4 MB a million tasks. */
const maxLists = 4;

/** Up to this position a row of a plain filter is found by counting from the start, which takes a few ms. */
const maxCounted = 20_000;

/** Up to this position a row of a sort is found without sorting the others, in one pass over the tasks. */
const maxTop = 1000;

/** A list of a batch that runs is good for this many times the time that it took, so that looking slows nothing. */
const patience = 10;

interface List {
  version: string;
  matches: Matches;
  /** By the clock of `performance`, milliseconds. */
  until: number;
}

/** True where the matches are all tasks in the order of their indices, so that a position is an index. */
export const isPlain = ({ filter, search, sort, descending, group }: TaskQuery): boolean =>
  group === undefined && filter === 'all' && search === '' && sort === 'index' && !descending;

/** A result is never changed, and removed only with a new generation: what matches changes with these alone. */
export const versionOf = ({ total, rest, counts, generation }: StoredBatch): string =>
  JSON.stringify([total, rest, counts, generation]);

/**
 * Finds the tasks that match queries, for one connection.
 *
 * A list of all matches is made once and kept while nothing in the batch changes: scrolling through a million
 * rows of any order then costs a look at the list and never the search or the sort again. The first rows need
 * no list: those of a filter or a sort come from SQL with a limit, those of a search as they are found.
 */
export class Matcher {
  private readonly db: Database;
  private readonly failures: FailureGroups;
  /** The latest used last. */
  private readonly lists = new Map<string, List>();
  /** The first rows of a sort that were asked for last. */
  private tops: { name: string; version: string; slice: Slice; until: number } | null = null;
  /** The list that is being made; another question takes its place. */
  private finding: { name: string; finding: Finding } | null = null;
  /** Where each batch's first waiting task was, when this many tasks had ended. */
  private readonly fronts = new Map<BatchId, { index: TaskIndex; ended: number; generation: number }>();

  /** @param failures the groups of failed tasks, for queries that are about one. */
  constructor(db: Database, failures = new FailureGroups(db)) {
    this.db = db;
    this.failures = failures;
  }

  /** `count` matches from position `from` on, and how many there are. */
  slice(batch: StoredBatch, query: TaskQuery, from: number, count: number): Slice {
    const asked = plainer(batch, query);
    return this.atOnce(batch, asked, from, count) ?? sliceOf(this.all(batch, asked), from, count);
  }

  /**
   * The same within about so many milliseconds: what is found so far and stands where it stays, or why there is
   * nothing yet. Of a batch that runs, the list may be some seconds old.
   */
  sliceWithin(
    batch: StoredBatch,
    query: TaskQuery,
    from: number,
    count: number,
    budgetMs: number,
  ): Slice | Unanswered {
    const asked = plainer(batch, query);
    const known = this.known(batch, asked, true);
    if (known) return sliceOf(known, from, count);
    const atOnce = this.top(batch, asked, from, count);
    if (atOnce) return atOnce;
    if (asked.group !== undefined) return sliceOf(this.all(batch, asked), from, count);
    if (!isSliced(asked)) return 'long';
    return this.goOn(batch, asked, from, count, budgetMs);
  }

  /** All matches. */
  all(batch: StoredBatch, query: TaskQuery): Matches {
    const asked = plainer(batch, query);
    const known = this.known(batch, asked, false);
    if (known) return known;
    const begun = performance.now();
    return this.keep(batch, asked, versionOf(batch), this.find(batch, asked), performance.now() - begun);
  }

  /**
   * Takes a list that was made elsewhere.
   * @param version what the batch was then. @param tookMs how long it took.
   */
  keep(batch: StoredBatch, query: TaskQuery, version: string, matches: Matches, tookMs: number): Matches {
    const until = performance.now() + tookMs * patience;
    this.remember(nameOf(batch, plainer(batch, query)), { version, matches, until });
    return matches;
  }

  private remember(name: string, list: List): void {
    this.lists.delete(name);
    this.lists.set(name, list);
    for (const oldest of this.lists.keys()) {
      if (this.lists.size <= maxLists) break;
      this.lists.delete(oldest);
    }
  }

  private known(batch: StoredBatch, query: TaskQuery, mayBeOld: boolean): Matches | null {
    const name = nameOf(batch, query);
    const list = this.lists.get(name);
    if (!list) return null;
    const isOld = list.version !== versionOf(batch);
    if (isOld && !(mayBeOld && batch.endedAt === null && performance.now() < list.until)) return null;
    this.remember(name, list);
    return list.matches;
  }

  /** As {@link atOnce}; which tasks are the first of a sort stays for a while too, for it costs a pass over all. */
  private top(batch: StoredBatch, query: TaskQuery, from: number, count: number): Slice | null {
    if (query.sort === 'index') return this.atOnce(batch, query, from, count);
    const name = `${nameOf(batch, query)} ${from} ${count}`;
    const version = versionOf(batch);
    const begun = performance.now();
    const { tops } = this;
    if (tops?.name === name) {
      const isGood = tops.version === version || (batch.endedAt === null && begun < tops.until);
      if (isGood) return tops.slice;
    }
    const slice = this.atOnce(batch, query, from, count);
    const ended = performance.now();
    this.tops = slice && { name, version, slice, until: ended + (ended - begun) * patience };
    return slice;
  }

  /** The rows that need no list; null for others. */
  private atOnce(batch: StoredBatch, query: TaskQuery, from: number, count: number): Slice | null {
    const { filter, search, sort, group } = query;
    if (isPlain(query)) {
      const length = Math.max(0, Math.min(count, batch.total - from));
      const tasks = Array.from({ length }, (_, offset) => from + offset);
      return { tasks, total: batch.total, counting: false };
    }
    // No task is running here: which ones do is known to the engine.
    if (filter !== 'all' && batch.counts[filter] === 0) return { tasks: [], total: 0, counting: false };
    const reach = sort === 'index' ? maxCounted : maxTop;
    if (search !== '' || group !== undefined || from + count > reach) return null;
    const total = filter === 'all' ? batch.total : batch.counts[filter];
    return { tasks: this.select(batch, query, from, count), total, counting: false };
  }

  private goOn(
    batch: StoredBatch,
    query: TaskQuery,
    from: number,
    count: number,
    budgetMs: number,
  ): Slice | 'later' {
    const name = nameOf(batch, query);
    let current = this.finding;
    if (current?.name !== name) {
      current = {
        name,
        finding: new Finding(this.db, batch, query, this.start(batch, query), versionOf(batch)),
      };
      this.finding = current;
    }
    const { finding } = current;
    const matches = finding.advance(budgetMs);
    if (matches) {
      this.finding = null;
      this.keep(batch, query, finding.version, matches, finding.spentMs);
      return sliceOf(matches, from, count);
    }
    const soFar = finding.soFar(from, count);
    return soFar.tasks.length < count ? 'later' : { ...soFar, counting: true };
  }

  private find(batch: StoredBatch, query: TaskQuery): Matches {
    const { filter, search, sort, descending, group } = query;
    if (group === undefined && isSliced(query)) {
      const finding = new Finding(this.db, batch, query, this.start(batch, query), '');
      return finding.advance(Number.POSITIVE_INFINITY)!;
    }
    if (group === undefined) return Uint32Array.from(this.select(batch, query, 0, -1));
    // A group is one of failed tasks.
    if (filter !== 'all' && filter !== 'failed') return new Uint32Array();
    const tasks = this.failures.tasks(batch, group);
    if (search === '' && sort === 'index') return descending ? tasks.reverse() : tasks;
    const ofGroup = new Set(tasks);
    const found = this.find(batch, { ...query, filter: 'failed', group: undefined });
    return found.filter((task) => ofGroup.has(task));
  }

  /** @param count -1 for all. */
  private select(batch: StoredBatch, query: TaskQuery, from: number, count: number): TaskIndex[] {
    // Tasks that have neither of them stand last, and each that has succeeded has both.
    const byEnd = query.sort === 'ms' || query.sort === 'worker';
    const endedOnly = byEnd && query.filter === 'all' && count >= 0 && from + count <= batch.counts.succeeded;
    const { sql, values } = matchingSql(batch, query, this.start(batch, query), endedOnly);
    // One text for all of them: a row each through the binding takes four times as long.
    const row = this.db.get<{ tasks: string }>(
      `SELECT json_group_array(task) AS tasks FROM (${sql} LIMIT ? OFFSET ?)`,
      ...values,
      count,
      from,
    );
    return JSON.parse(row!.tasks) as TaskIndex[];
  }

  /** The first task that may match. */
  private start(batch: StoredBatch, { filter }: TaskQuery): TaskIndex {
    return filter === 'pending' ? this.front(batch) : 0;
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

/** The numbers of a range stand in order already. */
function plainer(batch: StoredBatch, query: TaskQuery): TaskQuery {
  const { inputs } = batch.spec;
  if (query.sort !== 'input' || inputs.kind !== 'range') return query;
  return { ...query, sort: 'index', descending: query.descending !== inputs.step < 0 };
}

const nameOf = ({ id }: StoredBatch, { filter, search, sort, descending, group }: TaskQuery): string =>
  JSON.stringify([id, filter, search, sort, descending, group]);

const sliceOf = (matches: Matches, from: number, count: number): Slice => ({
  tasks: [...matches.subarray(from, from + count)],
  total: matches.length,
  counting: false,
});
