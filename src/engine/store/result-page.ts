import type { Cell, ResultPage, ResultQuery, ResultRow } from '../../shared/contract/results.ts';
import type { BatchId, TaskIndex } from '../../shared/task.ts';
import { rowReader } from '../results/read-row.ts';
import { cellOf } from '../results/values.ts';
import { requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { readExportSlice, unpackRow } from './export-rows.ts';
import type { ResultMatcher } from './result-matches.ts';

/** Characters of a text that a cell of the table shows. */
const maxCharacters = 300;

/** `count` of the results that match, from the one at position `from` on. Throws `NO_SUCH_BATCH`, `NO_SUCH_COLUMN`. */
export function readResultPage(
  db: Database,
  matcher: ResultMatcher,
  id: BatchId,
  query: ResultQuery,
  columns: string[],
  from: number,
  count: number,
): ResultPage {
  const batch = requireBatch(db, id);
  const read = rowReader(columns);
  const { tasks, total } = matcher.slice(batch, query, from, count);
  const rows: ResultRow[] = [];
  while (rows.length < tasks.length) {
    // Fewer than asked where they are large, so that only cut texts are held of those.
    const slice = readExportSlice(db, id, tasks.slice(rows.length));
    if (slice.length === 0) break;
    for (const packed of slice) {
      const row = unpackRow(id, batch.rest, packed);
      rows.push({ index: row.index, cells: read(row).map((value) => shortened(cellOf(value))) });
    }
  }
  return { batch: id, from, rows, total };
}

/** A whole value; undefined where there is none, or no such result. */
export function readResultValue(db: Database, id: BatchId, index: TaskIndex, column: string): unknown {
  const { rest } = requireBatch(db, id);
  const [packed] = readExportSlice(db, id, [index]);
  return packed ? rowReader([column])(unpackRow(id, rest, packed))[0] : undefined;
}

function shortened(cell: Cell): Cell {
  if (typeof cell !== 'string' || cell.length <= maxCharacters) return cell;
  // Cutting can leave half of a pair of surrogates, which no text may hold.
  return `${cell.slice(0, maxCharacters).toWellFormed()}…`;
}
