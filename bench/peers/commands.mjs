// Commands one after another, by hand: node commands.mjs xargs|parallel TASKS
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const [way = '', count = ''] = process.argv.slice(2);
const tasks = Number(count);
const jobs = String(availableParallelism());
const programs = {
  xargs: ['xargs', ['-n', '1', '-P', jobs, 'true']],
  parallel: ['parallel', ['--will-cite', '-j', jobs, 'true', '{}']],
};
const [program, args] = programs[way];
const input = Array.from({ length: tasks }, (_, i) => `${i}\n`).join('');
const startedAt = performance.now();
const { status, error } = spawnSync(program, args, { input, stdio: ['pipe', 'ignore', 'inherit'] });
const seconds = (performance.now() - startedAt) / 1000;
if (error) throw error;
if (status !== 0) throw new Error(`${way} ended with exit status ${status}.`);
console.log(JSON.stringify({ tasks, seconds, peakMb: null }));
