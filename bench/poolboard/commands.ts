// `poolboard run --command` as a whole process, every result on disk and printed: node commands.ts TASKS
import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tasks = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'poolboard-bench-'));
const results = join(folder, 'results.jsonl');
const cli = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const command = ['run', '--range', `0..${tasks}`, '--command', 'true {}', '--progress', 'none'];

const startedAt = performance.now();
const { status } = spawnSync(process.execPath, [cli, ...command, '--data-dir', join(folder, 'data')], {
  stdio: ['ignore', openSync(results, 'w'), 'inherit'],
});
const seconds = (performance.now() - startedAt) / 1000;

if (status !== 0) throw new Error(`poolboard run ended with exit status ${status}.`);
const lines = readFileSync(results, 'utf8').trimEnd().split('\n');
const right = lines.filter((line) => JSON.parse(line).value?.exitCode === 0).length;
if (right !== tasks) throw new Error(`${right} of ${tasks} results are right.`);
console.log(JSON.stringify({ tasks, seconds, peakMb: null }));
rmSync(folder, { recursive: true });
