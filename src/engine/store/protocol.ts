import type { StoreCalls } from './operations.ts';

/** Messages between the store and its threads: requests with an id, and the answer to each. */
export interface StoreRequest {
  id: number;
  /** `close` finishes what has come before it, then ends the thread. */
  name: keyof StoreCalls | 'close';
  args: unknown[];
}

export type StoreReply =
  | { id: number; result: unknown }
  | { id: number; error: { code: string; message: string } };

/** What a thread is started with. */
export interface StoreThreadData {
  file: string;
  /** The writer makes, migrates and changes the database; the reader answers what may take long. */
  role: 'writer' | 'reader';
  maxPages?: number;
}

/** The first message of a thread, whether the database could be opened: the answer to a request nobody made. */
export const openedId = 0;

/** Another answer to nobody's request: the path leads to another file than before, and this is written to it from now on. */
export const movedId = -1;
