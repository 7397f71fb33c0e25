import { beatMs } from '../../shared/beat.ts';
import type { LogFilter } from '../../shared/contract/logs.ts';
import type { ExportOutcome, PoolboardContract } from '../../shared/contract.ts';
import type { Emit, Handlers } from '../../shared/rpc.ts';
import type { BatchId } from '../../shared/task.ts';
import type { Engine } from '../api.ts';
import { outputTo } from '../export/output.ts';
import { writeWhole } from '../export/write-whole.ts';
import type { ExportJob } from './export-calls.ts';
import { exportName } from './export-name.ts';
import { type ExportRuns, throwIfCanceled } from './export-runs.ts';
import { createPacer } from './pacer.ts';

/** Answers for the log that one window shows, its search and its downloads. */
export interface LogsCalls {
  handlers: Handlers<PoolboardContract, undefined>['logs'];
  /** Something about the tasks of this batch changed; they printed something, perhaps. */
  changed(batch: BatchId): void;
  close(): void;
}

interface Followed {
  batch: BatchId;
  filter: LogFilter;
  /** The last piece that the window was told of. */
  after: number;
}

/** Least milliseconds between two reports of a search. */
const reportMs = 150;
/** Lines that are told of at once; of more, the last ones. */
const mostLines = 1000;

export function logsCalls(
  engine: Pick<Engine, 'logs' | 'get'>,
  runs: ExportRuns,
  exportTo: (job: ExportJob) => Promise<ExportOutcome>,
  emit: Emit<PoolboardContract>,
): LogsCalls {
  let followed: Followed | null = null;
  let search = new AbortController();

  const news = createPacer(beatMs, async () => {
    const asked = followed;
    if (!asked) return;
    const { batch, filter, after } = asked;
    let page = await engine.logs.page(batch, filter, { at: 'after', piece: after }, mostLines);
    const joins = !page.newer;
    if (!joins) page = await engine.logs.page(batch, filter, { at: 'end' }, mostLines);
    const last = page.pieces.at(-1);
    if (asked !== followed || !last) return;
    asked.after = last.id;
    emit('logs.added', { ...page, joins });
  });

  async function find(
    { batch, filter, text, number }: { batch: BatchId; filter: LogFilter; text: string; number: number },
    signal: AbortSignal,
  ): Promise<void> {
    let hits: [number, number][] = [];
    let reportedAt = 0;
    for await (const found of engine.logs.search(batch, filter, text)) {
      if (signal.aborted) return;
      hits.push(...found.hits);
      if (!found.done && performance.now() - reportedAt < reportMs) continue;
      reportedAt = performance.now();
      const { count, share, done } = found;
      emit('logs.found', { number, hits, count, share, done });
      hits = [];
    }
  }

  return {
    handlers: {
      page: ({ batch, filter, place, lines }) => engine.logs.page(batch, filter, place, lines),
      follow(asked) {
        followed = asked && { ...asked };
        // What came between the page that the window has and this call.
        if (followed) news.request();
      },
      async search(asked) {
        search.abort();
        search = new AbortController();
        await find(asked, search.signal);
      },
      stopSearch: () => search.abort(),
      async download({ batch: id, filter, prefix }) {
        const batch = await engine.get(id);
        const name = exportName({ id, name: `${batch.name} log` }, 'txt');
        const outcome = await runs.run(undefined, (signal) => {
          const toFile = (file: string) =>
            writeWhole(file, async (out) => {
              const output = outputTo(out);
              for await (const text of engine.logs.text(id, filter, prefix)) {
                throwIfCanceled(signal);
                await output.write(text);
              }
              return 0;
            });
          return exportTo({ batch, format: 'txt', name, toFile });
        });
        return outcome.kind === 'saved' ? { kind: 'saved', path: outcome.path } : outcome;
      },
    },
    changed(batch) {
      if (batch === followed?.batch) news.request();
    },
    close() {
      followed = null;
      search.abort();
      news.close();
    },
  };
}
