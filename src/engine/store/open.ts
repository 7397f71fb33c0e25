import { stat } from 'node:fs/promises';
import path from 'node:path';
import { streamExport } from './export-stream.ts';
import { LongLists } from './long-lists.ts';
import type { StoreCalls } from './operations.ts';
import type { Store } from './store.ts';
import { StoreThread } from './store-thread.ts';

export const databaseName = 'poolboard.db';

export interface StoreOptions {
  /** The database does not grow over this many pages of 4096 bytes. Default: no limit. */
  maxPages?: number;
  /** Called when the database was put back, or found again, at its path: what else was in its folder may be gone. */
  onMoved?: () => void;
}

/**
 * Opens the store of a data folder; both are made where they are missing. Several programs may have the same
 * folder open.
 *
 * Throws a `PoolboardError`: `STORE_CANNOT_OPEN`, `STORE_READ_ONLY`, `STORE_CORRUPT`, `STORE_TOO_NEW`,
 * `STORE_FULL` or `STORE_IO`, with the path in its sentence; so do the store's calls.
 */
export async function openStore(dataDir: string, options: StoreOptions = {}): Promise<Store> {
  const file = path.resolve(dataDir, databaseName);
  const writer = new StoreThread({ file, role: 'writer', maxPages: options.maxPages }, options.onMoved);
  await writer.whenOpen();

  // A search through a million tasks takes a second: on a thread of its own no commit waits for it. Started
  // with the first such question, for the command line often has none.
  let reader: StoreThread | null = null;
  let closed = false;
  const reading = async (): Promise<StoreThread> => {
    if (closed) return writer;
    if (reader && !reader.isGone) return reader;
    // It cannot open what was removed; the writer, which still has it, puts it back.
    await writer.call('keepPlace');
    if (closed) return writer;
    if (!reader || reader.isGone) reader = new StoreThread({ file, role: 'reader' });
    return reader;
  };
  // What reads all results of a batch is on another one: whoever scrolls or filters does not wait for it.
  let analyst: StoreThread | null = null;
  const analyze = async <Name extends keyof StoreCalls>(
    name: Name,
    ...args: Parameters<StoreCalls[Name]>
  ) => {
    await writer.call('keepPlace');
    if (closed) return writer.call(name, ...args);
    if (!analyst || analyst.isGone) analyst = new StoreThread({ file, role: 'reader' });
    return analyst.call(name, ...args);
  };
  const ask = async <Name extends keyof StoreCalls>(name: Name, ...args: Parameters<StoreCalls[Name]>) =>
    (await reading()).call(name, ...args);
  const lists = new LongLists(
    (id, query) => analyze('makeList', id, query),
    (id, query, list) => ask('keepList', id, query, list),
  );
  return {
    createBatch: (batch) => writer.call('createBatch', batch),
    updateBatch: (id, change) => writer.call('updateBatch', id, change),
    claim: (id, from, to) => writer.call('claim', id, from, to),
    wholeSpec: (id) => writer.call('wholeSpec', id),
    listBatches: () => writer.call('listBatches'),
    getBatch: (id) => writer.call('getBatch', id),
    addInputs: (id, first, inputs, count) => writer.call('addInputs', id, first, inputs, count),
    addWatched: (id, first, files) => writer.call('addWatched', id, first, files),
    readWatched: (id, after, limit) => writer.call('readWatched', id, after, limit),
    addRange: (id, from, step, count) => writer.call('addRange', id, from, step, count),
    readWaiting: (id, from, limit) => writer.call('readWaiting', id, from, limit),
    withoutResult: (id, indices) => ask('withoutResult', id, indices),
    readInputs: (id, first, count) => writer.call('readInputs', id, first, count),
    commit: (commits) => writer.call('commit', commits),
    addOutput: (id, pieces, worker) => writer.call('addOutput', id, pieces, worker),
    trimOutput: (id, index, former) => writer.call('trimOutput', id, index, former),
    failureGroups: (id, budgetMs, enough) => ask('failureGroups', id, budgetMs, enough),
    failureExample: (id, group) => ask('failureExample', id, group),
    logPage: (id, filter, place, lines) => ask('logPage', id, filter, place, lines),
    logSearch: (id, filter, text, cursor, budgetMs) => ask('logSearch', id, filter, text, cursor, budgetMs),
    select: (id, query) => ask('select', id, query),
    touched: (id, tasks) => ask('touched', id, tasks),
    compare: (before, after, threshold) => analyze('compare', before, after, threshold),
    comparedRows: (query, from, count) => analyze('comparedRows', query, from, count),
    reopen: async (id, tasks) => {
      if (tasks === 'unsuccessful') return writer.call('reopen', id, tasks);
      // Chosen once, before: an opened task may match its query no more.
      const chosen = 'query' in tasks ? await ask('select', id, tasks.query) : new Set(tasks.indices);
      return writer.call('reopen', id, Uint32Array.from(chosen));
    },
    deleteBatches: (ids, at) => writer.call('deleteBatches', ids, at),
    restoreBatches: (ids) => writer.call('restoreBatches', ids),
    purge: async (deletedBefore) => {
      // It is asked each minute, and compacting empties the log: never for nothing while batches run.
      if (!(await writer.call('hasGarbage', deletedBefore))) return;
      await writer.call('purge', deletedBefore);
      await writer.call('compact');
    },
    size: () => sizeOf(file),
    readSetting: (name) => writer.call('readSetting', name),
    writeSetting: (name, value) => writer.call('writeSetting', name, value),
    readStats: (id) => writer.call('readStats', id),
    writeStats: (id, body) => writer.call('writeStats', id, body),
    findAttempts: (id, search) => ask('findAttempts', id, search),
    traceSlice: (id, first, count) => ask('traceSlice', id, first, count),
    task: (id, index) => writer.call('task', id, index),
    output: (id, index, maxPieces, maxCharacters) =>
      writer.call('output', id, index, maxPieces, maxCharacters),
    page: (id, query, from, count) => ask('page', id, query, from, count),
    pageWithin: async (id, query, from, count, budgetMs) => {
      const page = await ask('pageWithin', id, query, from, count, budgetMs);
      if (page === 'later') return null;
      if (page !== 'long') return page;
      // Nobody who scrolls waits for it on the thread that answers.
      await lists.make(id, query, budgetMs);
      return null;
    },
    exportRows: (id, query, from) =>
      streamExport(
        id,
        () => ask('planExport', id, query),
        (indices) => ask('exportSlice', id, indices),
        from,
      ),
    resultColumns: (id, quick) => analyze('resultColumns', id, quick),
    resultSummary: (id, column) => analyze('resultSummary', id, column),
    resultPage: (id, query, columns, from, count) => ask('resultPage', id, query, columns, from, count),
    resultValue: (id, index, column) => ask('resultValue', id, index, column),
    close: async () => {
      closed = true;
      // They only read: nothing is lost where one of them ends otherwise.
      await Promise.allSettled([reader?.close(), analyst?.close()]);
      await writer.close();
    },
  };
}

/** Bytes of the database and of its write-ahead log. */
async function sizeOf(file: string): Promise<number> {
  const sizes = [file, `${file}-wal`].map((part) =>
    stat(part).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
