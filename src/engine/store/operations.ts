import type { ComparisonQuery, Threshold } from '../../shared/contract/compare.ts';
import type { LogFilter, LogPlace } from '../../shared/contract/logs.ts';
import type { ResultQuery } from '../../shared/contract/results.ts';
import type { BatchId, OutputPiece, TaskIndex } from '../../shared/task.ts';
import type { TaskQuery, TaskSelection } from '../../shared/views.ts';
import { Again } from './again.ts';
import { claim, createBatch, getBatch, listBatches, updateBatch, wholeSpec } from './batches.ts';
import { compact } from './compact.ts';
import { Comparer } from './compare.ts';
import type { Database } from './database.ts';
import { deleteBatches, hasGarbage, purge, restoreBatches } from './deletion.ts';
import { planExport, readExportSlice } from './export-rows.ts';
import { FailureGroups } from './failure-groups.ts';
import { addInputs, addRangeSlice } from './inputs.ts';
import { LogReader } from './log-reader.ts';
import { type LogCursor, searchLog } from './log-search.ts';
import { Matcher } from './matches.ts';
import { addOutput, readOutput } from './output.ts';
import { readPage, readPageWithin } from './page.ts';
import { type ReopenProgress, reopen } from './reopen.ts';
import { ResultMatcher } from './result-matches.ts';
import { readResultPage, readResultValue } from './result-page.ts';
import { ResultTable } from './result-table.ts';
import { writeResults } from './results.ts';
import { keepList, type MadeList, makeList, selectTasks } from './select.ts';
import { readSetting, writeSetting } from './settings.ts';
import { type AttemptSearch, findAttempts, readStats, traceSlice, writeStats } from './stats.ts';
import type { BatchChange, NewBatch, ResultCommit, WatchedFiles } from './store.ts';
import { readTask } from './task-detail.ts';
import { readTouched } from './touched.ts';
import { type Trimmed, trimOutput } from './trim-output.ts';
import { readInputs, readWaiting, withoutResult } from './waiting.ts';
import { addWatched, readWatched } from './watched.ts';

/** What a thread does when it is asked to, by name. Names and arguments are those of the interface `Store`. */
export function readsOf(db: Database) {
  const failures = new FailureGroups(db);
  const matcher = new Matcher(db, failures);
  const logs = new LogReader(db);
  const comparer = new Comparer(db);
  const resultMatcher = new ResultMatcher(db, matcher);
  const resultTable = new ResultTable(db);
  return {
    listBatches: () => listBatches(db),
    getBatch: (id: BatchId) => getBatch(db, id),
    wholeSpec: (id: BatchId) => wholeSpec(db, id),
    readSetting: (name: string) => readSetting(db, name),
    readWaiting: (id: BatchId, from: TaskIndex, limit: number) => readWaiting(db, id, from, limit),
    readInputs: (id: BatchId, first: TaskIndex, count: number) => readInputs(db, id, first, count),
    withoutResult: (id: BatchId, indices: TaskIndex[]) => withoutResult(db, id, indices),
    readWatched: (id: BatchId, after: string | null, limit: number) => readWatched(db, id, after, limit),
    select: (id: BatchId, query: TaskQuery) => db.snapshot(() => selectTasks(db, matcher, id, query)),
    touched: (id: BatchId, tasks: TaskSelection | 'unsuccessful') =>
      db.snapshot(() => readTouched(db, matcher, id, tasks)),
    compare: (before: BatchId, after: BatchId, threshold: Threshold) =>
      db.snapshot(() => comparer.open(before, after, threshold)),
    comparedRows: (query: ComparisonQuery, from: number, count: number) =>
      db.snapshot(() => comparer.rows(query, from, count)),
    // Several statements that have to see the same moment.
    page: (id: BatchId, query: TaskQuery, from: number, count: number) =>
      db.snapshot(() => readPage(db, matcher, id, query, from, count)),
    pageWithin: (id: BatchId, query: TaskQuery, from: number, count: number, budgetMs: number) =>
      db.snapshot(() => readPageWithin(db, matcher, id, query, from, count, budgetMs)),
    makeList: (id: BatchId, query: TaskQuery) => db.snapshot(() => makeList(db, matcher, id, query)),
    keepList: (id: BatchId, query: TaskQuery, list: MadeList) => keepList(db, matcher, id, query, list),
    task: (id: BatchId, index: TaskIndex) => db.snapshot(() => readTask(db, id, index)),
    output: (id: BatchId, index: TaskIndex, maxPieces: number, maxCharacters: number) =>
      readOutput(db, id, index, maxPieces, maxCharacters),
    failureGroups: (id: BatchId, budgetMs: number, enough?: number) =>
      db.snapshot(() => failures.list(id, budgetMs, enough)),
    failureExample: (id: BatchId, group: string) => db.snapshot(() => failures.example(id, group)),
    logPage: (id: BatchId, filter: LogFilter, place: LogPlace, lines: number) =>
      db.snapshot(() => logs.page(id, filter, place, lines)),
    logSearch: (id: BatchId, filter: LogFilter, text: string, cursor: LogCursor | null, budgetMs: number) =>
      db.snapshot(() => searchLog(logs, id, filter, text, cursor, budgetMs)),
    planExport: (id: BatchId, query: TaskQuery) => db.snapshot(() => planExport(db, matcher, id, query)),
    exportSlice: (id: BatchId, indices: TaskIndex[]) => readExportSlice(db, id, indices),
    resultColumns: (id: BatchId, quick?: boolean) => db.snapshot(() => resultTable.columns(id, quick)),
    resultSummary: (id: BatchId, column: string) => db.snapshot(() => resultTable.summary(id, column)),
    resultPage: (id: BatchId, query: ResultQuery, columns: string[], from: number, count: number) =>
      db.snapshot(() => readResultPage(db, resultMatcher, id, query, columns, from, count)),
    resultValue: (id: BatchId, index: TaskIndex, column: string) => readResultValue(db, id, index, column),
    readStats: (id: BatchId) => readStats(db, id),
    findAttempts: (id: BatchId, search: AttemptSearch) => findAttempts(db, id, search),
    traceSlice: (id: BatchId, first: TaskIndex, count: number) => traceSlice(db, id, first, count),
    hasGarbage: (deletedBefore: number) => hasGarbage(db, deletedBefore),
    // No read, but it cannot run in a transaction either.
    compact: () => compact(db),
  };
}

