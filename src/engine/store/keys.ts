import type { BatchId, TaskIndex } from '../../shared/task.ts';

/**
 * The key of a task in the database: batch and index packed in one integer, which is then the table's rowid.
 * Appending in index order is appending to the end of a b-tree, and a large value stays in pages of its own.
 * Measured against a `WITHOUT ROWID` table of (batch, index): 1.4 times the rows a second, 10 % smaller.
 */
const tasksPerBatch = 2 ** 32;

/** Keys stay exact as JavaScript numbers up to here. */
export const maxBatches = 2 ** 21 - 1;

export const keyOf = (batch: BatchId, index: TaskIndex): number => batch * tasksPerBatch + index;
export const indexOf = (batch: BatchId, key: number): TaskIndex => key - batch * tasksPerBatch;
export const firstKey = (batch: BatchId): number => keyOf(batch, 0);
export const lastKey = (batch: BatchId): number => keyOf(batch, tasksPerBatch - 1);
