// A batch through the engine, every result on disk: node engine.ts TASKS
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine, forkLauncher, squareFile } from './built.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'poolboard-bench-'));
const engine = await createEngine({ dataDir, launcher: forkLauncher() });
const everything = { filter: 'all', search: '', sort: 'index', descending: false } as const;

async function squares(tasks: number) {
  const { id } = await engine.submit({
    definition: { kind: 'module', file: fileURLToPath(squareFile) },
    inputs: { kind: 'range', from: 0, to: tasks },
  });
  return engine.ended(id);
}

const tasks = Number(process.argv[2]);
await squares(10_000);
const startedAt = performance.now();
const { id, counts } = await squares(tasks);
const seconds = (performance.now() - startedAt) / 1000;
const peakMb = Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);

if (counts.succeeded !== tasks) throw new Error(`${counts.succeeded} of ${tasks} tasks succeeded.`);
let stored = 0;
for await (const rows of engine.exportRows(id, everything)) {
  for (const { index, value } of rows) if (Number(value) === index * index) stored += 1;
}
if (stored !== tasks) throw new Error(`${stored} of ${tasks} results are right on disk.`);
console.log(JSON.stringify({ tasks, seconds, peakMb }));
await engine.close();
rmSync(dataDir, { recursive: true });
