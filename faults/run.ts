import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { commandOf, describe } from './describe.ts';
import { play, type Report } from './play.ts';
import { makeSchedule } from './schedule.ts';

/** The fault suite: `--count` schedules from seed `--from` on, `--jobs` at once; or the one of `--seed`. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', multiple: true },
    from: { type: 'string', default: '1' },
    count: { type: 'string', default: '250' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
});
const seeds =
  values.seed?.map(Number) ?? Array.from({ length: Number(values.count) }, (_, i) => Number(values.from) + i);
if (seeds.some((seed) => !Number.isSafeInteger(seed))) throw new Error('Seeds are whole numbers.');

const started = performance.now();
const reports: Report[] = [];
const waiting = [...seeds];
async function work(): Promise<void> {
  for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
    const report = await play(makeSchedule(seed));
    reports.push(report);
    console.log(describe(report));
  }
}
await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, work));

const seconds = Math.round((performance.now() - started) / 1000);
const failed = reports.filter(({ problems }) => problems.length > 0);
const faults = Map.groupBy(
  reports.flatMap(({ applied }) => applied),
  (type) => type,
);
const tasks = reports.reduce((sum, { schedule }) => sum + schedule.behaviours.length, 0);
const orphanMs = Math.round(Math.max(...reports.map(({ slowestOrphanMs }) => slowestOrphanMs)));
console.log(
  `\n${reports.length} schedules, ${tasks.toLocaleString('en')} tasks, ${seconds} s; ` +
    `${[...faults].map(([type, all]) => `${all.length} ${type}`).join(', ')}`,
);
console.log(`After the kill of a host its last process ended within ${orphanMs} ms.`);
console.log(`${reports.length - failed.length} passed, ${failed.length} failed`);
for (const { schedule } of failed) console.log(`  ${commandOf(schedule.seed)}`);
process.exitCode = failed.length > 0 ? 1 : 0;
