import type { BatchId, TaskIndex } from '../../shared/task.ts';
import { grow } from './batches.ts';
import type { Database } from './database.ts';
import { addInputs } from './inputs.ts';
import { multiInsert } from './multi-insert.ts';
import type { WatchedFiles } from './store.ts';

const insert = multiInsert('INSERT OR REPLACE INTO watched (batch, path, stamp) VALUES', '(?, ?, ?)');

/** Remembers files, and makes tasks of them where `first` is given. Runs in the caller's transaction. */
export function addWatched(
  db: Database,
  id: BatchId,
  first: TaskIndex | null,
  { paths, stamps }: WatchedFiles,
): void {
  insert(db, paths.length, (row, values) => {
    values.push(id, paths[row]!, stamps[row]!);
  });
  const texts = paths.map((path) => JSON.stringify(path)).join('\n');
  grow(db, id, texts.length + rowBytes * paths.length);
  if (first !== null) addInputs(db, id, first, texts, paths.length);
}

export function readWatched(db: Database, id: BatchId, after: string | null, limit: number): WatchedFiles {
  const rows = db.all<{ path: string; stamp: string }>(
    'SELECT path, stamp FROM watched WHERE batch = ? AND (? IS NULL OR path > ?) ORDER BY path LIMIT ?',
    id,
    after,
    after,
    limit,
  );
  return { paths: rows.map(({ path }) => path), stamps: rows.map(({ stamp }) => stamp) };
}

/** Removes some of the files that a batch remembers; false where none is left. */
export function removeWatched(db: Database, id: BatchId, limit: number): boolean {
  const { changes } = db.run(
    'DELETE FROM watched WHERE batch = ? AND path IN (SELECT path FROM watched WHERE batch = ? LIMIT ?)',
    id,
    id,
    limit,
  );
  return changes > 0;
}

/** About what a row takes beside its path: the batch, the stamp, the row's head. */
const rowBytes = 40;
