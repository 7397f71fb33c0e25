import type { ExportOutcome, PoolboardContract } from '../../shared/contract.ts';
import type { Emit, Handlers } from '../../shared/rpc.ts';
import type { Engine } from '../api.ts';
import { outputTo } from '../export/output.ts';
import { writeWhole } from '../export/write-whole.ts';
import type { ExportJob } from './export-calls.ts';
import { exportName } from './export-name.ts';
import { type ExportRuns, throwIfCanceled } from './export-runs.ts';

/** Least milliseconds between two reports of an export. */
const reportMs = 150;

/** Answers what the timeline and the charts of one window ask for. */
export function statsCalls(
  engine: Pick<Engine, 'stats' | 'get'>,
  runs: ExportRuns,
  exportTo: (job: ExportJob) => Promise<ExportOutcome>,
  emit: Emit<PoolboardContract>,
): Handlers<PoolboardContract, undefined>['stats'] {
  return {
    timeline: (query) => engine.stats.timeline(query),
    at: (query) => engine.stats.at(query),
    charts: ({ batch }) => engine.stats.charts(batch),
    async trace({ batch: id, number }) {
      const batch = await engine.get(id);
      const name = exportName({ id, name: `${batch.name} trace` }, 'json');
      return runs.run(number, (signal) => {
        let reportedAt = 0;
        const toFile = (file: string) =>
          writeWhole(file, async (out) => {
            const output = outputTo(out);
            let rows = 0;
            for await (const { text, attempts, tasks } of engine.stats.trace(batch)) {
              throwIfCanceled(signal);
              await output.write(text);
              rows += attempts;
              if (performance.now() - reportedAt < reportMs) continue;
              reportedAt = performance.now();
              emit('exports.progress', { number, rows: tasks, total: batch.total });
            }
            return rows;
          });
        return exportTo({ batch, format: 'json', name, toFile });
      });
    },
  };
}
