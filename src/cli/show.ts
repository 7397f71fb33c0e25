import type { Engine } from '../engine/api.ts';
import type { ErrorGroups } from '../shared/contract/errors.ts';
import { commandsFor } from './end-lines.ts';
import { exitOk } from './exit-status.ts';
import { noFailures } from './failures.ts';
import { print } from './print.ts';
import type { ShowRequest } from './requests.ts';
import { batchLines, taskLines } from './show-lines.ts';
import type { Terminal } from './terminal.ts';
import { batchOf, withEngine } from './with-engine.ts';

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
    const failures = batch.counts.failed > 0 ? await engine.errors.groups(batch.id) : noFailures(batch.id);
    const lines = json
      ? [JSON.stringify({ ...batch, failures: await groupsOf(engine, failures) })]
      : batchLines(batch, failures, terminal.stdout.columns ?? 200, commandsFor(dataDir, defaultDataDir));
    await print(terminal, lines);
    return exitOk;
  });
}

/** The groups with the whole error and input of the first task of each. */
function groupsOf(engine: Engine, { batch, groups }: ErrorGroups): Promise<unknown[]> {
  return Promise.all(
    groups.map(async ({ key, count }, at) => {
      const { index, input, error } = await engine.errors.example(batch, key);
      return { number: at + 1, count, error, index, input: parse(input) };
    }),
  );
}

const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
