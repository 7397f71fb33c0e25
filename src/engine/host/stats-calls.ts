import type { ExportOutcome, PoolboardContract } from '../../shared/contract.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { Emit, Handlers } from '../../shared/rpc.ts';
import type { Engine } from '../api.ts';
import { outputTo } from '../export/output.ts';
import { writeWhole } from '../export/write-whole.ts';
import type { ExportJob } from './export-calls.ts';
import { exportName } from './export-name.ts';

/** Answers what the timeline and the charts of one window ask for; its exports end with it. */
export interface StatsCalls {
  handlers: Handlers<PoolboardContract, undefined>['stats'];
  close(): void;
}

/** Least milliseconds between two reports of an export. */
const reportMs = 150;

export function statsCalls(
  engine: Pick<Engine, 'stats' | 'get'>,
  exportTo: (job: ExportJob) => Promise<ExportOutcome>,
  emit: Emit<PoolboardContract>,
): StatsCalls {
  const running = new Map<AbortController, number>();
  return {
    handlers: {
      timeline: (query) => engine.stats.timeline(query),
      at: (query) => engine.stats.at(query),
      charts: ({ batch }) => engine.stats.charts(batch),
      async trace({ batch: id, number }) {
        const batch = await engine.get(id);
        const abort = new AbortController();
        running.set(abort, number);
        const name = exportName({ id, name: `${batch.name} trace` }, 'json');
        let reportedAt = 0;
        const toFile = (file: string) =>
          writeWhole(file, async (out) => {
            const output = outputTo(out);
            let rows = 0;
            for await (const { text, attempts, tasks } of engine.stats.trace(batch)) {
              if (abort.signal.aborted)
                throw new PoolboardError('EXPORT_CANCELED', 'The export was canceled.');
              await output.write(text);
              rows += attempts;
              if (performance.now() - reportedAt < reportMs) continue;
              reportedAt = performance.now();
              emit('exports.progress', { number, rows: tasks, total: batch.total });
            }
            return rows;
          });
        try {
          return await exportTo({ batch, format: 'json', name, toFile });
        } catch (error) {
          if (error instanceof PoolboardError && error.code === 'EXPORT_CANCELED')
            return { kind: 'canceled' };
          throw error;
        } finally {
          running.delete(abort);
        }
      },
      cancelTrace({ number }) {
        for (const [abort, each] of running) if (each === number) abort.abort();
      },
    },
    close() {
      for (const abort of running.keys()) abort.abort();
    },
  };
}
