import type { BatchSummary } from '../../shared/batch.ts';
import type { ExportFormat, ExportOutcome, PoolboardContract } from '../../shared/contract.ts';
import type { Emit, Handlers } from '../../shared/rpc.ts';
import type { Engine } from '../api.ts';
import { exportName } from './export-name.ts';
import type { ExportRuns } from './export-runs.ts';

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

/** The handler of `batches.export`. */
export function exportCall(
  engine: Engine,
  runs: ExportRuns,
  exportTo: (job: ExportJob) => Promise<ExportOutcome>,
  emit: Emit<PoolboardContract>,
): Handlers<PoolboardContract, undefined>['batches']['export'] {
  return async ({ batch: id, format, query, results, mark, number }) => {
    const batch = await engine.get(id);
    const order = { batch: id, format, query, results, mark };
    const onProgress = (rows: number, total: number | null) => {
      if (number !== undefined) emit('exports.progress', { number, rows, total });
    };
    return runs.run(number, (signal) => {
      const toFile = (file: string) => engine.exports.toFile(order, file, { onProgress, signal });
      return exportTo({ batch, format, name: exportName(batch, format), toFile });
    });
  };
}
