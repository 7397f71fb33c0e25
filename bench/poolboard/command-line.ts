// `poolboard run` as a whole process, from its start to its end: node command-line.ts TASKS
import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { squareFile } from './built.ts';

const tasks = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'poolboard-bench-'));
const results = join(folder, 'results.jsonl');
const peak = join(folder, 'peak');
const cli = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const preload = new URL('./peak-memory.mjs', import.meta.url).href;
const range = ['--range', `0..${tasks}`, '--task', fileURLToPath(squareFile)];

const startedAt = performance.now();
const { status } = spawnSync(
  process.execPath,
  ['--import', preload, cli, 'run', ...range, '--progress', 'none', '--data-dir', join(folder, 'data')],
  {
    stdio: ['ignore', openSync(results, 'w'), 'inherit'],
    env: { ...process.env, POOLBOARD_BENCH_PEAK: peak },
  },
);
const seconds = (performance.now() - startedAt) / 1000;

if (status !== 0) throw new Error(`poolboard run ended with exit status ${status}.`);
const seen = new Set<number>();
for await (const line of createInterface({ input: createReadStream(results) })) {
  const { index, status, value } = JSON.parse(line);
  if (status === 'succeeded' && value === index * index) seen.add(index);
}
if (seen.size !== tasks) throw new Error(`${seen.size} of ${tasks} results are right.`);
console.log(JSON.stringify({ tasks, seconds, peakMb: Number(readFileSync(peak, 'utf8')) }));
rmSync(folder, { recursive: true });