/** The same for what changes the database; each runs in a transaction of its caller. */
export function writesOf(db: Database) {
  return {
    createBatch: (batch: NewBatch) => createBatch(db, batch),
    updateBatch: (id: BatchId, change: BatchChange) => updateBatch(db, id, change),
    claim: (id: BatchId, from: string, to: string) => claim(db, id, from, to),
    addInputs: (id: BatchId, first: TaskIndex, inputs: string, count: number) =>
      addInputs(db, id, first, inputs, count),
    addWatched: (id: BatchId, first: TaskIndex | null, files: WatchedFiles) =>
      addWatched(db, id, first, files),
    addRange: (id: BatchId, from: number, step: number, count: number) =>
      addRangeSlice(db, id, from, step, count) ? undefined : new Again(id, from, step, count),
    commit: (commits: ResultCommit[]) => commits.map((commit) => writeResults(db, commit)),
    addOutput: (id: BatchId, pieces: OutputPiece[], worker: number | null = null) =>
      addOutput(db, id, pieces, worker),
    trimOutput: (id: BatchId, index: TaskIndex, former: Trimmed) => trimOutput(db, id, index, former),
    reopen: (id: BatchId, tasks: Uint32Array | 'unsuccessful', progress?: ReopenProgress) =>
      reopen(db, id, tasks, progress),
    deleteBatches: (ids: BatchId[], at: number) => deleteBatches(db, ids, at),
    restoreBatches: (ids: BatchId[]) => restoreBatches(db, ids),
    purge: (deletedBefore: number) => purge(db, deletedBefore),
    writeSetting: (name: string, value: string) => writeSetting(db, name, value),
    writeStats: (id: BatchId, body: string) => writeStats(db, id, body),
  };
}

/** What the thread itself does. */
interface OwnOperations {
  /** Makes sure that the database is at its path, where it was removed. Throws `STORE_GONE`. */
  keepPlace(): void;
}

type Operations = ReturnType<typeof readsOf> & ReturnType<typeof writesOf> & OwnOperations;

/** The calls that a thread answers. */
export type StoreCalls = {
  [Name in keyof Operations]: (
    ...args: Parameters<Operations[Name]>
  ) => Exclude<ReturnType<Operations[Name]>, Again>;
};
