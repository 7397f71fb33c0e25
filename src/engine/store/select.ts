import type { BatchId } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { isPlain, type Matcher, type Matches, versionOf } from './matches.ts';

/** All tasks that match, in the order of the query. Throws `NO_SUCH_BATCH`. */
export function selectTasks(db: Database, matcher: Matcher, id: BatchId, query: TaskQuery): Matches {
  const batch = requireBatch(db, id);
  return isPlain(query)
    ? Uint32Array.from({ length: batch.total }, (_, index) => index)
    : matcher.all(batch, query);
}

/** A list of all matches that one thread makes for another one. */
export interface MadeList {
  version: string;
  matches: Matches;
  tookMs: number;
}

/** Throws `NO_SUCH_BATCH`. */
export function makeList(db: Database, matcher: Matcher, id: BatchId, query: TaskQuery): MadeList {
  const batch = requireBatch(db, id);
  const begun = performance.now();
  const matches = matcher.all(batch, query);
  return { version: versionOf(batch), matches, tookMs: performance.now() - begun };
}

/** Throws `NO_SUCH_BATCH`. */
export function keepList(
  db: Database,
  matcher: Matcher,
  id: BatchId,
  query: TaskQuery,
  list: MadeList,
): void {
  matcher.keep(requireBatch(db, id), query, list.version, list.matches, list.tookMs);
}
