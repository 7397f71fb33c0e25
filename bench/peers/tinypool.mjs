// tinypool, child processes: node tinypool.mjs TASKS
import { availableParallelism } from 'node:os';
import Tinypool from 'tinypool';
import { measured } from '../measured.mjs';

const tasks = Number(process.argv[2]);
const pool = new Tinypool({
  runtime: 'child_process',
  filename: new URL('./square.mjs', import.meta.url).href,
  minThreads: availableParallelism(),
  maxThreads: availableParallelism(),
});
const squares = (count, take) => Promise.all(Array.from({ length: count }, (_, x) => pool.run(x).then(take)));

await squares(10_000, () => {});
await measured(tasks, (take) => squares(tasks, take));
await pool.destroy();
