import type { BatchId, OutputPiece, TaskIndex } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { createBatch, getBatch, listBatches, updateBatch } from './batches.ts';
import type { Database } from './database.ts';
import { planExport, readExportSlice } from './export-rows.ts';
import { addInputs, addRangeSlice } from './inputs.ts';
import { Matcher } from './matches.ts';
import { addOutput, readOutput } from './output.ts';
import { readPage } from './page.ts';
import { writeResults } from './results.ts';
import type { BatchChange, NewBatch, ResultCommit } from './store.ts';
import { readTask } from './task-detail.ts';
import { readWaiting } from './waiting.ts';

/** The answer of a write that has more to do and wants to be called again, after others have had their turn. */
export const again = Symbol('again');

/** What a thread does when it is asked to, by name. Names and arguments are those of the interface `Store`. */
export function readsOf(db: Database) {
  const matcher = new Matcher(db);
  return {
    listBatches: () => listBatches(db),
    getBatch: (id: BatchId) => getBatch(db, id),
    readWaiting: (id: BatchId, from: TaskIndex, limit: number) => readWaiting(db, id, from, limit),
    // Several statements that have to see the same moment.
    page: (id: BatchId, query: TaskQuery, from: number, count: number) =>
      db.snapshot(() => readPage(db, matcher, id, query, from, count)),
    task: (id: BatchId, index: TaskIndex) => db.snapshot(() => readTask(db, id, index)),
    output: (id: BatchId, index: TaskIndex, maxPieces: number, maxCharacters: number) =>
      readOutput(db, id, index, maxPieces, maxCharacters),
    planExport: (id: BatchId, query: TaskQuery) => db.snapshot(() => planExport(db, matcher, id, query)),
    exportSlice: (id: BatchId, indices: TaskIndex[]) => readExportSlice(db, id, indices),
  };
}

/** The same for what changes the database; each runs in a transaction of its caller. */
export function writesOf(db: Database) {
  return {
    createBatch: (batch: NewBatch) => createBatch(db, batch),
    updateBatch: (id: BatchId, change: BatchChange) => updateBatch(db, id, change),
    addInputs: (id: BatchId, first: TaskIndex, inputs: string, count: number) =>
      addInputs(db, id, first, inputs, count),
    addRange: (id: BatchId, from: number, step: number, count: number) =>
      addRangeSlice(db, id, from, step, count) ? undefined : again,
    commit: (commits: ResultCommit[]) => {
      for (const commit of commits) writeResults(db, commit);
    },
    addOutput: (id: BatchId, pieces: OutputPiece[]) => addOutput(db, id, pieces),
  };
}

type Operations = ReturnType<typeof readsOf> & ReturnType<typeof writesOf>;

/** The calls that a thread answers. */
export type StoreCalls = {
  [Name in keyof Operations]: (
    ...args: Parameters<Operations[Name]>
  ) => Exclude<ReturnType<Operations[Name]>, typeof again>;
};
