import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createExports } from '../src/engine/export/exports.ts';
import { columnId } from '../src/engine/results/column-id.ts';
import { databaseName, openStore } from '../src/engine/store/open.ts';
import { batchSpecSchema } from '../src/shared/batch.ts';
import { resultQuerySchema } from '../src/shared/contract/results.ts';
import { exportFormats } from '../src/shared/contract.ts';
import { outcomeCode, stateCode } from '../src/shared/task.ts';
import { taskQuerySchema } from '../src/shared/views.ts';

/**
 * How long the results of many tasks take: their columns, a summary, sort and filter over all of them, and the
 * export in each format. `node bench/results.ts [rows]`, by default a million. The longest stop of this thread
 * is what whoever shares it with an export would feel.
 */

const rows = Number(process.argv[2] ?? 1_000_000);
const perCommit = 20_000;
const folder = mkdtempSync(join(tmpdir(), 'poolboard-bench-'));
const store = await openStore(folder);
const say = (text: string) => console.log(text);
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

/** Time since, and how much of it the cores worked for this process: all that counts where they are shared. */
function startClock(): () => string {
  const began = performance.now();
  const used = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(used);
    return `${seconds(performance.now() - began).padEnd(9)} ${seconds((user + system) / 1000).padEnd(9)}`;
  };
}

async function timed<Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> {
  const clock = startClock();
  const answer = await work();
  say(`${what.padEnd(34)} ${clock()}`);
  return answer;
}

/** Peak resident memory of the process while something runs, megabytes. */
async function peak<Answer>(work: () => Promise<Answer>): Promise<{ answer: Answer; megabytes: number }> {
  let most = process.memoryUsage.rss();
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  try {
    return { answer: await work(), megabytes: most / 1e6 };
  } finally {
    clearInterval(timer);
  }
}

const resultOf = (index: number) => ({
  size: { width: (index * 7919) % 4000, height: index % 3000 },
  ratio: Math.round(Math.sin(index) * 1e6) / 1e6,
  kind: ['jpeg', 'png', 'webp'][index % 3],
  ok: index % 7 !== 0,
  at: new Date(1_767_225_600_000 + index * 1000).toISOString(),
  note: `picture ${index}`,
});

try {
  const batch = await store.createBatch({
    name: 'bench',
    spec: batchSpecSchema.parse({
      definition: { kind: 'module', file: '/task.js' },
      inputs: { kind: 'range', from: 0, to: rows },
    }),
    state: 'running',
    owner: 'bench',
    createdAt: 1,
  });
  await store.addRange(batch, 0, 1, rows);
  for (let first = 0; first < rows; first += perCommit) {
    const count = Math.min(perCommit, rows - first);
    const indices = Array.from({ length: count }, (_, offset) => first + offset);
    await store.commit([
      {
        ...{ batch, worker: 1, indices, output: [] },
        outcomes: new Uint8Array(count).fill(outcomeCode('ok')),
        states: new Uint8Array(count).fill(stateCode('succeeded')),
        values: indices.map((index) => JSON.stringify(resultOf(index))).join('\n'),
        startedAt: new Float64Array(count).fill(1),
        ms: new Float64Array(count).fill(0.5),
      },
    ]);
  }
  await store.updateBatch(batch, { state: 'completed', endedAt: 2 });
  say(`${rows.toLocaleString('en')} rows, ${((await store.size()) / 1e6).toFixed(0)} MB in the store\n`);

  const of = (...keys: string[]) => columnId({ of: 'value', keys });
  const page = (more: object, from = 0) =>
    store.resultPage(batch, resultQuerySchema.parse(more), [of('size', 'width'), of('note')], from, 50);
  await timed('columns, quickly', () => store.resultColumns(batch, true));
  const { columns } = await timed('columns', () => store.resultColumns(batch));
  await timed('summary of numbers', () => store.resultSummary(batch, of('size', 'width')));
  await timed('summary of texts', () => store.resultSummary(batch, of('note')));
  await timed('first page', () => page({}));
  await timed('last page', () => page({}, rows - 50));
  const above = { filters: [{ column: of('size', 'width'), operator: 'greater', value: '3990' }] };
  await timed('filter by a number', () => page(above));
  const contains = { filters: [{ column: of('note'), operator: 'contains', value: '99999' }] };
  await timed('filter by a text', () => page(contains));
  const sort = { sort: { column: of('size', 'width'), descending: true } };
  await timed('sort by a number', () => page(sort));
  await timed('the same, its last page', () => page(sort, rows - 50));
  await timed('sort by a text', () => page({ sort: { column: of('note'), descending: true } }));

  say(
    '\nexport                              time      size    peak memory   longest stop of the main thread',
  );
  const exports = createExports(join(folder, databaseName), async () => {
    throw new Error('A report is measured by its rows alone.');
  });
  const idle = monitorEventLoopDelay({ resolution: 5 });
  idle.enable();
  const { megabytes: before } = await peak(() => new Promise((resolve) => setTimeout(resolve, 5000)));
  idle.disable();
  say(`${'(nothing)'.padEnd(62)} ${`${before.toFixed(0)} MB`.padEnd(13)} ${(idle.max / 1e6).toFixed(0)} ms`);
  for (const format of exportFormats.filter((each) => each !== 'html')) {
    const file = join(folder, `out.${format}`);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const clock = startClock();
    const order = { batch, format, query: taskQuerySchema.parse({}) };
    const { megabytes } = await peak(() => exports.toFile(order, file));
    const took = clock();
    delay.disable();
    const size = `${(statSync(file).size / 1e6).toFixed(0)} MB`;
    say(
      `${format.padEnd(34)} ${took} ${size.padEnd(7)} ${`${megabytes.toFixed(0)} MB`.padEnd(13)} ${(delay.max / 1e6).toFixed(0)} ms`,
    );
    rmSync(file);
  }
  say(`\n${columns.length} columns`);
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
