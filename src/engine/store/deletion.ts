import type { BatchId } from '../../shared/task.ts';
import { Again } from './again.ts';
import { noSuchBatch } from './batches.ts';
import { giveBackPages } from './compact.ts';
import type { Database } from './database.ts';
import { firstKey, lastKey } from './keys.ts';
import { removeWatched } from './watched.ts';

/** A slice of a purge takes no longer, so that others are served in between. */
const sliceMs = 20;
/** Rows, and pages, that are removed by one statement. */
const stepRows = 500;

/** Hides batches; those that are hidden already stay as they are. Throws `NO_SUCH_BATCH`. */
export function deleteBatches(db: Database, ids: BatchId[], at: number): void {
  for (const id of ids) {
    const { changes } = db.run(
      'UPDATE batches SET deleted_at = coalesce(deleted_at, ?) WHERE id = ?',
      at,
      id,
    );
    if (changes === 0) throw noSuchBatch(id);
  }
}

/** Brings hidden batches back. Throws `NO_SUCH_BATCH` where one is being removed, or is gone. */
export function restoreBatches(db: Database, ids: BatchId[]): void {
  for (const id of ids) {
    const { changes } = db.run(
      'UPDATE batches SET deleted_at = NULL WHERE id = ? AND (deleted_at IS NULL OR deleted_at >= 0)',
      id,
    );
    if (changes === 0) throw noSuchBatch(id);
  }
}

/** Whether {@link purge} has anything to do: most of the times that it is asked it has not. */
export function hasGarbage(db: Database, deletedBefore: number): boolean {
  if (db.pragma('freelist_count') > 0) return true;
  return db.get('SELECT 1 FROM batches WHERE deleted_at < ? LIMIT 1', deletedBefore) !== undefined;
}

/** A slice of removing what was deleted before a time. Runs in the caller's transaction. */
export function purge(db: Database, deletedBefore: number): undefined | Again {
  const until = performance.now() + sliceMs;
  // From here on it cannot come back, whatever happens to this program: half of a batch is none.
  db.run('UPDATE batches SET deleted_at = -1 WHERE deleted_at >= 0 AND deleted_at < ?', deletedBefore);
  const again = new Again(deletedBefore);
  for (;;) {
    const batch = db.get<{ id: BatchId }>('SELECT id FROM batches WHERE deleted_at < 0 LIMIT 1');
    if (!batch) break;
    while (removeRows(db, batch.id) || removeWatched(db, batch.id, stepRows)) {
      if (performance.now() > until) return again;
    }
    db.run('DELETE FROM stats WHERE batch = ?', batch.id);
    db.run('DELETE FROM batches WHERE id = ?', batch.id);
  }
  while (giveBackPages(db, stepRows)) if (performance.now() > until) return again;
  return undefined;
}

/** Removes some rows of a batch; false where none is left. */
function removeRows(db: Database, id: BatchId): boolean {
  return rowTables.some(([table, key]) => {
    const { changes } = db.run(
      `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE key BETWEEN ? AND ? LIMIT ?)`,
      firstKey(id),
      lastKey(id),
      stepRows,
    );
    return changes > 0;
  });
}

const rowTables = [
  ['output', 'id'],
  ['attempts', 'id'],
  ['results', 'key'],
  ['tasks', 'key'],
] as const;
