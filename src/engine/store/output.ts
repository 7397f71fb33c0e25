import type { BatchId, OutputPiece, OutputStream, TaskIndex } from '../../shared/task.ts';
import { grow } from './batches.ts';
import type { Database } from './database.ts';
import { keyOf } from './keys.ts';
import { rowBytes } from './row-bytes.ts';

/** A longer piece is kept as several, so that a page of a log can begin and end anywhere in it. */
const pieceCharacters = 16_384;

/** Adds pieces of output that a worker sent. Runs in the caller's transaction. Throws `NO_SUCH_BATCH`. */
export function addOutput(db: Database, id: BatchId, pieces: OutputPiece[], worker: number | null): void {
  grow(db, id, insertOutput(db, id, pieces, worker));
}

/** Adds pieces of output, and answers with the bytes that they take. */
export function insertOutput(
  db: Database,
  id: BatchId,
  pieces: OutputPiece[],
  worker: number | null,
): number {
  let bytes = 0;
  for (const { index, stream, at, text } of pieces) {
    const key = keyOf(id, index);
    for (let from = 0; from < text.length || from === 0; ) {
      const to = endOfPart(text, from);
      const part = from === 0 && to === text.length ? text : text.slice(from, to);
      db.run(
        'INSERT INTO output (key, stream, at, text, worker) VALUES (?, ?, ?, ?, ?)',
        key,
        stream,
        at,
        part,
        worker,
      );
      bytes += part.length + rowBytes.output;
      from = Math.max(to, 1);
    }
  }
  return bytes;
}

/** Where a part of a long text ends: after a line where there is one, and never within a character. */
function endOfPart(text: string, from: number): number {
  const most = from + pieceCharacters;
  if (text.length <= most) return text.length;
  const line = text.lastIndexOf('\n', most - 1) + 1;
  if (line > from) return line;
  return /[\ud800-\udbff]/.test(text[most - 1]!) ? most - 1 : most;
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
