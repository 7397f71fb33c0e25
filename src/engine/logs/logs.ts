import type { LogFilter, LogPage, LogPlace } from '../../shared/contract/logs.ts';
import { mostHits } from '../../shared/contract/logs.ts';
import type { BatchId } from '../../shared/task.ts';
import type { LogCursor } from '../store/log-search.ts';
import type { Store } from '../store/store.ts';
import { LogText } from './log-text.ts';

/** What the tasks of a batch printed. */
export interface LogsApi {
  /** Throws `NO_SUCH_BATCH`. */
  page(batch: BatchId, filter: LogFilter, place: LogPlace, lines: number): Promise<LogPage>;
  /**
   * Looks for a text, ignoring case; the lines that hold it, as they are found. Nothing more is read once nobody
   * asks for the next.
   */
  search(batch: BatchId, filter: LogFilter, text: string): AsyncIterable<FoundLines>;
  /**
   * All of it as text, for a file.
   * @param prefix each line begins with its time, task and worker.
   */
  text(batch: BatchId, filter: LogFilter, prefix: boolean): AsyncIterable<string>;
}

export interface FoundLines {
  /** Found since the last time: the piece that each line begins in, and its number there. */
  hits: [piece: number, line: number][];
  /** All that were found so far; no more than `mostHits` are told of. */
  count: number;
  /** How much was searched, 0 to 1. */
  share: number;
  done: boolean;
}

/** So long the store is kept from others' questions at a time, milliseconds. */
const sliceMs = 40;
const pageLines = 5000;

export function createLogs(store: Pick<Store, 'logPage' | 'logSearch'>): LogsApi {
  return {
    page: (batch, filter, place, lines) => store.logPage(batch, filter, place, lines),

    async *search(batch, filter, text) {
      let cursor: LogCursor | null = null;
      let count = 0;
      for (;;) {
        const slice = await store.logSearch(batch, filter, text, cursor, sliceMs);
        const hits: FoundLines['hits'] = [];
        for (let at = 0; at < slice.hits.length; at += 2, count++) {
          if (count < mostHits) hits.push([slice.hits[at]!, slice.hits[at + 1]!]);
        }
        yield { hits, count, share: slice.share, done: slice.done };
        if (slice.done) return;
        cursor = slice.cursor;
      }
    },

    async *text(batch, filter, prefix) {
      const text = new LogText(prefix);
      let place: LogPlace = { at: 'start' };
      for (;;) {
        const { pieces, newer }: LogPage = await store.logPage(batch, filter, place, pageLines);
        for (const piece of pieces) yield text.add(piece);
        const last = pieces.at(-1);
        if (!last || !newer) return;
        place = { at: 'after', piece: last.id };
      }
    },
  };
}
