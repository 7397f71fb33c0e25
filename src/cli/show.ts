import { taskQuerySchema } from '../shared/views.ts';
import { commandsFor } from './end-lines.ts';
import { exitOk } from './exit-status.ts';
import { groupFailures } from './failures.ts';
import { print } from './print.ts';
import type { ShowRequest } from './requests.ts';
import { batchLines, taskLines } from './show-lines.ts';
import type { Terminal } from './terminal.ts';
import { batchOf, withEngine } from './with-engine.ts';

const failed = taskQuerySchema.parse({ filter: 'failed' });

/** `poolboard show` */
export function show(
  { dataDir, batch: id, task, json }: ShowRequest,
  terminal: Terminal,
  defaultDataDir: string,
): Promise<number> {
  return withEngine(dataDir, async (engine) => {
    const batch = await batchOf(engine, id);
    if (task !== null) {
      const detail = await engine.detail(batch.id, task);
      const parsed = { ...detail, input: parse(detail.input), value: parse(detail.value) };
      await print(terminal, json ? [JSON.stringify(parsed)] : taskLines(detail, batch));
      return exitOk;
    }
    const failures =
      batch.counts.failed > 0
        ? await groupFailures(engine.exportRows(batch.id, failed))
        : { groups: [], complete: true };
    const groups = failures.groups.map(({ count, error, index, input }, at) => ({
      number: at + 1,
      count,
      error,
      index,
      input: parse(input),
    }));
    const lines = json
      ? [JSON.stringify({ ...batch, failures: groups })]
      : batchLines(batch, failures, terminal.stdout.columns ?? 200, commandsFor(dataDir, defaultDataDir));
    await print(terminal, lines);
    return exitOk;
  });
}

const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
