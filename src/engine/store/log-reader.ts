import type { SQLInputValue } from 'node:sqlite';
import { hasEnded } from '../../shared/batch.ts';
import type { LogFilter, LogPage, LogPiece, LogPlace } from '../../shared/contract/logs.ts';
import { type BatchId, type OutputStream, outputStreams } from '../../shared/task.ts';
import { requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { firstKey, indexOf, keyOf, lastKey } from './keys.ts';

/** A page ends after this many characters, whatever its lines. */
const pageCharacters = 500_000;
const mostBatches = 20;

export type OutputRow = [
  id: number,
  key: number,
  stream: OutputStream,
  at: number,
  text: string,
  worker: number | null,
];

/** Reads what the tasks of a batch printed, in the order in which it came, for one connection. */
export class LogReader {
  private readonly db: Database;
  /** Between which pieces those of a batch are; the first never changes. */
  private readonly ranges = new Map<BatchId, { first: number; last: number; version: string }>();

  /** Up to which piece there was nothing behind one that was asked for. */
  private readonly nothing = new Map<string, { after: number; upTo: number }>();

  constructor(db: Database) {
    this.db = db;
  }

  /** Throws `NO_SUCH_BATCH`. */
  page(id: BatchId, filter: LogFilter, place: LogPlace, lines: number): LogPage {
    const { first, last } = this.range(id);
    switch (place.at) {
      case 'start':
        return this.forward(id, filter, first - 1, last, lines);
      case 'after':
        return this.forward(id, filter, place.piece, last, lines);
      case 'end':
        return this.backward(id, filter, first, last + 1, lines);
      case 'before':
        return this.backward(id, filter, first, place.piece, lines);
      case 'around': {
        const before = this.backward(id, filter, first, place.piece, Math.ceil(lines / 2));
        const after = this.forward(id, filter, place.piece - 1, last, Math.ceil(lines / 2));
        return { ...after, pieces: [...before.pieces, ...after.pieces], older: before.older };
      }
    }
  }

  /** Between which pieces those of a batch are, others' among them; `last` is open where more may come. */
  range(id: BatchId): { first: number; last: number } {
    const batch = requireBatch(this.db, id);
    const isOpen = !hasEnded(batch.state);
    const version = isOpen ? 'open' : JSON.stringify([batch.generation, batch.bytes, batch.endedAt]);
    const known = this.ranges.get(id);
    if (known?.version === version) return known;
    const row = this.db.get<{ first: number | null; last: number | null }>(
      `SELECT min(id) AS first, max(id) AS last FROM output INDEXED BY output_of_task
       WHERE key BETWEEN ? AND ?`,
      firstKey(id),
      lastKey(id),
    )!;
    const range = {
      first: row.first ?? 1,
      last: isOpen ? Number.MAX_SAFE_INTEGER - 1 : (row.last ?? 0),
      version,
    };
    // Nothing was printed so far: others may print before it does, and what they have printed is not looked through.
    if (row.first === null) return { ...range, first: this.lastPiece() + 1 };
    if (this.ranges.size >= mostBatches) this.ranges.clear();
    this.ranges.set(id, range);
    return range;
  }

  /** No piece of the batch is behind this one now. */
  newest(id: BatchId): number {
    return Math.min(this.range(id).last, this.lastPiece());
  }

  private lastPiece(): number {
    return this.db.get<{ last: number | null }>('SELECT max(id) AS last FROM output')?.last ?? 0;
  }

  /** The pieces after one and up to another one, oldest first. */
  rows(id: BatchId, filter: LogFilter, after: number, last: number): IterableIterator<OutputRow> {
    const { sql, values } = conditionOf(id, filter);
    return this.db.iterateArrays<OutputRow>(
      `SELECT ${columns} FROM output WHERE id > ? AND id <= ? AND ${sql} ORDER BY id`,
      after,
      last,
      ...values,
    );
  }

  private forward(id: BatchId, filter: LogFilter, after: number, last: number, lines: number): LogPage {
    const { pieces, more } = take(id, this.rows(id, filter, this.passed(id, filter, after), last), lines);
    if (pieces.length === 0) this.nothing.set(nameOf(id, filter), { after, upTo: this.lastPiece() });
    return { batch: id, pieces, older: after >= this.range(id).first, newer: more };
  }

  /** Behind a piece, what is known to hold nothing: others' output is looked through once, not with each question. */
  private passed(id: BatchId, filter: LogFilter, after: number): number {
    const known = this.nothing.get(nameOf(id, filter));
    if (this.nothing.size >= mostBatches) this.nothing.clear();
    return known?.after === after ? Math.max(after, known.upTo) : after;
  }

  private backward(id: BatchId, filter: LogFilter, first: number, before: number, lines: number): LogPage {
    const { sql, values } = conditionOf(id, filter);
    const rows = this.db.iterateArrays<OutputRow>(
      `SELECT ${columns} FROM output WHERE id >= ? AND id < ? AND ${sql} ORDER BY id DESC`,
      first,
      before,
      ...values,
    );
    const { pieces, more } = take(id, rows, lines);
    return { batch: id, pieces: pieces.reverse(), older: more, newer: before <= this.range(id).last };
  }
}

const nameOf = (id: BatchId, filter: LogFilter): string => JSON.stringify([id, filter]);

const columns = 'id, key, stream, at, text, worker';

function conditionOf(
  id: BatchId,
  { task, worker, streams }: LogFilter,
): { sql: string; values: SQLInputValue[] } {
  const parts: string[] = [];
  const values: SQLInputValue[] = [];
  if (task !== null) {
    parts.push('key = ?');
    values.push(keyOf(id, task));
  } else {
    // With a plus no index is used: the rows are wanted in the order of their ids, and are near one another.
    parts.push('+key BETWEEN ? AND ?');
    values.push(firstKey(id), lastKey(id));
  }
  if (worker !== null) {
    parts.push('worker = ?');
    values.push(worker);
  }
  if (streams.length < outputStreams.length) {
    parts.push(`stream IN (${streams.map(() => '?').join()})`);
    values.push(...streams);
  }
  return { sql: parts.join(' AND '), values };
}

function take(id: BatchId, rows: Iterable<OutputRow>, lines: number): { pieces: LogPiece[]; more: boolean } {
  const pieces: LogPiece[] = [];
  let left = lines;
  let characters = pageCharacters;
  for (const [row, key, stream, at, text, worker] of rows) {
    if (left <= 0 || characters <= 0) return { pieces, more: true };
    pieces.push({ id: row, index: indexOf(id, key), stream, at, text, worker });
    left -= Math.max(1, countLines(text));
    characters -= text.length;
  }
  return { pieces, more: false };
}

export function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
