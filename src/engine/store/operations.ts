import { createBatch, getBatch, listBatches, updateBatch } from './batches.ts';
import type { Database } from './database.ts';
import { planExport, readExportSlice } from './export-rows.ts';
import { addInputs, addRangeSlice, readWaiting } from './inputs.ts';
import { MatchCache } from './matches.ts';
import { addOutput, readOutput } from './output.ts';
import { readPage } from './page.ts';
import { writeResults } from './results.ts';
import type { Store } from './store.ts';
import { readTask } from './task-detail.ts';

/**
 * What the store's threads do, by name. The names and arguments are those of the interface `Store`, so that a
 * request needs no translation.
 */

const matches = new MatchCache();

/** Answered at once. */
export const reads = {
  page: (db: Database, ...[id, query, from, count]: Parameters<Store['page']>) =>
    readPage(db, matches, id, query, from, count),
  planExport: (db: Database, ...[id, query]: Parameters<Store['exportRows']>) =>
    planExport(db, matches, id, query),
  exportSlice: readExportSlice,
  listBatches,
  getBatch,
  readWaiting,
  task: readTask,
  output: readOutput,
};

/** The answer of a write that has more to do and wants to be called again, after others have had their turn. */
export const again = Symbol('again');

/** Run in order, as many as have come in one transaction. */
export const writes = {
  createBatch,
  updateBatch,
  addInputs,
  addRange: (db: Database, ...[id, from, step, count]: Parameters<Store['addRange']>) =>
    addRangeSlice(db, id, from, step, count) ? undefined : again,
  commit: (db: Database, ...[commits]: Parameters<Store['commit']>) => {
    for (const commit of commits) writeResults(db, commit);
  },
  addOutput,
};

type Operations = typeof reads & typeof writes;
type WithoutDatabase<Operation> = Operation extends (db: Database, ...args: infer Args) => infer Result
  ? (...args: Args) => Exclude<Result, typeof again>
  : never;

/** The calls that a thread answers. */
export type StoreCalls = { [Name in keyof Operations]: WithoutDatabase<Operations[Name]> };
