// piscina, worker threads: node piscina.mjs TASKS TASKS_AT_ONCE_IN_A_WORKER
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { measured } from '../measured.mjs';

const tasks = Number(process.argv[2]);
const pool = new Piscina({
  filename: new URL('./square.mjs', import.meta.url).href,
  minThreads: availableParallelism(),
  maxThreads: availableParallelism(),
  concurrentTasksPerWorker: Number(process.argv[3]),
});
const squares = (count, take) => Promise.all(Array.from({ length: count }, (_, x) => pool.run(x).then(take)));

await squares(10_000, () => {});
await measured(tasks, (take) => squares(tasks, take));
await pool.destroy();
