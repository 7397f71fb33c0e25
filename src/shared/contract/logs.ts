import { z } from 'zod';
import { call, callWithout, event } from '../rpc.ts';
import { type BatchId, type OutputPiece, outputStreams } from '../task.ts';

/** What the tasks of a batch printed, in the order in which it came. */

const batch = z.int().positive();
/** The number of a piece of output: pieces are numbered in the order in which they came. */
const piece = z.int().min(0);

/** Which output: of one task, of one worker, of some streams. */
export const logFilterSchema = z.object({
  task: z.int().min(0).nullable().default(null),
  worker: z.int().min(1).nullable().default(null),
  streams: z
    .array(z.enum(outputStreams))
    .min(1)
    .max(3)
    .default([...outputStreams]),
});
export type LogFilter = z.infer<typeof logFilterSchema>;

export interface LogPiece extends OutputPiece {
  /** Grows with each piece. */
  id: number;
  /** Null where it is not known. */
  worker: number | null;
}

/** Pieces that follow one another among those that the filter lets through, oldest first. */
export interface LogPage {
  batch: BatchId;
  pieces: LogPiece[];
  /** There are older ones before the first, newer ones behind the last. */
  older: boolean;
  newer: boolean;
}

/** Where a page begins or ends: at the newest piece, before or after one, or around one. */
export const logPlaceSchema = z.discriminatedUnion('at', [
  z.object({ at: z.literal('start') }),
  z.object({ at: z.literal('end') }),
  z.object({ at: z.literal('before'), piece }),
  z.object({ at: z.literal('after'), piece }),
  z.object({ at: z.literal('around'), piece }),
]);
export type LogPlace = z.infer<typeof logPlaceSchema>;

/** Lines of a batch's log that hold a text: found so far. */
export interface LogHits {
  number: number;
  /** Each line: the piece that it begins in, and which line of that piece, from 0. */
  hits: [piece: number, line: number][];
  /** All lines found, those that are not listed included. */
  count: number;
  /** How much of the output was searched, 0 to 1, about. */
  share: number;
  done: boolean;
}

/** Where a log went: the Electron app saves a file, the web host offers a download. */
export type LogDownload =
  | { kind: 'saved'; path: string }
  | { kind: 'download'; url: string; name: string }
  | { kind: 'canceled' };

/** Lines that are listed at most, to jump to. */
export const mostHits = 100_000;

/** Pieces that came. */
export interface LogNews extends LogPage {
  /** False where pieces were left out before these: what was shown does not lead to them. */
  joins: boolean;
}

export const logs = {
  /** Up to about this many lines, and at most some 500,000 characters. Throws `NO_SUCH_BATCH`. */
  page: call<LogPage>()(
    z.object({ batch, filter: logFilterSchema, place: logPlaceSchema, lines: z.int().min(1).max(5000) }),
  ),
  /** Tells this window of what comes after a piece (0: of all), or of nothing any more. */
  follow: call<void>()(z.object({ batch, filter: logFilterSchema, after: piece }).nullable()),
  added: event<LogNews>(),
  /**
   * Looks for a text, ignoring case, in all output that the filter lets through; tells of hits through `found`,
   * under `number`, and answers when all was searched. A new search of the window ends the one before.
   */
  search: call<void>()(
    z.object({ batch, filter: logFilterSchema, text: z.string().min(1).max(500), number: z.int() }),
  ),
  stopSearch: callWithout<void>(),
  found: event<LogHits>(),
  /** Gives all of it as a text file: a line a line, with time, task and worker where `prefix`. */
  download: call<LogDownload>()(z.object({ batch, filter: logFilterSchema, prefix: z.boolean() })),
};
