import type { LogFilter } from '../../shared/contract/logs.ts';
import { withoutEscapes } from '../../shared/escapes.ts';
import type { BatchId } from '../../shared/task.ts';
import type { LogReader } from './log-reader.ts';

/** Where a search is: the last piece that it has read, and the lines that were not ended there. */
export interface LogCursor {
  after: number;
  /** The last piece that there was when the search began. */
  last: number;
  /** As they end, by task and stream, for a text may be in two pieces; and whether they hold it already. */
  open: [stream: string, text: string, isHit: boolean][];
}

export interface LogSearchSlice {
  /** Piece and line, one after another. */
  hits: number[];
  cursor: LogCursor;
  /** How much was searched, 0 to 1, about. */
  share: number;
  done: boolean;
}

/** Lines that are not ended, of so many tasks and streams at a time. */
const mostOpen = 64;

/**
 * Looks for a text, ignoring case, in what the tasks of a batch printed, for about so many milliseconds.
 * Throws `NO_SUCH_BATCH`.
 */
export function searchLog(
  reader: LogReader,
  id: BatchId,
  filter: LogFilter,
  text: string,
  cursor: LogCursor | null,
  budgetMs: number,
): LogSearchSlice {
  const { first } = reader.range(id);
  const last = cursor?.last ?? reader.newest(id);
  const until = performance.now() + budgetMs;
  const wanted = text.toLowerCase();
  const open = new Map((cursor?.open ?? []).map(([stream, end, isHit]) => [stream, { end, isHit }]));
  const hits: number[] = [];
  let after = cursor?.after ?? first - 1;
  let characters = 0;
  let done = true;
  for (const [piece, key, stream, , raw] of reader.rows(id, filter, after, last)) {
    const lower = withoutEscapes(raw).toLowerCase();
    const name = `${key} ${stream}`;
    const before = open.get(name);
    open.delete(name);
    const line = searchPiece(
      before ? before.end + lower : lower,
      wanted,
      piece,
      before?.isHit ?? false,
      hits,
    );
    if (!lower.endsWith('\n') && lower !== '') {
      const isWhole = !lower.includes('\n');
      const end = lower.slice(Math.max(lower.lastIndexOf('\n') + 1, lower.length - wanted.length + 1));
      open.set(name, { end, isHit: line || (isWhole && (before?.isHit ?? false)) });
      if (open.size > mostOpen) open.delete(open.keys().next().value!);
    }
    after = piece;
    characters += raw.length;
    // The clock is asked now and then.
    if (characters > 65_536) {
      characters = 0;
      if (performance.now() > until) {
        done = false;
        break;
      }
    }
  }
  return {
    hits,
    cursor: { after, last, open: [...open].map(([stream, { end, isHit }]) => [stream, end, isHit]) },
    share: done ? 1 : Math.min(1, (after - first + 1) / Math.max(1, last - first + 1)),
    done,
  };
}

/** Adds the lines of a piece that hold the text; true where its last line does. */
function searchPiece(text: string, wanted: string, piece: number, isHit: boolean, hits: number[]): boolean {
  let at = text.indexOf(wanted);
  if (at < 0) return false;
  let line = 0;
  let counted = 0;
  let lineEnd = -1;
  while (at >= 0) {
    for (let end = text.indexOf('\n', counted); end >= 0 && end < at; end = text.indexOf('\n', counted)) {
      line += 1;
      counted = end + 1;
    }
    // The first line may have been found with the piece before.
    if (line > 0 || !isHit) hits.push(piece, line);
    lineEnd = text.indexOf('\n', at);
    at = lineEnd < 0 ? -1 : text.indexOf(wanted, lineEnd + 1);
  }
  return lineEnd < 0;
}
