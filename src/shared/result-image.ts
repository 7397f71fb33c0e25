import type { BatchId, TaskIndex } from './task.ts';

/** An image that a cell of the results names. */
export interface ResultImage {
  batch: BatchId;
  task: TaskIndex;
  column: string;
}

/** Where the window finds the image: by its cell, for no path from a page is trusted. */
export const resultImagePath = ({ batch, task, column }: ResultImage): string =>
  `/result-image/${batch}/${task}/${encodeURIComponent(column)}`;

/** Null where the path is no image's. */
export function parseResultImagePath(pathname: string): ResultImage | null {
  const [, batch, task, column] =
    /^\/result-image\/([1-9]\d{0,9})\/(\d{1,10})\/([^/]+)$/.exec(pathname) ?? [];
  if (!batch || !column) return null;
  try {
    return { batch: Number(batch), task: Number(task), column: decodeURIComponent(column) };
  } catch {
    return null;
  }
}
