import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { databaseName, openStore } from '../src/engine/store/open.ts';
import type { ResultCommit } from '../src/engine/store/store.ts';
import { batchSpecSchema } from '../src/shared/batch.ts';
import { outcomeCode, stateCode } from '../src/shared/task.ts';
import { taskQuerySchema } from '../src/shared/views.ts';

/**
 * What the store alone can do: a million tasks of x*x, from their inputs to the export.
 *
 *     npx node bench/store.ts [TASKS] [ROWS A COMMIT] [COMMITS IN FLIGHT]
 */
const tasks = Number(process.argv[2] ?? 1_000_000);
const rowsPerCommit = Number(process.argv[3] ?? 4096);
const inFlight = Number(process.argv[4] ?? 4);

const folder = mkdtempSync(path.join(tmpdir(), 'poolboard-bench-'));
const store = await openStore(folder);
const spec = batchSpecSchema.parse({
  definition: { kind: 'module', file: '/square.js' },
  inputs: { kind: 'range', from: 0, to: tasks },
});
const id = await store.createBatch({ name: 'x*x', spec, state: 'running', owner: '', createdAt: Date.now() });
await measure('addRange', () => store.addRange(id, 0, 1, tasks));
await measure('readWaiting', async () => {
  let from = 0;
  for (;;) {
    const { indices } = await store.readWaiting(id, from, rowsPerCommit);
    if (indices.length === 0) return;
    from = indices.at(-1)! + 1;
  }
});
await measure('commit', async () => {
  let next = 0;
  const feed = async () => {
    while (next < tasks) {
      const first = next;
      next = Math.min(tasks, first + rowsPerCommit);
      await store.commit([squares(first, next - first)]);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, feed));
});
const { counts } = (await store.getBatch(id))!;
if (counts.succeeded !== tasks) throw new Error(`${counts.succeeded} of ${tasks} results were stored.`);

await measure('exportRows', async () => {
  for await (const _ of store.exportRows(id, taskQuerySchema.parse({})));
});
const middle = Math.floor(tasks / 2);
for (const query of [
  {},
  { filter: 'succeeded' },
  { filter: 'failed' },
  { search: '99' },
  { search: 'é' },
  { sort: 'input', descending: true },
  { sort: 'ms' },
] as const) {
  for (const time of ['first', 'again']) {
    const started = performance.now();
    const { total } = await store.page(id, taskQuerySchema.parse(query), Math.min(middle, 40_000), 50);
    const ms = performance.now() - started;
    const memory = Math.round(process.memoryUsage.rss() / 1e6);
    console.log(
      `page ${JSON.stringify(query)} ${time}: ${ms.toFixed(1)} ms, ${total} rows match, ${memory} MB resident`,
    );
  }
}
console.log(`resident memory at most ${Math.round(process.resourceUsage().maxRSS / 1e3)} MB`);
await store.close();
console.log(`database ${Math.round(statSync(path.join(folder, databaseName)).size / 1e6)} MB`);
rmSync(folder, { recursive: true });

function squares(first: number, count: number): ResultCommit {
  const rows = Array.from({ length: count }, (_, row) => first + row);
  return {
    batch: id,
    worker: 1,
    indices: rows,
    outcomes: new Uint8Array(count).fill(outcomeCode('ok')),
    states: new Uint8Array(count).fill(stateCode('succeeded')),
    values: rows.map((x) => x * x).join('\n'),
    startedAt: Float64Array.from(rows, (row) => 1_750_000_000_000 + row * 0.0031),
    ms: Float64Array.from(rows, (row) => 0.0007 + (row % 100) * 1e-6),
    output: [],
  };
}

async function measure(what: string, work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  const rate = Math.round(tasks / seconds).toLocaleString('en');
  console.log(`${what}: ${rate} tasks a second, ${Math.round(process.memoryUsage.rss() / 1e6)} MB resident`);
}
