// Poolboard's Pool, nothing on disk: node pool.ts map|imapUnordered|applyAsync|mapPython TASKS
import { measured } from '../measured.mjs';
import { Pool } from './built.ts';

type Ways = Record<string, (tasks: number, take: (value: number) => void) => Promise<unknown>>;

const [way = '', count] = process.argv.slice(2);
const square = (x: number) => x * x;
const pythonSquare = { file: new URL('../peers/square.py', import.meta.url), function: 'square' };
const pool = new Pool();

/** `range(n)` of Python: one number at a time. */
function* range(end: number) {
  for (let x = 0; x < end; x++) yield x;
}

let tasksMs = 0;
const ways: Ways = {
  // Each result is delivered and timed as it comes, as well as returned in a list.
  map: (tasks, take) =>
    pool.map(square, range(tasks), {
      onResult(value, _index, ms) {
        tasksMs += ms;
        take(value);
      },
    }),
  mapPython: (tasks, take) =>
    pool.map(pythonSquare, range(tasks), {
      onResult(value, _index, ms) {
        tasksMs += ms;
        take(value as number);
      },
    }),
  async imapUnordered(tasks, take) {
    for await (const value of pool.imapUnordered(square, range(tasks))) take(value);
  },
  applyAsync: (tasks, take) => {
    let left = tasks;
    const all = Promise.withResolvers<void>();
    const callback = (value: number) => {
      take(value);
      left -= 1;
      if (left === 0) all.resolve();
    };
    for (const x of range(tasks)) pool.applyAsync(square, [x], { callback });
    return all.promise;
  },
};

const run = ways[way];
if (!run) throw new Error(`There is no way ${way}; there are ${Object.keys(ways).join(', ')}.`);
await run(10_000, () => {});
tasksMs = 0;
await measured(Number(count), (take) => run(Number(count), take));
if (way.startsWith('map') && !(tasksMs > 0)) throw new Error('The tasks were not timed.');
await pool.terminate();
