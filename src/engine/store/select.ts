import type { BatchId } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { isPlain, type Matcher, type Matches } from './matches.ts';

/** All tasks that match, in the order of the query. Throws `NO_SUCH_BATCH`. */
export function selectTasks(db: Database, matcher: Matcher, id: BatchId, query: TaskQuery): Matches {
  const batch = requireBatch(db, id);
  return isPlain(query)
    ? Uint32Array.from({ length: batch.total }, (_, index) => index)
    : matcher.all(batch, query);
}
