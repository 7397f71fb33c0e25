// What very much output and very many failures cost the host: node errors-and-logs.ts, after a build
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, forkLauncher } from './poolboard/built.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'poolboard-bench-'));
const engine = await createEngine({ dataDir, launcher: forkLauncher() });
const everyLine = { task: null, worker: null, streams: ['stdout', 'stderr', 'log'] as const };
const filter = { ...everyLine, streams: [...everyLine.streams] };

async function run(name: string, code: string, tasks: number) {
  const file = join(dataDir, name);
  writeFileSync(file, code);
  const { id } = await engine.submit({
    definition: { kind: 'module', file },
    inputs: { kind: 'range', from: 0, to: tasks },
  });
  return engine.ended(id);
}

async function timed<T>(work: () => Promise<T>): Promise<[result: T, ms: number]> {
  const startedAt = performance.now();
  const result = await work();
  return [result, Math.round(performance.now() - startedAt)];
}

/** The longest that the host's own thread was kept from other work meanwhile. */
async function watched<T>(work: () => Promise<T>): Promise<[result: T, ms: number, longestBlockMs: number]> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  const [result, ms] = await timed(work);
  clearInterval(timer);
  return [result, ms, Math.round(longest)];
}

const peakMb = () => Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);
const say = (what: string, figures: object) =>
  console.log(JSON.stringify({ what, ...figures, peakMb: peakMb() }));

const print = (lines: number) =>
  `const line = 'x'.repeat(99) + '\\n'; export default () => { for (let i = 0; i < ${lines}; i++) process.stdout.write(line); };`;

await run('warm.mjs', print(1), 100);
say('idle', {});

const [flood, floodMs, floodBlock] = await watched(() => run('flood.mjs', print(1_000_000), 1));
say('100 MB printed by one task', { ms: floodMs, longestBlockMs: floodBlock, keptBytes: flood.bytes });

const [many, manyMs] = await watched(() => run('many.mjs', print(1000), 1000));
say('100 MB printed by 1,000 tasks', { ms: manyMs, keptBytes: many.bytes });

const [lines, searchMs, searchBlock] = await watched(async () => {
  let count = 0;
  for await (const found of engine.logs.search(many.id, filter, 'nowhere')) count = found.count;
  return count;
});
say('search through them, nothing found', { ms: searchMs, longestBlockMs: searchBlock, lines });
const [all, allMs] = await timed(async () => {
  let count = 0;
  for await (const found of engine.logs.search(many.id, filter, 'xxx')) count = found.count;
  return count;
});
say('search through them, each line found', { ms: allMs, lines: all });
const [page, pageMs] = await timed(() => engine.logs.page(many.id, filter, { at: 'end' }, 1000));
say('the last 1,000 lines', { ms: pageMs, pieces: page.pieces.length });

const failing = await run(
  'fail.mjs',
  `const parse = (n) => { throw new RangeError(['page ' + n + ' is torn', "cannot open '/data/" + n + ".csv'", 'timeout of ' + n + ' ms'][n % 3]); };
   export default (n) => parse(n);`,
  100_000,
);
const [groups, groupMs, groupBlock] = await watched(() => engine.errors.groups(failing.id));
say('100,000 failures grouped', { ms: groupMs, longestBlockMs: groupBlock, groups: groups.groups.length });
const [, againMs] = await timed(() => engine.errors.groups(failing.id));
say('the same again', { ms: againMs });
const query = { filter: 'failed', search: '', sort: 'index', descending: false } as const;
const group = groups.groups[0]!.key;
const [rows, rowsMs] = await timed(() => engine.page(failing.id, { ...query, group }, 30_000, 40));
say('rows of a group', { ms: rowsMs, total: rows.total });

await engine.close();
rmSync(dataDir, { recursive: true });
