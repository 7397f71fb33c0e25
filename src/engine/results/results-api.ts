import { open, realpath, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type {
  ColumnSummary,
  ResultColumns,
  ResultPage,
  ResultQuery,
  WholeCell,
} from '../../shared/contract/results.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { BatchId, TaskIndex } from '../../shared/task.ts';
import type { Store } from '../store/store.ts';
import { imageTypeOf } from './image-type.ts';
import { kindOf } from './kinds.ts';

/** The results of batches as a table; all of it is answered by the store, over all rows. */
export interface ResultsApi {
  columns(batch: BatchId, quick?: boolean): Promise<ResultColumns>;
  page(
    batch: BatchId,
    query: ResultQuery,
    columns: string[],
    from: number,
    count: number,
  ): Promise<ResultPage>;
  summary(batch: BatchId, column: string): Promise<ColumnSummary>;
  cell(batch: BatchId, task: TaskIndex, column: string): Promise<WholeCell>;
  /** The address that a cell is. Throws `NOT_A_LINK` for all that is none of http or https. */
  link(batch: BatchId, task: TaskIndex, column: string): Promise<string>;
  /** The file that a cell names by an absolute path. Throws `NOT_A_FILE`, `NO_SUCH_FILE`. */
  file(batch: BatchId, task: TaskIndex, column: string): Promise<string>;
  /** The same where its content is that of an image. Throws `NOT_AN_IMAGE` too. */
  image(batch: BatchId, task: TaskIndex, column: string): Promise<ImageFile>;
}

export interface ImageFile {
  path: string;
  /** Its media type, by its content. */
  type: string;
  bytes: number;
}

/** Larger files are not shown as images. */
const maxImageBytes = 30_000_000;
const maxCellCharacters = 200_000;

export function resultsOf(store: Store): ResultsApi {
  const file = async (batch: BatchId, task: TaskIndex, column: string): Promise<string> => {
    const value = await store.resultValue(batch, task, column);
    if (typeof value !== 'string' || value.includes('\0') || !isAbsolute(value)) {
      throw new PoolboardError('NOT_A_FILE', 'This is not the path of a file.');
    }
    if (!(await stat(value).catch(() => null))?.isFile()) {
      throw new PoolboardError('NO_SUCH_FILE', `There is no file ${value} (any more).`);
    }
    return value;
  };
  return {
    columns: (batch, quick) => store.resultColumns(batch, quick),
    page: (batch, query, columns, from, count) => store.resultPage(batch, query, columns, from, count),
    summary: (batch, column) => store.resultSummary(batch, column),
    async cell(batch, task, column) {
      const value = await store.resultValue(batch, task, column);
      const text =
        value === undefined || value === null
          ? ''
          : typeof value === 'object'
            ? JSON.stringify(value, null, 2)
            : String(value);
      return {
        text: text.slice(0, maxCellCharacters).toWellFormed(),
        type: kindOf(value),
        cut: text.length > maxCellCharacters,
      };
    },
    async link(batch, task, column) {
      const value = await store.resultValue(batch, task, column);
      const url = typeof value === 'string' ? URL.parse(value) : null;
      if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
        throw new PoolboardError('NOT_A_LINK', 'This is not an address that a browser opens.');
      }
      return url.href;
    },
    file,
    async image(batch, task, column) {
      // By its content, and where a symbolic link leads: a name alone makes no file an image.
      const path = await realpath(await file(batch, task, column));
      const handle = await open(path);
      try {
        const { size } = await handle.stat();
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(32), 0, 32, 0);
        const type = imageTypeOf(buffer.subarray(0, bytesRead));
        if (!type || size > maxImageBytes) {
          throw new PoolboardError('NOT_AN_IMAGE', `${path} is not an image that can be shown.`);
        }
        return { path, type, bytes: size };
      } finally {
        await handle.close();
      }
    },
  };
}
