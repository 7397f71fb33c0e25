import { Worker } from 'node:worker_threads';
import { PoolboardError } from '../../shared/errors.ts';
import type { BatchId } from '../../shared/task.ts';
import { exportThreadEntry } from '../entries.ts';
import type { ExportNews, ExportOrder, ExportThreadData } from './order.ts';
import type { ReportFacts } from './report/facts.ts';

/** Takes results away. Each export has a thread of its own, and disturbs nothing that runs. */
export interface ExportsApi {
  /**
   * Writes a file, which appears whole or not at all. Resolves with how many rows it has. Throws
   * `EXPORT_CANCELED` where the signal came, `EXPORT_FAILED`, `EXPORT_TOO_LONG`, `NO_SUCH_BATCH`.
   */
  toFile(order: ExportOrder, file: string, more?: ExportMore): Promise<number>;
  /** Cancels all that go on; resolves when nothing of them is left. */
  close(): Promise<void>;
}

export interface ExportMore {
  /** Told some times a second; `total` is null before the rows are counted. */
  onProgress?: (rows: number, total: number | null) => void;
  signal?: AbortSignal;
}

/**
 * @param database the file of the store's database.
 * @param factsOf what a report tells of a batch besides rows.
 */
export function createExports(
  database: string,
  factsOf: (batch: BatchId) => Promise<ReportFacts>,
): ExportsApi {
  const running = new Set<{ cancel(): void; ended: Promise<unknown> }>();
  return {
    async toFile(order, file, { onProgress, signal } = {}) {
      const canceled = new SharedArrayBuffer(4);
      const cancel = () => void Atomics.store(new Int32Array(canceled), 0, 1);
      if (signal?.aborted) cancel();
      signal?.addEventListener('abort', cancel);
      const run = async () => {
        const facts = order.format === 'html' ? await factsOf(order.batch) : null;
        return await runThread({ database, order, file, facts, canceled }, onProgress);
      };
      const ended = run();
      const entry = { cancel, ended: ended.catch(() => {}) };
      running.add(entry);
      try {
        return await ended;
      } finally {
        signal?.removeEventListener('abort', cancel);
        running.delete(entry);
      }
    },
    async close() {
      for (const { cancel } of running) cancel();
      await Promise.all([...running].map(({ ended }) => ended));
    },
  };
}

function runThread(data: ExportThreadData, onProgress: ExportMore['onProgress']): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(exportThreadEntry, {
      workerData: data,
      name: 'export',
      execArgv: [],
      // Rows are garbage as soon as they are written: a small nursery bounds them, and costs nothing.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    let outcome: Exclude<ExportNews, { type: 'progress' }> | undefined;
    worker.on('message', (news: ExportNews) => {
      if (news.type === 'progress') onProgress?.(news.rows, news.total);
      else outcome = news;
    });
    worker.on('error', (error: Error) => {
      const message = `${data.file} was not written: the export stopped (${error.message}).`;
      outcome ??= { type: 'failed', code: 'EXPORT_FAILED', message };
    });
    // Only then is everything closed: where the file is removed or opened next, nothing holds it any more.
    worker.on('exit', () => {
      if (outcome?.type === 'done') resolve(outcome.rows);
      else if (outcome) reject(new PoolboardError(outcome.code, outcome.message));
      else reject(new PoolboardError('EXPORT_FAILED', `${data.file} was not written: the export stopped.`));
    });
  });
}
