import type { BatchId, OutputPiece, OutputStream, TaskIndex } from '../../shared/task.ts';
import { grow } from './batches.ts';
import type { Database } from './database.ts';
import { keyOf } from './keys.ts';
import { rowBytes } from './row-bytes.ts';

/** Adds pieces of output. Runs in the caller's transaction. Throws `NO_SUCH_BATCH`. */
export function addOutput(db: Database, id: BatchId, pieces: OutputPiece[]): void {
  grow(db, id, insertOutput(db, id, pieces));
}

/** Adds pieces of output, and answers with the bytes that they take. */
export function insertOutput(db: Database, id: BatchId, pieces: OutputPiece[]): number {
  let bytes = 0;
  for (const { index, stream, at, text } of pieces) {
    db.run(
      'INSERT INTO output (key, stream, at, text) VALUES (?, ?, ?, ?)',
      keyOf(id, index),
      stream,
      at,
      text,
    );
    bytes += text.length + rowBytes.output;
  }
  return bytes;
}

/** The last pieces, oldest first. The oldest of them is cut at its start where it is longer than what is left. */
export function readOutput(
  db: Database,
  id: BatchId,
  index: TaskIndex,
  maxPieces: number,
  maxCharacters: number,
): { pieces: OutputPiece[]; cut: boolean } {
  const rows = db.iterate<{ stream: OutputStream; at: number; text: string }>(
    'SELECT stream, at, text FROM output WHERE key = ? ORDER BY id DESC LIMIT ?',
    keyOf(id, index),
    maxPieces + 1,
  );
  const pieces: OutputPiece[] = [];
  let left = maxCharacters;
  let cut = false;
  for (const { stream, at, text } of rows) {
    if (pieces.length === maxPieces || left === 0) {
      cut = true;
      break;
    }
    const kept = text.length > left ? text.slice(-left) : text;
    cut = kept.length < text.length;
    left -= kept.length;
    pieces.push({ index, stream, at, text: kept });
  }
  return { pieces: pieces.reverse(), cut };
}
