import type { TaskIndex } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import type { Database } from './database.ts';
import { matchingSql } from './query-sql.ts';
import type { StoredBatch } from './store.ts';

/**
 * The tasks that match a query, in its order: where they stand in the batch, four bytes each. Found once and
 * kept while nothing in the batch changes, so that scrolling through a million rows of any order costs a look
 * at this list and never the search or the sort again.
 */
export type Matches = Uint32Array;

/** Lists that are kept; a window uses one or two, and each is up to 4 MB a million tasks. */
const maxLists = 4;

/** The lists of one connection, the latest used last. */
export class MatchCache {
  private readonly lists = new Map<string, { version: string; matches: Matches }>();

  find(db: Database, batch: StoredBatch, query: TaskQuery): Matches {
    const name = JSON.stringify([batch.id, query.filter, query.search, query.sort, query.descending]);
    const version = versionOf(batch);
    const known = this.lists.get(name);
    this.lists.delete(name);
    const matches = known?.version === version ? known.matches : findMatches(db, batch, query);
    this.lists.set(name, { version, matches });
    for (const oldest of this.lists.keys()) {
      if (this.lists.size <= maxLists) break;
      this.lists.delete(oldest);
    }
    return matches;
  }
}

/** True where the matches are all tasks in the order of their indices, so that no list is needed. */
export const isPlain = ({ filter, search, sort, descending }: TaskQuery): boolean =>
  filter === 'all' && search === '' && sort === 'index' && !descending;

/** A result is never changed, so a batch's matches can only change with its numbers. */
function versionOf({ total, rest, counts }: StoredBatch): string {
  return JSON.stringify([total, rest, counts]);
}

function findMatches(db: Database, batch: StoredBatch, query: TaskQuery): Matches {
  const { sql, values } = matchingSql(batch, query);
  // One text for all of them: a row each through the binding takes four times as long.
  const row = db.get<{ tasks: string }>(`SELECT json_group_array(task) AS tasks FROM (${sql})`, ...values);
  return Uint32Array.from(JSON.parse(row!.tasks) as TaskIndex[]);
}
