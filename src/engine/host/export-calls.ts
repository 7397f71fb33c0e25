import type { BatchSummary } from '../../shared/batch.ts';
import type { ExportFormat, ExportOutcome, PoolboardContract } from '../../shared/contract.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { Emit, Handlers } from '../../shared/rpc.ts';
import type { Engine } from '../api.ts';
import { exportName } from './export-name.ts';

/** One export that a window asked for. */
export interface ExportJob {
  batch: BatchSummary;
  /** `txt`: a log. */
  format: ExportFormat | 'txt';
  /** A file name to offer, valid on every platform. */
  name: string;
  /** Writes the file, whole or not at all; resolves with how many rows it has. */
  toFile: (file: string) => Promise<number>;
}

type Calls = Handlers<PoolboardContract, undefined>;

/** Answers for one window's exports, which it can cancel, and which end with it. */
export interface ExportCalls {
  export: Calls['batches']['export'];
  cancel: Calls['exports']['cancel'];
  close(): void;
}

export function exportCalls(
  engine: Engine,
  exportTo: (job: ExportJob) => Promise<ExportOutcome>,
  emit: Emit<PoolboardContract>,
): ExportCalls {
  const running = new Map<AbortController, number | undefined>();
  return {
    async export({ batch: id, format, query, results, mark, number }) {
      const batch = await engine.get(id);
      const abort = new AbortController();
      running.set(abort, number);
      const order = { batch: id, format, query, results, mark };
      const onProgress = (rows: number, total: number | null) => {
        if (number !== undefined) emit('exports.progress', { number, rows, total });
      };
      const toFile = (file: string) =>
        engine.exports.toFile(order, file, { onProgress, signal: abort.signal });
      try {
        return await exportTo({ batch, format, name: exportName(batch, format), toFile });
      } catch (error) {
        if (error instanceof PoolboardError && error.code === 'EXPORT_CANCELED') return { kind: 'canceled' };
        throw error;
      } finally {
        running.delete(abort);
      }
    },
    cancel({ number }) {
      for (const [abort, each] of running) if (each === number) abort.abort();
    },
    close() {
      for (const abort of running.keys()) abort.abort();
    },
  };
}
